package dev.tierwise.app;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import dev.tierwise.detect.Detector;
import dev.tierwise.prove.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/// A whole gateway in a folder of its own, with one model near, two far, and one that sees
/// regulated data under pseudonyms only, for the self-test. Its log is kept there too, with every
/// line of every level.
final class ProvingGround implements Subject {
    private final Gateway gateway;
    private final int port;
    private final Path file;

    private ProvingGround(Gateway gateway, int port, Path file) {
        this.gateway = gateway;
        this.port = port;
        this.file = file;
    }

    /// A gateway with the detector of the product.
    static Subject start(Subject.Stage stage) {
        return start(stage, Detector.shipped());
    }

    static Subject start(Subject.Stage stage, Detector detector) {
        try {
            Path file = stage.folder().resolve("tierwise.yaml");
            Files.writeString(file, yaml(stage));
            Logs.everythingTo(stage.folder().resolve("log.txt"));
            // proxies and keys of the user's own environment have no part in it
            Map<String, String> environment = Map.of("HOME", stage.folder().toString());
            var surroundings =
                    new Gateway.Surroundings(
                            environment::get,
                            Clock.systemUTC(),
                            Catalogue.load(),
                            () -> detector.with(stage.trouble()));
            var records = Gateway.Records.serving(stage.folder().resolve("ledger.db"));
            return switch (Gateway.start(read(file), records, surroundings)) {
                case Gateway.Start.Running(Gateway gateway, int port) ->
                        new ProvingGround(gateway, port, file);
                case Gateway.Start.Failed(var problems) ->
                        throw new IllegalStateException(String.join("; ", problems));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config read(Path file) {
        return switch (ConfigFile.read(file, _ -> null)) {
            case Reading.Loaded(Config config) -> config;
            case Reading.Invalid(var problems) ->
                    throw new IllegalStateException(
                            problems.stream()
                                    .map(Reading.Problem::text)
                                    .collect(Collectors.joining("; ")));
        };
    }

    private static String yaml(Subject.Stage stage) {
        return """
        server: {port: 0, log-requests: true}
        discovery: off
        upstreams:
          - {name: near, backend: llama-server, url: "http://127.0.0.1:%d", retries: 1}
          - {name: far, backend: openai-compatible, url: "http://127.0.0.1:%d/v1", retries: 1}
          - {name: partner, backend: openai-compatible, url: "http://127.0.0.1:%d/v1", zone: partner}
        models:
          - {name: near, upstream: near, tier: local, price: free}
          - {name: far-mid, upstream: far, tier: mid, price: free}
          - {name: far, upstream: far, tier: frontier, price: free}
          - {name: partner, upstream: partner, tier: frontier, price: free}
        policy:
          zones:
            - name: partner
              kind: cloud
              jurisdiction: US
              contract: {type: BAA, expires: 2199-01-01, reference: self-test}
          rules:
            - name: partner-sees-tokens
              when: {class: [personal, special, phi]}
              then: {zones: [host, partner], transform: pseudonymise}
        """
                .formatted(stage.near(), stage.far(), stage.partner());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void localOnly(boolean on) {
        gateway.localOnly(on, "self-test", "");
    }

    @Override
    public void reload() {
        gateway.reload(read(file));
    }

    @Override
    public void close() {
        gateway.close();
        Logs.start(false);
    }
}
