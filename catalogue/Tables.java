import dev.tierwise.catalogue.GenaiPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading the lists and writing the tables.
final class Tables {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final String COLUMNS =
            "# id\ttitle\tnames\treleased\tparameters\tactive\tcontext\toutput\tcapabilities"
                    + "\tprices from:input/cached/output in USD per million tokens";

    private Tables() {}

    static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /// The file of that prefix with the latest date in its name.
    static Path newest(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .max((a, b) -> date(a).compareTo(date(b)))
                    .orElseThrow(() -> new IOException("no " + prefix + "*.json in " + folder));
        }
    }

    static String date(Path file) {
        Matcher date = DATE.matcher(file.getFileName().toString());
        if (!date.find()) {
            throw new IllegalArgumentException(file + " has no date in its name");
        }
        return date.group();
    }

    static void write(Path file, List<String> origin, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Made by catalogue/MakeCatalogue.java; do not edit.");
        origin.forEach(line -> lines.add("# " + line));
        lines.add(COLUMNS);
        lines.addAll(rows);
        Files.writeString(file, String.join("\n", lines) + "\n");
        System.err.println(file.getFileName() + ": " + rows.size() + " models");
    }

    static String count(long value) {
        return value == 0 ? "-" : Long.toString(value);
    }

    static String words(Collection<String> words) {
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    /// A model's name without its maker, `instruct` and the like.
    static String bare(String name) {
        return name.substring(name.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("-(instruct|it)$", "");
    }

    static long first(long... values) {
        for (long value : values) {
            if (value > 0) {
                return value;
            }
        }
        return 0;
    }

    static TreeSet<String> capabilities(JsonNode flags, JsonNode limits) {
        TreeSet<String> words = new TreeSet<>();
        add(words, "tools", flags.path("tool_call"), limits.path("supports_function_calling"));
        add(words, "json-schema", flags.path("structured_output"),
                limits.path("supports_response_schema"));
        add(words, "vision", limits.path("supports_vision"));
        add(words, "audio", limits.path("supports_audio_input"));
        add(words, "files", limits.path("supports_pdf_input"));
        return words;
    }

    private static void add(TreeSet<String> words, String word, JsonNode... claims) {
        for (JsonNode claim : claims) {
            if (claim.asBoolean(false)) {
                words.add(word);
            }
        }
    }

    /// The price that models.dev gives.
    static Optional<GenaiPrices.Figures> figures(JsonNode flags) {
        JsonNode cost = flags.path("cost");
        return figures(cost, "input", "cache_read", "output", BigDecimal.ONE);
    }

    /// The price that LiteLLM gives.
    static Optional<GenaiPrices.Figures> litellmFigures(JsonNode limits) {
        return figures(
                limits,
                "input_cost_per_token",
                "cache_read_input_token_cost",
                "output_cost_per_token",
                MILLION);
    }

    private static Optional<GenaiPrices.Figures> figures(
            JsonNode node, String input, String cached, String output, BigDecimal times) {
        if (!node.path(input).isNumber() || !node.path(output).isNumber()) {
            return Optional.empty();
        }
        BigDecimal read = node.path(input).decimalValue().multiply(times);
        BigDecimal hit =
                node.path(cached).isNumber()
                        ? node.path(cached).decimalValue().multiply(times)
                        : read;
        BigDecimal written = node.path(output).decimalValue().multiply(times);
        boolean free = read.signum() == 0 && written.signum() == 0;
        return free ? Optional.empty() : Optional.of(new GenaiPrices.Figures(read, hit, written));
    }
}
