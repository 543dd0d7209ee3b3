package dev.tierwise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/// The product, started as a user starts it, with its data in the folder of this run.
final class Gateway {
    private Gateway() {}

    /// Starts the gateway in front of a mock upstream.
    static Child start(Commands commands, Wish wish) {
        Path folder = commands.work().resolve("tierwise-" + wish.port());
        Path config = folder.resolve("tierwise.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(config, config(wish.upstreamPort(), wish.requestLog()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + config, e);
        }
        var environment = new HashMap<String, String>();
        environment.put("TIERWISE_JAVA_OPTS", wish.javaOptions());
        for (String kind : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
            environment.put("XDG_" + kind + "_HOME", folder.toString());
        }
        return Child.start(
                "tierwise",
                commands.tierwise(wish.port(), config),
                environment,
                folder.resolve("log"));
    }

    /// The mock's own limit on requests under way is lifted: what waits in a queue is not measured
    /// here.
    private static String config(int upstreamPort, boolean requestLog) {
        return """
        server: {log-requests: %s}
        discovery: off
        upstreams:
          - {name: mock, backend: openai-compatible, url: "http://127.0.0.1:%d/v1", max-concurrent: 1024}
        models:
          - {name: mock-1, upstream: mock, tier: local, context: 8192, price: free}
          - {name: mock-2, upstream: mock, tier: mid, context: 32768, price: {input: 1, output: 4}}
          - {name: mock-3, upstream: mock, tier: frontier, context: 200000, price: {input: 5, output: 30}}
        """
                .formatted(requestLog, upstreamPort);
    }

    /// What differs from one start to the other.
    ///
    /// @param port where to listen
    /// @param upstreamPort where the mock listens
    /// @param requestLog whether every request gets a line in the log
    /// @param javaOptions for the JVM; may be empty
    record Wish(int port, int upstreamPort, boolean requestLog, String javaOptions) {}
}
