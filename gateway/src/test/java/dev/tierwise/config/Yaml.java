package dev.tierwise.config;

import dev.tierwise.core.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Writes configurations as YAML. Secrets become variables `SECRET_…` (see [#environment]).
final class Yaml {
    private Yaml() {}

    /// The environment that [#of] refers to: `SECRET_a_1` holds `a-1`.
    static @Nullable String environment(String name) {
        return name.startsWith("SECRET_") ? name.substring(7).replace('_', '-') : null;
    }

    static String of(Config config) {
        var root = new Group();
        root.put("server", server(config.server()));
        root.put("keys", config.keys().stream().map(Yaml::key).toList());
        root.put("discovery", config.discovery() == null ? null : config.discovery().word());
        root.put("upstreams", config.upstreams().stream().map(Yaml::upstream).toList());
        root.put("models", config.models().stream().map(Yaml::model).toList());
        root.put("rules", config.rules().stream().map(Yaml::rule).toList());
        root.put("quality", config.quality());
        root.put("routing", routing(config.routing()));
        root.put("baseline", config.baseline());
        if (config.ledger() != null) {
            root.put("ledger", Map.of("path", config.ledger().toString()));
        }
        root.put("engine", engine(config.engine()));
        root.put(
                "policy",
                Map.of(
                        "local-only",
                        config.localOnly(),
                        "taggers",
                        config.taggers().stream().map(Object::toString).toList()));
        return new YAMLMapper().writeValueAsString(root.entries);
    }

    /// Keys with values; those without one are left out.
    private static final class Group {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        void put(String key, @Nullable Object value) {
            if (value != null) {
                entries.put(key, value);
            }
        }
    }

    private static Map<String, Object> routing(Config.Routing routing) {
        var group = new Group();
        switch (routing.aim()) {
            case Config.Routing.Aim.Quality _ -> group.put("aim", "quality");
            case Config.Routing.Aim.Budget(double dollars) -> {
                group.put("aim", "budget");
                group.put("budget", dollars);
            }
            case Config.Routing.Aim.Shares(List<Double> targets) -> {
                group.put("aim", "shares");
                group.put("shares", targets.stream().map(share -> share * 100).toList());
            }
        }
        group.put("cascade", routing.checks().cascade());
        group.put("second", routing.checks().second());
        group.put("samples", routing.checks().samples());
        group.put("judge", routing.checks().judge());
        group.put("hold", routing.checks().whole() ? "whole" : "auto");
        Config.Routing.Guarantee guarantee = routing.guarantee();
        if (guarantee != null) {
            group.put(
                    "guarantee",
                    Map.of("worse", guarantee.worse(), "confidence", guarantee.confidence()));
        }
        group.put("explore", routing.explore());
        group.put("learn", routing.learn());
        return group.entries;
    }

    private static Map<String, Object> engine(EngineSettings engine) {
        var group = new Group();
        group.put("llama-server", engine.llamaServer().word());
        group.put("threads", engine.threads());
        group.put("context", engine.context());
        group.put("slots", engine.slots());
        Long memory = engine.memory();
        group.put("memory", memory == null ? null : (memory >> 20) + "MiB");
        group.put("adapters", engine.adapters().stream().map(Yaml::adapter).toList());
        return group.entries;
    }

    private static Map<String, Object> adapter(EngineSettings.Adapter adapter) {
        var group = new Group();
        group.put("name", adapter.name());
        group.put("model", adapter.model());
        group.put("file", adapter.file().toString());
        group.put("scale", adapter.scale());
        return group.entries;
    }

    private static Map<String, Object> server(ServerSettings server) {
        var group = new Group();
        group.put("host", server.host());
        group.put("port", server.port());
        group.put("max-body", (server.maxBody() >> 20) + "MiB");
        group.put("max-header", (server.maxHeader() >> 10) + "KiB");
        group.put("body-timeout", duration(server.bodyTimeout()));
        group.put("heartbeat", server.heartbeat() == null ? "off" : duration(server.heartbeat()));
        group.put("grace", duration(server.grace()));
        group.put("allowed-origins", server.allowedOrigins());
        group.put("log-requests", server.logRequests());
        return group.entries;
    }

    private static Map<String, Object> key(KeySettings key) {
        var group = new Group();
        group.put("name", key.name());
        group.put("key", reference(key.key()));
        group.put("max-tier", key.maxTier().word());
        group.put("data-class", key.dataClass().word());
        group.put("task", key.task());
        group.put("tenant", key.tenant());
        group.put("purposes", key.purposes());
        group.put("admin", key.admin());
        return group.entries;
    }

    private static Map<String, Object> upstream(UpstreamSettings upstream) {
        var timeouts = new Group();
        timeouts.put("connect", duration(upstream.timeouts().connect()));
        timeouts.put("first-byte", duration(upstream.timeouts().firstByte()));
        timeouts.put("idle", duration(upstream.timeouts().idle()));
        timeouts.put("total", duration(upstream.timeouts().total()));
        var group = new Group();
        group.put("name", upstream.name());
        group.put("backend", upstream.backend());
        group.put("url", upstream.url() == null ? null : upstream.url().toString());
        group.put("key", upstream.key() == null ? null : reference(upstream.key()));
        group.put("api", upstream.api() == null ? null : upstream.api().word());
        group.put("timeouts", timeouts.entries);
        group.put("retries", upstream.retries());
        group.put("max-concurrent", upstream.maxConcurrent());
        group.put("queue-wait", duration(upstream.queueWait()));
        group.put("keep-alive", duration(upstream.keepAlive()));
        group.put("zone", upstream.zone());
        if (upstream.backend().equals("ollama")) {
            group.put("loading", loading(upstream.loading()));
        }
        return group.entries;
    }

    private static Map<String, Object> loading(UpstreamSettings.Loading loading) {
        Long memory = loading.memory();
        var group = new Group();
        group.put("manage", loading.manage());
        group.put("memory", memory == null ? null : (memory >> 30) + "GiB");
        group.put("models", loading.models());
        group.put("preload", loading.preload());
        group.put("stay", duration(loading.stay()));
        group.put("turn", duration(loading.turn()));
        group.put("keep", duration(loading.keep()));
        group.put("rest", duration(loading.rest()));
        group.put("queue", loading.queue());
        group.put("patience", duration(loading.patience()));
        return group.entries;
    }

    private static Map<String, Object> model(ModelSettings model) {
        var group = new Group();
        group.put("name", model.name());
        List<ModelSettings.Site> sites = model.sites();
        if (sites.size() == 1) {
            group.put("upstream", sites.getFirst().upstream());
            group.put("id", sites.getFirst().id());
        } else {
            group.put("upstreams", sites.stream().map(site -> site.upstream()).toList());
            group.put(
                    "ids",
                    sites.stream()
                            .collect(Collectors.toMap(site -> site.upstream(), site -> site.id())));
        }
        group.put("tier", model.tier().word());
        group.put("context", model.context());
        if (model.capabilities() != null) {
            group.put("capabilities", model.capabilities().stream().map(c -> c.word()).toList());
        }
        if (model.prices() != null) {
            List<Map<String, Object>> prices = model.prices().stream().map(Yaml::price).toList();
            group.put("price", prices.size() == 1 ? prices.getFirst() : prices);
        }
        group.put("clearance", model.clearance() == null ? null : model.clearance().word());
        return group.entries;
    }

    private static Map<String, Object> price(Price price) {
        return Map.of(
                "from", price.from().toString(),
                "input", BigDecimal.valueOf(price.input(), 9),
                "cached-input", BigDecimal.valueOf(price.cachedInput(), 9),
                "output", BigDecimal.valueOf(price.output(), 9));
    }

    private static Map<String, Object> rule(RuleSettings rule) {
        var when = new Group();
        when.put("task", rule.when().task());
        when.put("key", rule.when().key());
        when.put("model", rule.when().model());
        when.put("header", rule.when().headers());
        Map<String, String> use =
                switch (rule.use()) {
                    case RuleSettings.Use.Only(var tier) -> Map.of("tier", tier.word());
                    case RuleSettings.Use.Named(String model) -> Map.of("model", model);
                    case RuleSettings.Use.AtMost(var tier) -> Map.of("max-tier", tier.word());
                };
        return Map.of("when", when.entries, "use", use);
    }

    private static String reference(Secret secret) {
        return "${env:SECRET_" + secret.reveal().replace('-', '_') + "}";
    }

    private static @Nullable String duration(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        return duration.isZero() ? "0s" : duration.toMillis() + "ms";
    }
}
