import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The table of open models: sizes and the names that local servers list them by.
final class OpenModels {
    static final List<String> ORIGIN =
            List.of(
                    "sizes, context: public configuration files of the models, and"
                            + " catalogue/facts/shapes.tsv, 2026-11-30",
                    "capabilities: models.dev, MIT, and catalogue/facts/models.tsv");

    /// Of the abilities those that need no second file: images and sound do.
    private static final Set<String> CAPABILITIES = Set.of("tools");


    private static final Pattern SIZE = Pattern.compile("-e?(\\d+(?:\\.\\d+)?)b");
    private static final Pattern ACTIVE = Pattern.compile("-a(\\d+(?:\\.\\d+)?)b");

    /// What Ollama's `latest` means where the list names a size.
    static final Map<String, String> LATEST =
            Map.ofEntries(
                    Map.entry("llama3.2:3b", "llama3.2"),
                    Map.entry("llama3.1:8b", "llama3.1"),
                    Map.entry("llama3.3:70b", "llama3.3"),
                    Map.entry("qwen2.5:7b", "qwen2.5"),
                    Map.entry("qwen3:8b", "qwen3"),
                    Map.entry("qwen3.5:9b", "qwen3.5"),
                    Map.entry("gemma2:9b", "gemma2"),
                    Map.entry("gemma3:4b", "gemma3"),
                    Map.entry("gemma3n:e4b", "gemma3n"),
                    Map.entry("gemma4:e4b", "gemma4"),
                    Map.entry("mistral:7b", "mistral"),
                    Map.entry("mixtral:8x7b", "mixtral"),
                    Map.entry("phi4:14b", "phi4"),
                    Map.entry("smollm2:1.7b", "smollm2"),
                    Map.entry("gpt-oss:20b", "gpt-oss"),
                    Map.entry("ministral-3:8b", "ministral-3"),
                    Map.entry("granite3.3:8b", "granite3.3"));

    private final JsonNode models;
    private final Facts shapes;
    private final Facts profiles;
    private final TreeMap<String, TreeSet<String>> capabilities = new TreeMap<>();

    OpenModels(Path data, Path facts, JsonNode modelsDev) throws IOException {
        shapes = Facts.read(facts.resolve("shapes.tsv"));
        profiles = Facts.read(facts.resolve("models.tsv"));
        models = Tables.read(data.resolve("models.json")).path("models");
        for (JsonNode provider : modelsDev.path("providers")) {
            provider.propertyStream()
                    .forEach(
                            model -> {
                                JsonNode nothing = model.getValue().path("nothing");
                                capabilities
                                        .computeIfAbsent(Tables.bare(model.getKey()), _ -> new TreeSet<>())
                                        .addAll(Tables.capabilities(model.getValue(), nothing));
                            });
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (JsonNode model : models) {
            String id = model.path("id").asString();
            lines.add(line(model, id, model.path("ollama").asString("")));
            String later = MakeShapes.SAME_LAYERS.get(id);
            if (later != null) {
                lines.add(line(model, later, later.replaceFirst("-", ":")));
            }
        }
        return lines;
    }

    /// What was collected of a model's shape.
    private Optional<String> fact(String id, String column) {
        return shapes.rows().stream()
                .filter(row -> row.get("id").equals(id) && row.get("column").equals(column))
                .map(row -> row.get("value"))
                .findFirst();
    }

    private long number(JsonNode model, String id, String column, String field) {
        return fact(id, column).map(Long::valueOf).orElseGet(() -> parameters(model, field));
    }

    private List<String> abilities(String id) {
        return profiles.rows().stream()
                .filter(row -> row.get("id").equals(id))
                .flatMap(row -> Stream.of(row.get("abilities").split(" ", -1)))
                .filter(CAPABILITIES::contains)
                .toList();
    }

    private String line(JsonNode model, String id, String listed) {
        TreeSet<String> names = new TreeSet<>();
        String hub = fact(id, "huggingface").orElse(model.path("hf").asString(""));
        String tag = fact(id, "ollama").orElse(listed);
        for (String name : List.of(hub, tag, LATEST.getOrDefault(tag, ""))) {
            if (!name.isBlank()) {
                names.add(name);
            }
        }
        long parameters = number(model, id, "parameters", "params");
        long active = number(model, id, "active", "active_params");
        TreeSet<String> known = new TreeSet<>(abilities(id));
        for (String name : List.of(id, hub)) {
            known.addAll(capabilities.getOrDefault(Tables.bare(name), new TreeSet<>()));
        }
        return String.join(
                "\t",
                id,
                id,
                Tables.words(names).replace(',', ' '),
                "-",
                Tables.count(parameters),
                Tables.count(active == 0 ? parameters : active),
                fact(id, "context").orElse(Tables.count(model.path("ctx").asLong(0))),
                "-",
                Tables.words(known),
                "-");
    }

    private static long parameters(JsonNode model, String field) {
        long exact = model.path(field).asLong(0);
        double nominal = model.path(field + "_nominal_b").asDouble(0);
        if (exact > 0 || nominal > 0) {
            return exact > 0 ? exact : Math.round(nominal * 1e9);
        }
        Matcher size =
                (field.startsWith("active") ? ACTIVE : SIZE).matcher(model.path("id").asString());
        return size.find() ? Math.round(Double.parseDouble(size.group(1)) * 1e9) : 0;
    }
}
