package dev.tierwise.fakes.training;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Main of the training run: starts the fake upstream and a gateway, sends the gateway requests of
/// every kind and stops it with SIGTERM, on which its JVM writes the start-up cache.
///
/// Usage: `Training WORK_FOLDER COMMAND...`, where the command starts the gateway's main class.
/// Exits 0 when the gateway answered and stopped, else 1 with the reason on stderr. The gateway
/// sees an environment of its own, so that no key and no model of the user takes part.
public final class Training {
    private static final int ROUNDS = 25;

    /// The project's folder: given where the gateway is to run the demonstration model, which it
    /// does where there is no other local one.
    private static final @Nullable String HOME = System.getProperty("tierwise.home");

    private static final String NOBODY = "http://127.0.0.1:9";

    private Training() {}

    /// Runs the training, see the class comment.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var work = Path.of(arguments[0]);
        var gateway = List.of(arguments).subList(1, arguments.length);
        try (var upstream = Child.start(fakes(), Map.of(), work.resolve("fakes.log"))) {
            var address = upstream.address("fakes listening on ");
            var config = work.resolve("tierwise.yaml");
            Files.writeString(config, config(address));
            int port = freePort();
            var command = new ArrayList<>(gateway);
            if (HOME != null) {
                command.add(1, "-Dtierwise.home=" + HOME);
            }
            command.addAll(List.of("serve", "--host", "127.0.0.1", "--port", "" + port));
            command.addAll(List.of("--config", config.toString()));
            try (var child =
                    Child.start(command, environment(work, address), work.resolve("gateway.log"))) {
                var base = URI.create("http://127.0.0.1:" + port);
                var traffic = new Traffic(base);
                traffic.awaitListening(child, Duration.ofSeconds(20));
                int answered = traffic.send(ROUNDS);
                child.stop(Duration.ofSeconds(60));
                System.out.println("training: " + answered + " chats answered");
                if (answered == 0) {
                    throw child.failure("answered no chat");
                }
            }
        } catch (IllegalStateException reason) {
            System.err.println("training failed: " + reason.getMessage());
            System.exit(1);
        }
    }

    /// The fake upstream twice: named here, and found in Ollama's place.
    private static String config(URI upstream) {
        return HOME == null ? both(upstream) : both(upstream).replace(SMALL, "");
    }

    private static final String SMALL =
            """
              - name: small
                upstream: fakes
                tier: local
                context: 32768
                capabilities: [tools]
            """;

    private static String both(URI upstream) {
        return """
        discovery: on
        upstreams:
          - name: fakes
            backend: vllm
            url: %s
        models:
          - name: small
            upstream: fakes
            tier: local
            context: 32768
            capabilities: [tools]
          - name: middle
            upstream: fakes
            tier: mid
            context: 131072
            price: {input: 1, output: 2}
        rules:
          - when: {task: training}
            use: {tier: mid}
        """
                .formatted(upstream);
    }

    private static List<String> fakes() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        return Arrays.asList(
                java, "-Xmx128m", "-cp", classPath, "dev.tierwise.fakes.Main", "--port", "0");
    }

    /// The fake upstream takes Ollama's place, every folder lies below the work folder.
    private static Map<String, String> environment(Path work, URI upstream) {
        return Map.of(
                "HOME", work.toString(),
                "XDG_CONFIG_HOME", work.resolve("config").toString(),
                "XDG_DATA_HOME", work.resolve("data").toString(),
                "XDG_STATE_HOME", work.resolve("state").toString(),
                "XDG_CACHE_HOME", work.resolve("cache").toString(),
                "TMPDIR", work.toString(),
                "OLLAMA_HOST", HOME == null ? upstream.toString() : NOBODY);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
