package dev.tierwise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How each process is started.
///
/// @param root the root of the repository
/// @param work where configuration and logs of this run go
record Commands(Path root, Path work) {
    /// The JVM options of everything in Java here; the launcher gives the product the same.
    static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xms96m",
                    "-Xmx224m",
                    "-Xmn64m",
                    "-XX:SurvivorRatio=4",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// A part of this program in a process of its own.
    List<String> part(String... words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /// The engine on one thread, in a process of its own.
    List<String> engine(Path model, int rounds) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("engine", model.toString(), Integer.toString(rounds)));
        return command;
    }

    /// The gateway, as a user starts it.
    List<String> tierwise(int port, Path config) {
        return List.of(
                root.resolve("tw").toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--config",
                config.toString());
    }

    /// nginx with the `nginx.conf` of a folder, where it is installed.
    Optional<List<String>> nginx(Path folder) {
        for (String place :
                List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
            Path program = Path.of(place, "nginx");
            if (Files.isExecutable(program)) {
                return Optional.of(
                        List.of(
                                program.toString(),
                                "-p",
                                folder.toString(),
                                "-e",
                                folder.resolve("error").toString(),
                                "-c",
                                folder.resolve("nginx.conf").toString()));
            }
        }
        return Optional.empty();
    }

    /// Builds the gateway where it is not built yet, so that no start is a build.
    ///
    /// @return whether there is a gateway to start
    boolean tierwiseIsBuilt() {
        Path launcher = root.resolve("tw");
        if (!Files.isExecutable(launcher)) {
            return false;
        }
        var command = List.of(launcher.toString(), "help", "serve");
        try (var build = Child.start("tw", command, Map.of(), work.resolve("build.log"))) {
            return build.process().waitFor() == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A port of loopback that nobody listened on a moment ago.
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port on loopback", e);
        }
    }
}
