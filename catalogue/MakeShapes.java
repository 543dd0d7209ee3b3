import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Makes the planner's tables: shapes of open models, known hardware, and what others measured.
/// Same input, same output. What the columns mean: the readers in `dev.tierwise.fit`.
///
/// Usage: java -cp GATEWAY_CLASS_PATH catalogue/MakeShapes.java --data DIR [--facts DIR] [--out DIR]
public final class MakeShapes {
    private static final String OUT = "gateway/src/main/resources/dev/tierwise/fit";

    /// What the list lacks of hybrid models. A layer's recurrent state holds a matrix of 128 x 128
    /// for each value head and three past steps of the convolution over keys, queries and values.
    record Hybrid(int vocabulary, int valueHeads, String source) {}

    private static final int KEY_HEADS = 16;
    private static final int HEAD = 128;

    private static final Map<String, Hybrid> HYBRIDS =
            Map.of(
                    "qwen3.5-9b",
                    new Hybrid(248320, 32, "defaults of transformers' Qwen3_5TextConfig"),
                    "qwen3.5-27b",
                    new Hybrid(248320, 48, "llama.cpp's log in its PR 25465: 448 MiB with 2 rollbacks"),
                    "qwen3.5-35b-a3b",
                    new Hybrid(248320, 32, "llama.cpp's log in its PR 23269: 188.44 MiB with 2 rollbacks"),
                    "qwen3.5-122b-a10b",
                    new Hybrid(248320, 0, "vocabulary of the family; recurrent state not seen"));

    /// Later releases with the same layers, by the logs above.
    static final Map<String, String> SAME_LAYERS =
            Map.of("qwen3.5-27b", "qwen3.6-27b", "qwen3.5-35b-a3b", "qwen3.6-35b-a3b");

    /// Hosts whose slots or buses the card's figures say nothing about, several cards, clusters.
    private static final Pattern UNUSUAL =
            Pattern.compile("^(Pi|Raspberry|Radxa|System76|HiFive|DC-ROMA) | \\* \\d|Cluster");
    private static final Pattern GIGABYTES = Pattern.compile("(\\d+) ?GB");

    private final JsonNode models;
    private final JsonNode measured;
    private final JsonNode hardware;
    private final Facts facts;

    private MakeShapes(Path data, Path facts) throws IOException {
        this.facts = Facts.read(facts.resolve("shapes.tsv"));
        models = Tables.read(data.resolve("models.json"));
        measured = Tables.read(data.resolve("measured_tps.json"));
        hardware = Tables.read(data.resolve("hardware.json"));
    }

    /// Reads `--data DIR`, `--facts DIR` and `--out DIR`, writes the tables and says how many rows each has.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("--out", OUT, "--facts", "catalogue/facts"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (!options.containsKey("--data") || arguments.length % 2 != 0) {
            System.err.println("usage: MakeShapes --data DIR [--facts DIR] [--out DIR]");
            System.exit(2);
        }
        Path out = Files.createDirectories(Path.of(options.get("--out")));
        MakeShapes maker = new MakeShapes(Path.of(options.get("--data")), Path.of(options.get("--facts")));
        maker.write(out.resolve("shapes.tsv"), SHAPE_COLUMNS, maker.shapes());
        maker.write(out.resolve("hardware.tsv"), HARDWARE_COLUMNS, maker.hardware());
        maker.write(out.resolve("measured.tsv"), MEASURED_COLUMNS, maker.measured());
    }

    private void write(Path file, List<String> columns, List<List<String>> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Made by catalogue/MakeShapes.java; do not edit. Public lists, "
                + models.path("date").asString() + ". A missing figure is -.");
        models.path("sources")
                .properties()
                .forEach(it -> {
                    // How the list's own estimate was made is of no use here: it is computed anew.
                    if (!it.getKey().equals("calc")) {
                        lines.add("# " + it.getKey() + ": " + it.getValue().asString());
                    }
                });
        lines.add(String.join("\t", columns));
        rows.forEach(row -> lines.add(String.join("\t", row)));
        Files.writeString(file, String.join("\n", lines) + "\n");
        System.err.println(file.getFileName() + ": " + rows.size() + " rows");
    }

    // ---- shapes

    private static final List<String> SHAPE_COLUMNS =
            List.of(
                    "id", "ollama", "huggingface", "parameters", "active", "context", "layers", "hidden",
                    "heads", "kv_heads", "head_size", "feed_forward", "vocabulary", "tied", "fused_qkv",
                    "full_layers", "window_layers", "window", "recurrent_layers", "recurrent_bytes",
                    "full_width",
                    "experts", "experts_active", "native", "published_bytes", "published_as",
                    "published_by", "source");

    private List<List<String>> shapes() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode model : models.path("models")) {
            List<String> row = shape(model);
            rows.add(row);
            String later = SAME_LAYERS.get(model.path("id").asString());
            if (later != null) {
                List<String> same = new ArrayList<>(row);
                same.set(0, later);
                same.set(1, later.replaceFirst("-", ":"));
                same.set(2, "-");
                rows.add(same);
            }
        }
        rows.forEach(this::overlay);
        return rows;
    }

    /// Puts the facts over what the list says, and their sources behind its.
    private void overlay(List<String> row) {
        int source = SHAPE_COLUMNS.indexOf("source");
        for (Map<String, String> fact : facts.rows()) {
            if (fact.get("id").equals(row.getFirst())) {
                row.set(SHAPE_COLUMNS.indexOf(fact.get("column")), fact.get("value"));
                String told = facts.sources().get(fact.get("source"));
                if (!row.get(source).contains(told)) {
                    row.set(source, row.get(source) + "; " + told);
                }
            }
        }
    }

    private static List<String> shape(JsonNode model) {
        String id = model.path("id").asString();
        Hybrid hybrid = HYBRIDS.get(id);
        JsonNode published = model.path("pub");
        List<String> row =
                new ArrayList<>(
                        List.of(
                                id,
                                ollama(model.path("ollama").asString("")),
                                text(model.path("hf")),
                                parameters(model, "params"),
                                parameters(model, "active_params"),
                                count(model, "ctx"),
                                count(model, "layers"),
                                count(model, "hidden"),
                                count(model, "heads"),
                                count(model, "kv_heads"),
                                count(model, "head_dim"),
                                count(model, "ffn"),
                                hybrid == null ? count(model, "vocab") : "" + hybrid.vocabulary,
                                tied(model),
                                model.path("family").asString("").startsWith("Phi") ? "yes" : "no"));
        row.addAll(layers(model, hybrid));
        row.add("-");
        row.addAll(
                List.of(
                        count(model, "experts"),
                        count(model, "experts_active"),
                        model.has("quant") ? "MXFP4" : "-",
                        count(published, "bytes"),
                        text(published.path("shown")),
                        published.has("src")
                                ? published.path("src").asString() + ": " + published.path("tag").asString("")
                                : "-",
                        source(model, hybrid)));
        return row;
    }

    /// The tag, and the one without a size where that is what Ollama takes it for.
    private static String ollama(String tag) {
        String latest = OpenModels.LATEST.getOrDefault(tag, "");
        return tag.isBlank() ? "-" : (tag + " " + latest).strip();
    }

    /// gpt-oss has an unembedding of its own: `gpt_oss/torch/model.py`.
    private static String tied(JsonNode model) {
        if (model.path("id").asString().startsWith("gpt-oss")) {
            return "no";
        }
        JsonNode tied = model.path("tied_embeddings");
        return tied.isBoolean() ? tied.asBoolean() ? "yes" : "no" : "-";
    }

    /// Which layers keep what: all positions, a window of them, or a state of constant size.
    private static List<String> layers(JsonNode model, Hybrid hybrid) {
        int all = model.path("layers").asInt(0) - model.path("kv_shared_layers").asInt(0);
        int window = model.path("sliding_window").asInt(0);
        if (all <= 0 || !model.has("head_dim")) {
            return List.of("-", "-", "-", "-", "-");
        }
        if (hybrid != null) {
            int full = model.path("layers_full_attention").asInt();
            long recurrent = (long) (all - full) * state(hybrid.valueHeads);
            return List.of(
                    "" + full, "0", "-", "" + (all - full),
                    hybrid.valueHeads == 0 ? "-" : "" + recurrent);
        }
        if (window == 0) {
            return List.of("" + all, "0", "-", "0", "-");
        }
        int full = model.path("layers_global").asInt(all / model.path("global_every").asInt(1));
        return List.of("" + full, "" + (all - full), "" + window, "0", "-");
    }

    /// Bytes of one layer's recurrent state, in F32.
    private static long state(int valueHeads) {
        long matrix = (long) valueHeads * HEAD * HEAD;
        long steps = 3L * (2 * KEY_HEADS * HEAD + valueHeads * HEAD);
        return 4 * (matrix + steps);
    }

    private static String source(JsonNode model, Hybrid hybrid) {
        List<String> words = new ArrayList<>();
        words.add(model.path("sources").path("arch").asString("sizes as published only"));
        for (String note : List.of("note", "ctx_note")) {
            if (model.has(note)) {
                words.add(model.path(note).asString());
            }
        }
        if (hybrid != null) {
            words.add(hybrid.source);
        }
        return String.join("; ", words);
    }

    private static String parameters(JsonNode model, String field) {
        double nominal = model.path(field + "_nominal_b").asDouble(0);
        return model.has(field) ? count(model, field) : Tables.count(Math.round(nominal * 1e9));
    }

    private static String count(JsonNode node, String field) {
        return Tables.count(node.path(field).asLong(0));
    }

    private static String text(JsonNode node) {
        String text = node.asString("");
        return text.isBlank() ? "-" : text;
    }

    // ---- hardware

    private static final List<String> HARDWARE_COLUMNS =
            List.of("name", "bandwidth_gb_s", "memory_gb", "source");

    /// The memory that a card was seen with, in GB: the least, for several cards are also told as
    /// one; of those that share the machine's, the most.
    private Map<String, Integer> memory() {
        Map<String, Integer> memory = new HashMap<>();
        for (JsonNode row : measured.path("rows")) {
            String key = card(row.path("hardware").asString());
            int size = gigabytes(row);
            if (size > 0 && !key.equals("-")) {
                memory.merge(key, size, key.matches("m\\d.*") ? Math::max : Math::min);
            }
        }
        for (JsonNode entry : hardware.path("bandwidth")) {
            if (entry.has("unified_gb")) {
                memory.put(entry.path("match").asString(), entry.path("unified_gb").asInt());
            }
        }
        return memory;
    }

    private List<List<String>> hardware() {
        Map<String, Integer> memory = memory();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : hardware.path("bandwidth")) {
            String name = entry.path("match").asString();
            int size = memory.getOrDefault(name, 0);
            rows.add(
                    List.of(
                            name,
                            entry.path("gb_s").decimalValue().stripTrailingZeros().toPlainString(),
                            Tables.count(size),
                            entry.path("src").asString()));
        }
        return rows;
    }

    /// The first name of the list that stands as words in a machine's name.
    private String card(String name) {
        for (JsonNode entry : hardware.path("bandwidth")) {
            String match = Pattern.quote(entry.path("match").asString());
            if (Pattern.compile("(?<![a-z0-9])" + match + "(?![a-z0-9])")
                    .matcher(name.toLowerCase(Locale.ROOT))
                    .find()) {
                return entry.path("match").asString();
            }
        }
        return "-";
    }

    /// What the row says, or the one figure in the machine's name. A host's memory in the name of a
    /// machine with a card (in brackets) is not the card's.
    private static int gigabytes(JsonNode row) {
        if (row.path("mem_gb").asInt(0) > 0) {
            return row.path("mem_gb").asInt();
        }
        String name = row.path("hardware").asString();
        Matcher size = GIGABYTES.matcher(name);
        boolean hosted = name.matches(".*\\((Nvidia|AMD|Intel) .*");
        return !hosted && size.find() ? Integer.parseInt(size.group(1)) : 0;
    }

    // ---- measured

    private static final List<String> MEASURED_COLUMNS =
            List.of(
                    "model", "quantisation", "hardware", "card", "memory_gb", "engine", "streams",
                    "tokens_per_second", "file", "source");

    private List<List<String>> measured() {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode model : models.path("models")) {
            for (JsonNode row : model.path("measured")) {
                ids.putIfAbsent(row.path("model").asString(), model.path("id").asString());
            }
        }
        ids.putIfAbsent("gpt-oss-20b-MXFP4", "gpt-oss-20b");
        ids.putIfAbsent("gpt-oss-120b-MXFP4", "gpt-oss-120b");
        ids.putIfAbsent("Qwen3.6-27B-Q4_K_M.gguf", "qwen3.6-27b");
        ids.putIfAbsent("Qwen3.6-35B-A3B-Q4_K_M.gguf", "qwen3.6-35b-a3b");
        Map<String, Integer> memory = memory();
        List<List<String>> rows = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (JsonNode row : measured.path("rows")) {
            String id = ids.get(row.path("model").asString());
            String name = row.path("hardware").asString();
            if (id != null && !UNUSUAL.matcher(name).find()) {
                int said = gigabytes(row);
                int size = said > 0 ? said : memory.getOrDefault(card(name), 0);
                List<String> line =
                        List.of(
                                id, quantisation(row), name, card(name), Tables.count(size),
                                row.path("engine").asString(),
                                row.has("concurrency") ? row.path("concurrency").asString() : "1",
                                row.path("tg_tps").decimalValue().toPlainString(),
                                row.path("model").asString(), row.path("src").asString());
                if (seen.add(line)) {
                    rows.add(line);
                }
            }
        }
        return rows;
    }

    /// What the file's name says; Ollama's plain tags of these models are Q4_K_M.
    private static String quantisation(JsonNode row) {
        String file = row.path("model").asString().toUpperCase(Locale.ROOT);
        if (file.contains("GPT-OSS")) {
            return "MXFP4";
        }
        for (String known : List.of("Q4_K_M", "Q8_0", "Q6_K", "Q5_K_M", "Q3_K_M", "F16", "Q4_0")) {
            if (file.contains(known)) {
                return known;
            }
        }
        boolean plain = file.matches("[A-Z0-9. :-]+") && !file.matches(".*(MLX|QAT).*");
        boolean ollama = row.path("engine").asString().startsWith("ollama");
        return ollama && plain ? "Q4_K_M" : "-";
    }
}
