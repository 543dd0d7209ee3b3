package dev.tierwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.config.RuleSettings.Use;
import dev.tierwise.config.RuleSettings.When;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TIERWISE_KEY_CI", "ci-secret", "CLOUD", "cloud-secret", "BLANK", " ");

    private static final String FULL =
            """
            server:
              host: 0.0.0.0
              port: 80
              max-body: 1GiB
              max-header: 8KiB
              body-timeout: 500ms
              heartbeat: off
              grace: 0s
              allowed-origins: ["https://chat.example.com"]
              log-requests: false
            keys:
              - {name: ci, key: "${env:TIERWISE_KEY_CI}", max-tier: mid, data-class: phi, task: tickets}
            discovery: on
            upstreams:
              - name: box
                backend: ollama
                url: http://127.0.0.1:11434
                key: ${file:box.key}
                api: native
                timeouts: {connect: 2s, first-byte: 5m, idle: 1h, total: 1d}
                retries: 0
                max-concurrent: 4
                queue-wait: 3s
                keep-alive: 10m
                loading:
                  {manage: true, memory: 20GiB, models: 2, preload: [small], stay: 0s, turn: 1m,
                   keep: 1h, rest: 2m, queue: 9, patience: 90s}
            models:
              - name: small
                upstream: box
                id: llama3.2:3b
                tier: local
                context: 131072
                capabilities: [tools, json-schema]
                price: {input: 0.15, cached-input: 0.075, output: 0.60, from: 2026-01-01}
                clearance: phi
            rules:
              - when: {task: tickets, key: ci, model: "gpt-*", header: {x-team: finance}}
                use: {model: small}
            quality: 0.9
            routing:
              aim: shares
              shares: [60, 25, 15]
              second: 'off'
              samples: 2
              judge: small
              hold: whole
              guarantee: {worse: 0.05, confidence: 0.9}
              explore: 0.02
              learn: false
            baseline: gpt-5.6-sol
            ledger: {path: data/ledger.db}
            engine:
              {llama-server: ./llama-server, threads: 3, context: 4096, slots: 1, memory: 8GiB,
               adapters: [{name: tickets, model: "qwen3:4b", file: lora.gguf, scale: 0.5}]}
            """;

    @TempDir Path folder;

    private Reading read(String text) throws IOException {
        return ConfigFile.read(
                Files.writeString(folder.resolve("tierwise.yaml"), text), ENVIRONMENT::get);
    }

    private Config loaded(String text) throws IOException {
        Reading reading = read(text);
        assertThat(reading).isInstanceOf(Reading.Loaded.class);
        return ((Reading.Loaded) reading).config();
    }

    @Test
    void emptyFileIsTheDefault() throws IOException {
        assertThat(loaded("# nothing yet\n")).isEqualTo(Config.DEFAULT);
    }

    @Test
    void everyKeyArrives() throws IOException {
        Files.writeString(folder.resolve("box.key"), "box-secret\n");

        Config config = loaded(FULL);

        assertThat(config)
                .isEqualTo(
                        new Config(
                                new ServerSettings(
                                        "0.0.0.0",
                                        80,
                                        1L << 30,
                                        8 << 10,
                                        Duration.ofMillis(500),
                                        null,
                                        Duration.ZERO,
                                        List.of("https://chat.example.com"),
                                        false),
                                List.of(
                                        new KeySettings(
                                                "ci",
                                                new Secret("ci-secret"),
                                                Tier.MID,
                                                DataClass.PHI,
                                                "tickets",
                                                "ci",
                                                List.of(),
                                                false)),
                                Config.Discovery.ON,
                                List.of(box()),
                                List.of(small()),
                                List.of(
                                        new RuleSettings(
                                                new When(
                                                        "tickets",
                                                        "ci",
                                                        "gpt-*",
                                                        Map.of("x-team", "finance")),
                                                new Use.Named("small"))),
                                0.9,
                                routing(),
                                "gpt-5.6-sol",
                                folder.resolve("data/ledger.db"),
                                engine(),
                                Policy.DEFAULT,
                                List.of(),
                                false));
    }

    private static UpstreamSettings box() {
        return new UpstreamSettings(
                "box",
                "ollama",
                URI.create("http://127.0.0.1:11434"),
                new Secret("box-secret"),
                UpstreamSettings.Api.NATIVE,
                new UpstreamSettings.Timeouts(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofDays(1)),
                0,
                4,
                Duration.ofSeconds(3),
                Duration.ofMinutes(10),
                null,
                new UpstreamSettings.Loading(
                        true,
                        20L << 30,
                        2,
                        List.of("small"),
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofMinutes(2),
                        9,
                        Duration.ofSeconds(90)));
    }

    private EngineSettings engine() {
        return new EngineSettings(
                new EngineSettings.LlamaServer.At(folder.resolve("llama-server")),
                3,
                4096L,
                1,
                8L << 30,
                List.of(
                        new EngineSettings.Adapter(
                                "tickets", "qwen3:4b", folder.resolve("lora.gguf"), 0.5)));
    }

    private static Config.Routing routing() {
        return new Config.Routing(
                new Config.Routing.Aim.Shares(List.of(.6, .25, .15)),
                new Config.Routing.Checks(true, "off", 2, "small", true),
                new Config.Routing.Guarantee(.05, .9),
                .02,
                false);
    }

    private static ModelSettings small() {
        return new ModelSettings(
                "small",
                List.of(new ModelSettings.Site("box", "llama3.2:3b")),
                Tier.LOCAL,
                131072L,
                Set.of(Capability.TOOLS, Capability.JSON_SCHEMA),
                List.of(new Price(LocalDate.of(2026, 1, 1), 150_000_000, 75_000_000, 600_000_000)),
                DataClass.PHI);
    }

    @Test
    void whatIsLeftOutIsLeftToBackendAndCatalogue() throws IOException {
        Config config =
                loaded(
                        """
                        upstreams: [{name: box, backend: vllm}]
                        models: [{name: a, upstream: box, tier: mid}]
                        rules: [{use: {max-tier: mid}}]
                        """);

        assertThat(config.upstreams())
                .containsExactly(
                        new UpstreamSettings(
                                "box",
                                "vllm",
                                null,
                                null,
                                null,
                                UpstreamSettings.Timeouts.NONE,
                                2,
                                null,
                                Duration.ofSeconds(30),
                                null,
                                null,
                                UpstreamSettings.Loading.DEFAULT));
        assertThat(config.models())
                .containsExactly(
                        new ModelSettings(
                                "a",
                                List.of(new ModelSettings.Site("box", "a")),
                                Tier.MID,
                                null,
                                null,
                                null,
                                null));
        assertThat(config.rules())
                .containsExactly(new RuleSettings(When.ALWAYS, new Use.AtMost(Tier.MID)));
        assertThat(config.discoveryInForce()).isEqualTo(Config.Discovery.OFF);
    }

    @Test
    void discoveryLooksForAllWithoutModels() {
        assertThat(Config.DEFAULT.discoveryInForce()).isEqualTo(Config.Discovery.ON);
    }

    @Test
    void pricesMayBeFreeOrDated() throws IOException {
        Config config =
                loaded(
                        """
                        upstreams: [{name: box, backend: vllm}]
                        models:
                          - {name: a, upstream: box, tier: local, price: free}
                          - name: b
                            upstream: box
                            tier: mid
                            price: [{input: 2, output: 8}, {input: 1, output: 4, from: 2026-07-01}]
                        """);

        assertThat(config.models().getFirst().prices()).isEqualTo(Price.FREE);
        assertThat(config.models().getLast().prices())
                .containsExactly(
                        new Price(LocalDate.EPOCH, 2_000_000_000L, 2_000_000_000L, 8_000_000_000L),
                        new Price(
                                LocalDate.of(2026, 7, 1),
                                1_000_000_000L,
                                1_000_000_000L,
                                4_000_000_000L));
    }

    @Test
    void printedConfigShowsNoSecret() throws IOException {
        Config config = loaded("keys: [{name: ci, key: '${env:TIERWISE_KEY_CI}'}]");

        assertThat(config.keys().getFirst().key().reveal()).isEqualTo("ci-secret");
        assertThat(config.toString()).contains("***").doesNotContain("ci-secret");
    }

    @Test
    void namedFileComesBeforeAllOthers() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path home = Files.createDirectories(folder.resolve("home/.config/tierwise"));
        Path config = Files.createDirectories(folder.resolve("xdg/tierwise"));
        Map<String, String> at = Map.of("HOME", folder.resolve("home").toString());
        Map<String, String> xdg =
                Map.of("HOME", at.get("HOME"), "XDG_CONFIG_HOME", folder.resolve("xdg").toString());
        Map<String, String> named = Map.of("TIERWISE_CONFIG", "named.yaml");

        assertThat(ConfigFile.find(null, at::get, work)).isEmpty();
        Path atHome = Files.createFile(home.resolve("config.yaml"));
        assertThat(ConfigFile.find(null, at::get, work)).contains(atHome);
        assertThat(ConfigFile.find(null, xdg::get, work)).isEmpty();
        Path inXdg = Files.createFile(config.resolve("config.yaml"));
        assertThat(ConfigFile.find(null, xdg::get, work)).contains(inXdg);
        Path here = Files.createFile(work.resolve("tierwise.yaml"));
        assertThat(ConfigFile.find(null, xdg::get, work)).contains(here);
        assertThat(ConfigFile.find(null, named::get, work)).contains(work.resolve("named.yaml"));
        assertThat(ConfigFile.find("flag.yaml", named::get, work))
                .contains(work.resolve("flag.yaml"));
    }

    @Test
    void exampleIsValid() {
        Path example = Path.of("../examples/tierwise.yaml");

        Reading reading = ConfigFile.read(example, name -> "secret-of-" + name);

        assertThat(reading).isInstanceOf(Reading.Loaded.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy: {local-only: true} | true",
                "policy: {local-only: false} | false",
                "policy: {rules: []} | false",
                "nonsense: {policy: 5} | false",
                "policy: {local-only: yes, unknown: 1} | true",
                "policy: {local-only: 'true'} | true",
                "policy: {local-only: | true",
            })
    void aFileThatMaySayThatNothingLeavesIsTakenToSaySo(String text, boolean home)
            throws IOException {
        Path file = Files.writeString(folder.resolve("tierwise.yaml"), text);

        assertThat(ConfigFile.mayKeepHome(file)).isEqualTo(home);
    }

    @Test
    void aFileThatCannotBeReadMaySaySo() {
        assertThat(ConfigFile.mayKeepHome(folder)).isTrue();
    }
}
