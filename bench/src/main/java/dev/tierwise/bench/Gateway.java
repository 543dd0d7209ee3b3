package dev.tierwise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The product, started as a user starts it, with its data in the folder of this run.
final class Gateway {
    private Gateway() {}

    /// Starts the gateway in front of a mock upstream.
    static Child start(Commands commands, int port, int upstreamPort, Map<String, String> extra) {
        Path folder = commands.work().resolve("tierwise-" + port);
        Path config = folder.resolve("tierwise.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(config, config(upstreamPort));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + config, e);
        }
        var environment = new HashMap<String, String>(extra);
        for (String kind : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
            environment.put("XDG_" + kind + "_HOME", folder.toString());
        }
        return Child.start(
                "tierwise", commands.tierwise(port, config), environment, folder.resolve("log"));
    }

    private static String config(int upstreamPort) {
        return """
        upstreams:
          - {name: mock, backend: openai-compatible, url: "http://127.0.0.1:%d/v1"}
        models:
          - {name: mock-1, upstream: mock, tier: local, context: 8192, price: free}
          - {name: mock-2, upstream: mock, tier: mid, context: 32768, price: {input: 1, output: 4}}
          - {name: mock-3, upstream: mock, tier: frontier, context: 200000, price: {input: 5, output: 30}}
        """
                .formatted(upstreamPort);
    }
}
