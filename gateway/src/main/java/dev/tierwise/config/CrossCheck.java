package dev.tierwise.config;

import dev.tierwise.config.Reading.Problem;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a schema cannot say: that names are unique, that those referred to exist, and that the door
/// is not open to all. Looks at whatever has the right form, so that all faults are told at once.
final class CrossCheck {
    private static final List<String> LOADING = List.of("ollama", "lm-studio", "llama-server");

    private final Document document;
    private final List<Problem> problems = new ArrayList<>();

    private CrossCheck(Document document) {
        this.document = document;
    }

    /// What is wrong with `document` beyond its form.
    static List<Problem> check(Document document) {
        var check = new CrossCheck(document);
        check.server();
        Set<String> keys = check.names("keys");
        Set<String> upstreams = check.names("upstreams");
        Set<String> models = check.names("models");
        check.upstreams();
        check.models(upstreams);
        check.rules(keys, models);
        check.routing(models);
        check.path("ledger", "path");
        check.path("engine", "llama-server");
        check.adapters(models);
        check.policy();
        return check.problems;
    }

    private void server() {
        String host = document.root().path("server").path("host").asString("");
        if (!host.isEmpty()
                && !ServerSettings.isLoopback(host)
                && document.root().path("keys").isEmpty()) {
            add(
                    "server.host",
                    "other machines can reach `" + host + "`, and there is no key",
                    "add one to `keys`, or listen on `127.0.0.1`");
        }
    }

    private Set<String> names(String list) {
        Map<String, String> owners = new LinkedHashMap<>();
        JsonNode items = document.root().path(list);
        for (int i = 0; i < items.size(); i++) {
            String name = items.path(i).path("name").asString("");
            String path = list + "[" + i + "]";
            String owner = name.isEmpty() ? null : owners.putIfAbsent(name, path);
            if (owner != null) {
                add(
                        path + ".name",
                        "`" + name + "` is the name of " + owner + " too",
                        "give each its own name");
            }
        }
        return owners.keySet();
    }

    private void upstreams() {
        JsonNode items = document.root().path("upstreams");
        for (int i = 0; i < items.size(); i++) {
            String path = "upstreams[" + i + "]";
            JsonNode item = items.path(i);
            String backend = item.path("backend").asString("");
            for (String key : List.of("api", "keep-alive")) {
                if (item.has(key) && !backend.isEmpty() && !backend.equals("ollama")) {
                    add(
                            path + "." + key,
                            "only the backend `ollama` has this",
                            "leave the key out");
                }
            }
            if (item.has("loading") && !LOADING.contains(backend) && !backend.isEmpty()) {
                add(
                        path + ".loading",
                        "`" + backend + "` cannot be told what to load",
                        "leave the key out; " + String.join(", ", LOADING) + " can");
            }
            if (item.path("url").isString() && !isAddress(item.path("url").stringValue())) {
                add(
                        path + ".url",
                        "the value is not an address",
                        "write scheme, host and port, such as `http://127.0.0.1:11434`");
            }
        }
    }

    /// Whether it can be called; what the schema refuses is not refused once more.
    private static boolean isAddress(String url) {
        if (!url.matches("https?://[^/\\s@?#]+(/[^\\s?#]*)?")) {
            return true;
        }
        try {
            URI address = URI.create(url);
            return address.getHost() != null && address.getPort() <= 0xffff;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private void models(Set<String> upstreams) {
        JsonNode items = document.root().path("models");
        for (int i = 0; i < items.size(); i++) {
            String path = "models[" + i + "]";
            String name = items.path(i).path("name").asString("").toLowerCase(Locale.ROOT);
            if (name.equals("auto") || name.startsWith("tier:")) {
                add(
                        path + ".name",
                        "`auto` and `tier:…` are names with a meaning of their own",
                        "choose another name");
            }
            sites(path, items.path(i), upstreams);
            prices(path + ".price", items.path(i).path("price"));
        }
    }

    private void prices(String path, JsonNode price) {
        if (price.isObject()) {
            amounts(path, price);
        }
        var days = new HashSet<String>();
        for (int i = 0; price.isArray() && i < price.size(); i++) {
            String at = path + "[" + i + "]";
            amounts(at, price.path(i));
            if (price.path(i).isObject() && !days.add(price.path(i).path("from").asString(""))) {
                add(at, "begins on the same day as another", "give each its own `from`");
            }
        }
    }

    private void sites(String path, JsonNode model, Set<String> upstreams) {
        if (model.isObject() && model.has("upstream") == model.has("upstreams")) {
            add(
                    path,
                    "needs one of `upstream` and `upstreams`",
                    "name the upstream that serves it, or a list of those that do");
        }
        refer(path + ".upstream", "upstream", model.path("upstream").asString(""), upstreams);
        var own = new HashSet<String>();
        own.add(model.path("upstream").asString(""));
        JsonNode several = model.path("upstreams");
        for (int i = 0; i < several.size(); i++) {
            String upstream = several.path(i).asString("");
            own.add(upstream);
            refer(path + ".upstreams[" + i + "]", "upstream", upstream, upstreams);
        }
        for (String upstream : model.path("ids").propertyNames()) {
            refer(path + ".ids." + upstream, "upstream", upstream, own);
        }
    }

    private void amounts(String path, JsonNode price) {
        for (String key : List.of("input", "cached-input", "output")) {
            JsonNode amount = price.path(key);
            if (amount.isNumber() && amount.decimalValue().stripTrailingZeros().scale() > 9) {
                add(
                        path + "." + key,
                        "is finer than a billionth of a dollar",
                        "write at most nine decimals");
            }
        }
    }

    private void rules(Set<String> keys, Set<String> models) {
        JsonNode root = document.root();
        String absent = models.isEmpty() ? "on" : "off";
        boolean all = root.path("discovery").asString(absent).equals("off");
        for (int i = 0; i < root.path("rules").size(); i++) {
            String path = "rules[" + i + "]";
            JsonNode rule = root.path("rules").path(i);
            refer(path + ".when.key", "key", rule.path("when").path("key").asString(""), keys);
            // discovery may find what the file does not list
            if (all) {
                String model = rule.path("use").path("model").asString("");
                refer(path + ".use.model", "model", model, models);
            }
        }
    }

    private void routing(Set<String> models) {
        JsonNode routing = document.root().path("routing");
        String aim = routing.path("aim").asString("quality");
        if (aim.equals("budget") && !routing.has("budget")) {
            add(
                    "routing.aim",
                    "needs a `budget`",
                    "write beside it how many dollars a request may cost, such as `budget: 0.002`");
        }
        for (String key : List.of("budget", "shares")) {
            if (routing.has(key) && !aim.equals(key)) {
                add(
                        "routing." + key,
                        "counts for nothing with `aim: " + aim + "`",
                        "write `aim: " + key + "`, or leave the key out");
            }
        }
        double sum = routing.path("shares").valueStream().mapToDouble(JsonNode::asDouble).sum();
        if (routing.path("shares").size() == 3 && Math.abs(sum - 100) > 1e-6) {
            add("routing.shares", "do not add up to 100", "write three percentages that do");
        }
        String absent = models.isEmpty() ? "on" : "off";
        if (document.root().path("discovery").asString(absent).equals("off")) {
            for (String key : List.of("second", "judge")) {
                String model = routing.path(key).asString("off");
                if (!model.equals("off") && !model.equals("auto")) {
                    refer("routing." + key, "model", model, models);
                }
            }
        }
    }

    private void refer(String path, String kind, String name, Collection<String> known) {
        if (name.isEmpty() || known.contains(name)) {
            return;
        }
        String declared =
                known.isEmpty()
                        ? "declare it in `" + kind + "s`"
                        : known.stream()
                                .map(word -> "`" + word + "`")
                                .collect(Collectors.joining(", ", "there are: ", ""));
        add(
                path,
                "there is no " + kind + " `" + name + "`",
                Nearest.of(name, known)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse(declared));
    }

    private void policy() {
        JsonNode root = document.root().path("policy");
        Set<String> zones = new TreeSet<>(Set.of("host", "cloud"));
        root.path("zones").forEach(zone -> zones.add(zone.path("name").asString("")));
        JsonNode upstreams = document.root().path("upstreams");
        for (int i = 0; i < upstreams.size(); i++) {
            String zone = upstreams.path(i).path("zone").asString("");
            refer("upstreams[" + i + "].zone", "zone", zone, zones);
        }
        for (int i = 0; i < root.path("rules").size(); i++) {
            JsonNode then = root.path("rules").path(i).path("then");
            if (then.isObject() && then.has("zones") == then.has("deny")) {
                add(
                        "policy.rules[" + i + "].then",
                        "needs one of `zones` and `deny`",
                        "say where the data may go, or that it may go nowhere");
            }
        }
    }

    private void adapters(Set<String> models) {
        JsonNode items = document.root().path("engine").path("adapters");
        var names = new HashSet<>(models);
        for (int i = 0; i < items.size(); i++) {
            String path = "engine.adapters[" + i + "]";
            String name = items.path(i).path("name").asString("");
            if (!name.isEmpty() && !names.add(name)) {
                add(
                        path + ".name",
                        "`" + name + "` is the name of another model",
                        "give each its own name");
            }
            path(path, items.path(i), "file");
        }
    }

    private void path(String group, String key) {
        path(group, document.root().path(group), key);
    }

    private void path(String at, JsonNode group, String key) {
        try {
            var _ = Path.of(group.path(key).asString(""));
        } catch (InvalidPathException notAPath) {
            add(at + "." + key, "no path on this system", "write a file's path");
        }
    }

    private void add(String path, String message, String remedy) {
        problems.add(document.problem(path, message, remedy));
    }
}
