package dev.tierwise.config;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.policy.Policy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes valid configurations by chance; the same seed makes the same one.
final class RandomConfig {
    private final Random random;

    RandomConfig(long seed) {
        this.random = new Random(seed);
    }

    Config config() {
        List<KeySettings> keys = list(this::key);
        List<UpstreamSettings> upstreams = list(this::upstream);
        List<ModelSettings> models =
                upstreams.isEmpty() ? List.of() : list(i -> model(i, upstreams));
        return new Config(
                server(keys.isEmpty()),
                keys,
                maybe(() -> pick(List.of(Config.Discovery.values()))),
                upstreams,
                models,
                list(_ -> rule(keys, models)),
                random.nextInt(101) / 100.0,
                routing(),
                maybe(() -> name("baseline", 0)),
                maybe(() -> Path.of("/var/" + random.nextInt(9) + "/ledger.db")),
                engine(),
                Policy.DEFAULT,
                list(i -> Path.of("/var/" + i + ".tagger")),
                random.nextBoolean());
    }

    private Config.Routing routing() {
        return new Config.Routing(
                pick(
                        List.of(
                                new Config.Routing.Aim.Quality(),
                                new Config.Routing.Aim.Budget((1 + random.nextInt(99)) / 1000.0),
                                new Config.Routing.Aim.Shares(List.of(.5, .25, .25)))),
                new Config.Routing.Checks(
                        random.nextBoolean(),
                        pick(List.of("auto", "off")),
                        random.nextInt(5),
                        pick(List.of("auto", "off")),
                        random.nextBoolean()),
                maybe(() -> new Config.Routing.Guarantee((1 + random.nextInt(99)) / 100.0, .9)),
                random.nextInt(101) / 100.0,
                random.nextBoolean());
    }

    private EngineSettings engine() {
        return new EngineSettings(
                pick(
                        List.of(
                                new EngineSettings.LlamaServer.Auto(),
                                new EngineSettings.LlamaServer.Off(),
                                new EngineSettings.LlamaServer.At(Path.of("/opt/llama-server")))),
                maybe(() -> 1 + random.nextInt(1024)),
                maybe(() -> 256L + random.nextInt(1_000_000)),
                1 + random.nextInt(64),
                maybe(() -> (64L + random.nextInt(9_999)) << 20),
                list(i ->
                        new EngineSettings.Adapter(
                                name("adapter", i),
                                name("pulled", i),
                                Path.of("/var/" + i + ".gguf"),
                                (1 + random.nextInt(100)) / 10.0)));
    }

    private ServerSettings server(boolean loopback) {
        return new ServerSettings(
                pick(loopback ? List.of("::1", "localhost") : List.of("0.0.0.0", "gateway.lan")),
                random.nextInt(65536),
                (1L + random.nextInt(999)) << 20,
                (1 + random.nextInt(999)) << 10,
                duration(),
                maybe(this::duration),
                Duration.ZERO,
                list(i -> "https://chat" + i + ".example.com:" + (1 + random.nextInt(999))),
                random.nextBoolean());
    }

    private KeySettings key(int i) {
        return new KeySettings(
                name("key", i),
                new Secret("secret-" + i),
                pick(List.of(Tier.values())),
                pick(List.of(DataClass.values())),
                maybe(() -> name("task", i)),
                name("tenant", i),
                list(n -> name("purpose", n)),
                random.nextBoolean());
    }

    private UpstreamSettings upstream(int i) {
        boolean ollama = random.nextBoolean();
        return new UpstreamSettings(
                name("upstream", i),
                ollama ? "ollama" : "vllm",
                maybe(() -> URI.create("https://host" + i + ":8" + i + "/base%20path")),
                maybe(() -> new Secret("upstream-secret-" + i)),
                ollama ? maybe(() -> pick(List.of(UpstreamSettings.Api.values()))) : null,
                new UpstreamSettings.Timeouts(
                        maybe(this::duration),
                        maybe(this::duration),
                        maybe(this::duration),
                        maybe(this::duration)),
                random.nextInt(11),
                maybe(() -> 1 + random.nextInt(100)),
                duration(),
                ollama ? maybe(this::duration) : null,
                maybe(() -> pick(List.of("host", "cloud"))),
                ollama ? loading() : UpstreamSettings.Loading.DEFAULT);
    }

    private UpstreamSettings.Loading loading() {
        return new UpstreamSettings.Loading(
                maybe(random::nextBoolean),
                maybe(() -> (1L + random.nextInt(99)) << 30),
                maybe(() -> 1 + random.nextInt(9)),
                maybe(() -> list(i -> name("model", i))),
                duration(),
                duration(),
                duration(),
                duration(),
                1 + random.nextInt(999),
                maybe(this::duration));
    }

    private ModelSettings model(int i, List<UpstreamSettings> upstreams) {
        var capabilities = EnumSet.noneOf(Capability.class);
        list(_ -> pick(List.of(Capability.values()))).forEach(capabilities::add);
        return new ModelSettings(
                name("model", i),
                sites(i, upstreams),
                pick(List.of(Tier.values())),
                maybe(() -> 1L + random.nextInt(1_000_000)),
                maybe(() -> capabilities),
                maybe(this::prices),
                maybe(() -> pick(List.of(DataClass.values()))));
    }

    private List<ModelSettings.Site> sites(int i, List<UpstreamSettings> upstreams) {
        List<UpstreamSettings> some = random.nextBoolean() ? upstreams : List.of(pick(upstreams));
        return some.stream()
                .map(upstream -> new ModelSettings.Site(upstream.name(), name("id", i)))
                .toList();
    }

    private List<Price> prices() {
        var prices = new ArrayList<Price>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            prices.add(new Price(LocalDate.EPOCH.plusDays(i), amount(), amount(), amount()));
        }
        return prices;
    }

    private long amount() {
        return random.nextLong(1_000_000_000_000L);
    }

    private RuleSettings rule(List<KeySettings> keys, List<ModelSettings> models) {
        var headers = new HashMap<String, String>();
        list(i -> headers.put("x-header-" + i, text()));
        var when =
                new RuleSettings.When(
                        maybe(() -> name("task", 0)),
                        keys.isEmpty() ? null : maybe(() -> pick(keys).name()),
                        maybe(() -> "gpt-*"),
                        headers);
        Tier tier = pick(List.of(Tier.values()));
        return new RuleSettings(
                when,
                switch (random.nextInt(models.isEmpty() ? 2 : 3)) {
                    case 0 -> new RuleSettings.Use.Only(tier);
                    case 1 -> new RuleSettings.Use.AtMost(tier);
                    default -> new RuleSettings.Use.Named(pick(models).name());
                });
    }

    private String text() {
        return pick(List.of("plain", "", "yes", "12", "a: b # c", "\"quoted\"", "grün", " - "));
    }

    private String name(String start, int i) {
        return start + pick(List.of("", ":", "/x y", "#1", "'\"", "{a}", ": b")) + "." + i;
    }

    private Duration duration() {
        return Duration.ofMillis(1 + random.nextInt(100_000_000));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> maker) {
        return random.nextBoolean() ? maker.get() : null;
    }

    private <T> List<T> list(IntFunction<T> maker) {
        var made = new ArrayList<T>();
        for (int i = 0; i < random.nextInt(4); i++) {
            made.add(maker.apply(i));
        }
        return made;
    }
}
