package dev.tierwise.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A user's home of its own for one product: empty folders, and an environment that holds nothing
/// of the machine's user, so that no key and no model of his takes part. Closing deletes it.
///
/// @param folder everything lies below it
/// @param variables added to the environment
record Home(Path folder, Map<String, String> variables) implements AutoCloseable {
    private static final long COMMAND_SECONDS = 60;

    Home {
        variables = Map.copyOf(variables);
    }

    static Home make() {
        return make(Map.of());
    }

    static Home make(Map<String, String> variables) {
        try {
            return new Home(Files.createTempDirectory("tierwise-e2e"), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path ledger() {
        return folder.resolve("data/tierwise/ledger.db");
    }

    /// Writes the file `name` in one step, as editors do, so that nobody reads half of it.
    Path write(String name, String text) {
        try {
            Path target = folder.resolve(name);
            Path fresh = folder.resolve(name + ".new");
            Files.writeString(fresh, text);
            return Files.move(
                    fresh,
                    target,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A process of the product that was not started yet.
    ProcessBuilder product(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.tierwise.app.Main");
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder;
    }

    private Map<String, String> environment() {
        var all = new HashMap<String, String>();
        all.put("PATH", "/usr/bin:/bin");
        all.put("HOME", folder.toString());
        all.put("XDG_DATA_HOME", folder.resolve("data").toString());
        all.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        all.put("XDG_STATE_HOME", folder.resolve("state").toString());
        all.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        all.putAll(variables);
        return all;
    }

    /// What a command came to.
    ///
    /// @param code its exit code
    /// @param out what it wrote to stdout
    /// @param err what it wrote to stderr
    record Result(int code, String out, String err) {}

    /// Runs one command of the product to its end.
    Result run(String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "command", ".out");
            Path err = Files.createTempFile(folder, "command", ".err");
            Process process =
                    product(List.of(arguments))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        String.join(" ", arguments)
                                + " did not end within "
                                + COMMAND_SECONDS
                                + " s: "
                                + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
