package dev.tierwise.config;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes records of a tree in which nothing is wrong.
///
/// @param root the checked tree
/// @param secrets the secrets that it refers to
/// @param folder where relative paths begin
record Records(JsonNode root, Secrets secrets, Path folder) {
    /// All of it.
    Config config() {
        String ledger = text(root.path("ledger"), "path");
        String discovery = text(root, "discovery");
        return new Config(
                server(root.path("server")),
                each("keys", this::key),
                discovery == null ? null : word(discovery, Config.Discovery.values()),
                each("upstreams", this::upstream),
                each("models", (item, _) -> model(item)),
                each("rules", (item, _) -> rule(item)),
                root.path("quality").asDouble(Config.DEFAULT.quality()),
                RoutingRecords.routing(root.path("routing")),
                text(root, "baseline"),
                ledger == null ? null : folder.resolve(ledger).normalize(),
                engine(root.path("engine")),
                new PolicyRecords(root.path("policy")).policy(),
                root.path("policy")
                        .path("taggers")
                        .valueStream()
                        .map(file -> folder.resolve(file.stringValue()).normalize())
                        .toList(),
                root.path("policy").path("local-only").asBoolean(false));
    }

    private EngineSettings engine(JsonNode node) {
        EngineSettings absent = EngineSettings.DEFAULT;
        EngineSettings.LlamaServer llamaServer =
                switch (node.path("llama-server").asString("auto")) {
                    case "auto" -> new EngineSettings.LlamaServer.Auto();
                    case "off" -> new EngineSettings.LlamaServer.Off();
                    case String program ->
                            new EngineSettings.LlamaServer.At(folder.resolve(program).normalize());
                };
        return new EngineSettings(
                llamaServer,
                node.has("threads") ? node.path("threads").intValue() : null,
                node.has("context") ? node.path("context").longValue() : null,
                node.path("slots").asInt(absent.slots()),
                node.has("memory") ? Units.bytes(needed(node, "memory")) : null,
                node.path("adapters").valueStream().map(this::adapter).toList());
    }

    private EngineSettings.Adapter adapter(JsonNode node) {
        return new EngineSettings.Adapter(
                needed(node, "name"),
                needed(node, "model"),
                folder.resolve(needed(node, "file")).normalize(),
                node.path("scale").asDouble(1));
    }

    private interface Maker<T> {
        T make(JsonNode item, String path);
    }

    private <T> List<T> each(String list, Maker<T> maker) {
        var made = new ArrayList<T>();
        JsonNode items = root.path(list);
        for (int i = 0; i < items.size(); i++) {
            made.add(maker.make(items.path(i), list + "[" + i + "]"));
        }
        return made;
    }

    private static ServerSettings server(JsonNode node) {
        ServerSettings absent = ServerSettings.DEFAULT;
        String heartbeat = node.path("heartbeat").asString("");
        return new ServerSettings(
                node.path("host").asString(absent.host()),
                node.path("port").asInt(absent.port()),
                bytes(node, "max-body", absent.maxBody()),
                Math.toIntExact(bytes(node, "max-header", absent.maxHeader())),
                duration(node, "body-timeout", absent.bodyTimeout()),
                heartbeat.equals("off")
                        ? null
                        : heartbeat.isEmpty() ? absent.heartbeat() : Units.duration(heartbeat),
                duration(node, "grace", absent.grace()),
                node.path("allowed-origins").valueStream().map(JsonNode::stringValue).toList(),
                node.path("log-requests").asBoolean(absent.logRequests()));
    }

    private KeySettings key(JsonNode node, String path) {
        return new KeySettings(
                needed(node, "name"),
                Objects.requireNonNull(secrets.at(path + ".key"), "checked before"),
                word(node.path("max-tier").asString("frontier"), Tier.values()),
                word(node.path("data-class").asString("internal"), DataClass.values()),
                text(node, "task"),
                node.path("tenant").asString(needed(node, "name")),
                node.path("purposes").valueStream().map(JsonNode::stringValue).toList(),
                node.path("admin").asBoolean(false));
    }

    private UpstreamSettings upstream(JsonNode node, String path) {
        JsonNode timeouts = node.path("timeouts");
        String url = text(node, "url");
        String api = text(node, "api");
        return new UpstreamSettings(
                needed(node, "name"),
                needed(node, "backend"),
                url == null ? null : URI.create(url),
                secrets.at(path + ".key"),
                api == null ? null : word(api, UpstreamSettings.Api.values()),
                new UpstreamSettings.Timeouts(
                        duration(timeouts, "connect"),
                        duration(timeouts, "first-byte"),
                        duration(timeouts, "idle"),
                        duration(timeouts, "total")),
                node.path("retries").asInt(UpstreamSettings.RETRIES),
                node.has("max-concurrent") ? node.path("max-concurrent").intValue() : null,
                duration(node, "queue-wait", UpstreamSettings.QUEUE_WAIT),
                duration(node, "keep-alive"),
                text(node, "zone"),
                loading(node.path("loading")));
    }

    private static UpstreamSettings.Loading loading(JsonNode node) {
        UpstreamSettings.Loading absent = UpstreamSettings.Loading.DEFAULT;
        String memory = text(node, "memory");
        return new UpstreamSettings.Loading(
                node.has("manage") ? node.path("manage").booleanValue() : null,
                memory == null ? null : Units.bytes(memory),
                node.has("models") ? node.path("models").intValue() : null,
                node.has("preload")
                        ? node.path("preload").valueStream().map(JsonNode::stringValue).toList()
                        : null,
                duration(node, "stay", absent.stay()),
                duration(node, "turn", absent.turn()),
                duration(node, "keep", absent.keep()),
                duration(node, "rest", absent.rest()),
                node.path("queue").asInt(absent.queue()),
                duration(node, "patience"));
    }

    private static ModelSettings model(JsonNode node) {
        String name = needed(node, "name");
        String clearance = text(node, "clearance");
        return new ModelSettings(
                name,
                sites(node, node.path("id").asString(name)),
                word(needed(node, "tier"), Tier.values()),
                node.has("context") ? node.path("context").longValue() : null,
                node.has("capabilities") ? capabilities(node.path("capabilities")) : null,
                node.has("price") ? prices(node.path("price")) : null,
                clearance == null ? null : word(clearance, DataClass.values()));
    }

    private static List<ModelSettings.Site> sites(JsonNode node, String id) {
        if (node.has("upstream")) {
            String upstream = needed(node, "upstream");
            return List.of(site(node, upstream, id));
        }
        return node.path("upstreams")
                .valueStream()
                .map(upstream -> site(node, upstream.stringValue(), id))
                .toList();
    }

    private static ModelSettings.Site site(JsonNode node, String upstream, String id) {
        return new ModelSettings.Site(upstream, node.path("ids").path(upstream).asString(id));
    }

    private static Set<Capability> capabilities(JsonNode node) {
        return node.valueStream()
                .map(word -> word(word.stringValue(), Capability.values()))
                .collect(Collectors.toSet());
    }

    private static List<Price> prices(JsonNode node) {
        if (node.isString()) {
            return Price.FREE;
        }
        return node.isArray()
                ? node.valueStream().map(Records::price).toList()
                : List.of(price(node));
    }

    private static Price price(JsonNode node) {
        BigDecimal input = node.path("input").decimalValue();
        String from = text(node, "from");
        return new Price(
                from == null ? LocalDate.EPOCH : LocalDate.parse(from),
                Units.nanos(input),
                Units.nanos(
                        node.has("cached-input")
                                ? node.path("cached-input").decimalValue()
                                : input),
                Units.nanos(node.path("output").decimalValue()));
    }

    private static RuleSettings rule(JsonNode node) {
        JsonNode when = node.path("when");
        Map<String, String> headers = new HashMap<>();
        when.path("header")
                .propertyStream()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().stringValue()));
        return new RuleSettings(
                new RuleSettings.When(
                        text(when, "task"), text(when, "key"), text(when, "model"), headers),
                use(node.path("use")));
    }

    private static RuleSettings.Use use(JsonNode node) {
        if (node.has("tier")) {
            return new RuleSettings.Use.Only(word(needed(node, "tier"), Tier.values()));
        }
        if (node.has("model")) {
            return new RuleSettings.Use.Named(needed(node, "model"));
        }
        return new RuleSettings.Use.AtMost(word(needed(node, "max-tier"), Tier.values()));
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.has(key) ? node.path(key).stringValue() : null;
    }

    private static String needed(JsonNode node, String key) {
        return Objects.requireNonNull(text(node, key), key);
    }

    private static @Nullable Duration duration(JsonNode node, String key) {
        String text = text(node, key);
        return text == null ? null : Units.duration(text);
    }

    private static Duration duration(JsonNode node, String key, Duration absent) {
        return Objects.requireNonNullElse(duration(node, key), absent);
    }

    private static long bytes(JsonNode node, String key, long absent) {
        String text = text(node, key);
        return text == null ? absent : Units.bytes(text);
    }

    private static <E extends Enum<E>> E word(String word, E[] known) {
        for (E candidate : known) {
            if (candidate.name().replace('_', '-').equalsIgnoreCase(word)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("the schema knows a word that the code does not");
    }
}
