import dev.tierwise.catalogue.GenaiPrices;
import dev.tierwise.catalogue.Lineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Makes the catalogue's model tables, one TSV file per backend and one for open models, from four
/// public lists. Same input, same output. How rows are chosen: docs/reference/catalogue.md.
///
/// Usage: java -cp GATEWAY_CLASS_PATH catalogue/MakeCatalogue.java --data DIR [--facts DIR] [--out DIR]
public final class MakeCatalogue {
    private static final String OUT = "gateway/src/main/resources/dev/tierwise/catalogue/models";

    /// Words in a name that mark something other than a model to chat with.
    private static final Pattern NOT_CHAT =
            Pattern.compile(
                    "embed|tts|audio|realtime|image|whisper|ocr|moderation|transcri|search|live"
                            + "|computer-use|deep-research|guard|omni|robotics|voice|lyria|:"
                            + "|veo|imagen|safeguard|multi-agent|^~|codex|spark"
                            + "|learnlm|customtools|content-safety|rerank|voxtral|-base$"
                            + "|auto$|bodybuilder|gpt-chat-latest|-maas$");
    private static final Pattern DATED =
            Pattern.compile("-(20\\d\\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\\d|3[01])$");
    private static final Pattern MONTH = Pattern.compile("-(2[3-9])(0[1-9]|1[0-2])$");
    /// Names that their maker ended on 2026-07-24 and the lists still have (api-docs.deepseek.com).
    private static final Set<String> ENDED = Set.of("deepseek-chat", "deepseek-reasoner");

    private static final List<String> MARKETPLACES =
            List.of("openrouter", "groq", "together", "fireworks", "cerebras");
    private static final int MONTHS_KEPT = 30;
    private static final int MONTHS_KEPT_UNLISTED = 12;

    /// The names of one backend in the lists.
    record Source(String backend, String genai, String modelsDev, String litellm) {}

    private static final List<Source> SOURCES =
            List.of(
                    new Source("openai", "openai", "openai", "openai"),
                    new Source("anthropic", "anthropic", "anthropic", "anthropic"),
                    new Source("gemini", "google", "google", "gemini"),
                    new Source("mistral", "mistral", "mistral", "mistral"),
                    new Source("openrouter", "openrouter", "openrouter", "openrouter"),
                    new Source("groq", "groq", "groq", "groq"),
                    new Source("deepseek", "deepseek", "deepseek", "deepseek"),
                    new Source("together", "together", "togetherai", "together_ai"),
                    new Source("fireworks", "fireworks", "fireworks-ai", "fireworks_ai"),
                    new Source("xai", "x-ai", "xai", "xai"),
                    new Source("cerebras", "cerebras", "cerebras", "cerebras"));

    /// One line of a table.
    record Row(
            String id,
            String title,
            TreeSet<String> names,
            String released,
            long context,
            long output,
            TreeSet<String> capabilities,
            boolean inherited,
            List<String> prices) {
        String line() {
            return String.join(
                    "\t",
                    id,
                    title,
                    names.isEmpty() ? "-" : String.join(" ", names),
                    released,
                    "-",
                    "-",
                    Tables.count(context),
                    Tables.count(output),
                    (inherited ? "~" : "") + Tables.words(capabilities),
                    String.join(" ", prices));
        }
    }

    private final JsonNode genai;
    private final JsonNode modelsDev;
    private final JsonNode litellm;
    private final String genaiDate;
    private final String litellmDate;
    private final String modelsDevDate;
    private final Map<String, Double> newestGeneration = new HashMap<>();
    private final Map<String, String> firstReleased = new HashMap<>();
    private final Map<String, TreeSet<String>> elsewhere = new HashMap<>();

    private MakeCatalogue(Path data) throws IOException {
        Path prices = Tables.newest(data, "genai-prices_");
        Path limits = Tables.newest(data, "litellm_model_prices_");
        Path flags = Tables.newest(data, "models_dev_");
        genai = Tables.read(prices);
        litellm = Tables.read(limits);
        modelsDev = Tables.read(flags);
        genaiDate = Tables.date(prices);
        litellmDate = Tables.date(limits);
        modelsDevDate = Tables.date(flags);
        for (Source source : SOURCES) {
            for (String id : modelsDev.path("providers").path(source.modelsDev).propertyNames()) {
                Lineage lineage = Lineage.of(id);
                newestGeneration.merge(lineage.brand(), lineage.generation(), Math::max);
            }
        }
        for (JsonNode provider : modelsDev.path("providers")) {
            provider.propertyStream().forEach(this::note);
        }
    }

    private void note(Map.Entry<String, JsonNode> model) {
        elsewhere
                .computeIfAbsent(Tables.bare(model.getKey()), _ -> new TreeSet<>())
                .addAll(Tables.capabilities(model.getValue(), model.getValue().path("nothing")));
        String date = model.getValue().path("release_date").asString("");
        if (date.length() == 10) {
            firstReleased.merge(
                    Tables.bare(model.getKey()), date, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
    }

    /// Reads `--data DIR` and `--out DIR`, writes the tables and says how many rows each has.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("--out", OUT, "--facts", "catalogue/facts"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (!options.containsKey("--data") || arguments.length % 2 != 0) {
            System.err.println("usage: MakeCatalogue --data DIR [--facts DIR] [--out DIR]");
            System.exit(2);
        }
        Path data = Path.of(options.get("--data"));
        Path out = Files.createDirectories(Path.of(options.get("--out")));
        MakeCatalogue maker = new MakeCatalogue(data);
        for (Source source : SOURCES) {
            List<String> lines = maker.rows(source).stream().map(Row::line).toList();
            Tables.write(out.resolve(source.backend + ".tsv"), maker.origin(), lines);
        }
        List<String> open = new OpenModels(data, Path.of(options.get("--facts")), maker.modelsDev).lines();
        Tables.write(out.resolve("open.tsv"), OpenModels.ORIGIN, open);
    }

    private List<String> origin() {
        return List.of(
                "prices, names: github.com/pydantic/genai-prices, MIT, " + genaiDate,
                "limits, capabilities: models.dev, MIT, " + modelsDevDate,
                "limits, capabilities: github.com/BerriAI/litellm, MIT, " + litellmDate);
    }

    private List<Row> rows(Source source) {
        GenaiPrices prices = new GenaiPrices(genaiProvider(source.genai));
        var ids = new TreeSet<String>(prices.ids());
        modelsDev.path("providers").path(source.modelsDev).propertyNames().forEach(ids::add);
        litellm.propertyStream().forEach(entry -> litellmId(source, entry).ifPresent(ids::add));
        TreeMap<String, Row> rows = new TreeMap<>();
        for (String id : ids) {
            if (isChat(source, id)) {
                row(source, prices, id).ifPresent(row -> rows.put(id, row));
            }
        }
        foldSnapshots(rows);
        foldAliases(rows, prices);
        return rows.values().stream().map(row -> completed(row, rows)).toList();
    }

    private JsonNode genaiProvider(String id) {
        for (JsonNode provider : genai) {
            if (provider.path("id").asString().equals(id)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("genai-prices has no provider " + id);
    }

    private static Optional<String> litellmId(Source source, Map.Entry<String, JsonNode> entry) {
        boolean ours = entry.getValue().path("litellm_provider").asString("").equals(source.litellm);
        if (!ours || !entry.getValue().path("mode").asString("").equals("chat")) {
            return Optional.empty();
        }
        String prefix = source.litellm + "/";
        String key = entry.getKey();
        return Optional.of(key.startsWith(prefix) ? key.substring(prefix.length()) : key);
    }

    private boolean isChat(Source source, String id) {
        JsonNode limits = limits(source, id);
        String mode = limits.path("mode").asString("chat");
        boolean ended =
                limits.path("deprecation_date").asString("9999").compareTo(genaiDate) <= 0;
        boolean foreign =
                source.backend.equals("openai") && id.endsWith("-pro")
                        || source.backend.equals("gemini") && !id.startsWith("gemini-");
        return !NOT_CHAT.matcher(id.toLowerCase(Locale.ROOT)).find()
                && mode.equals("chat")
                && !ended
                && !ENDED.contains(id)
                && !foreign;
    }

    private JsonNode limits(Source source, String id) {
        JsonNode limits = litellm.path(source.litellm + "/" + id);
        return limits.isMissingNode() ? litellm.path(id) : limits;
    }

    private Optional<Row> row(Source source, GenaiPrices list, String id) {
        JsonNode flags = modelsDev.path("providers").path(source.modelsDev).path(id);
        JsonNode limits = limits(source, id);
        Optional<JsonNode> entry = list.entry(id);
        Optional<String> released = released(source, id, flags, limits);
        List<String> prices = prices(entry, flags, limits);
        boolean deprecated = entry.map(e -> e.path("deprecated").asBoolean(false)).orElse(false);
        boolean moving =
                id.endsWith("-latest")
                        && entry.map(e -> !GenaiPrices.names(e).contains(id)).orElse(true);
        if (released.isEmpty() || prices.isEmpty() || deprecated || moving) {
            return Optional.empty();
        }
        long context =
                Tables.first(
                        flags.path("limit").path("context").asLong(0),
                        limits.path("max_input_tokens").asLong(0),
                        entry.map(e -> e.path("context_window").asLong(0)).orElse(0L));
        long output =
                Tables.first(
                        flags.path("limit").path("output").asLong(0),
                        limits.path("max_output_tokens").asLong(0));
        var names = new TreeSet<String>(entry.map(GenaiPrices::names).orElseGet(TreeSet::new));
        names.removeIf(name -> name.equals(id) || !DATED.matcher(name).find());
        if (!names.stream().allMatch(name -> name.startsWith(id))) {
            names.clear();
        }
        String title =
                entry.filter(e -> e.path("id").asString().equals(id))
                        .map(e -> e.path("name").asString(id))
                        .orElse(id);
        return Optional.of(
                new Row(
                        id, title, names, released.get(), context, output,
                        capabilities(id, flags, limits), false, prices));
    }

    /// When a model came out: the date in its name, else what models.dev says. One that is too new
    /// for a list came out after the list's date, if its generation says that it is new at all.
    /// What only some lists still have must be younger than what all have.
    private Optional<String> released(Source source, String id, JsonNode flags, JsonNode limits) {
        boolean listed = flags.has("release_date") && !limits.isMissingNode();
        String date = dateInName(id);
        if (date.isEmpty()) {
            date = flags.path("release_date").asString(firstReleased.getOrDefault(Tables.bare(id), ""));
        }
        if (date.isEmpty() && isNewest(source, id)) {
            date = limits.isMissingNode() ? litellmDate : modelsDevDate;
        }
        String whole = date.length() == 7 ? date + "-01" : date;
        int months = listed ? MONTHS_KEPT : MONTHS_KEPT_UNLISTED;
        String oldest = LocalDate.parse(genaiDate).minusMonths(months).toString();
        return whole.compareTo(oldest) < 0 ? Optional.empty() : Optional.of(whole);
    }

    private static String dateInName(String id) {
        Matcher day = DATED.matcher(id);
        if (day.find()) {
            return day.group(1) + "-" + day.group(2) + "-" + day.group(3);
        }
        Matcher month = MONTH.matcher(id);
        return month.find() ? "20" + month.group(1) + "-" + month.group(2) : "";
    }

    /// Whether the name tells a generation that the dated lists do not know yet. A maker's own API
    /// also brings new members of its newest generation; a marketplace brings old ones.
    private boolean isNewest(Source source, String id) {
        Lineage lineage = Lineage.of(id);
        double newest = newestGeneration.getOrDefault(lineage.brand(), Double.MAX_VALUE);
        boolean marketplace = MARKETPLACES.contains(source.backend);
        return lineage.generation() > newest
                || !marketplace && lineage.generation() > 0 && lineage.generation() == newest;
    }

    /// Dated prices from genai-prices, unless they have no date and the other two lists agree
    /// against them.
    private static List<String> prices(Optional<JsonNode> entry, JsonNode flags, JsonNode limits) {
        Optional<GenaiPrices.Figures> first = Tables.figures(flags);
        Optional<GenaiPrices.Figures> second = Tables.litellmFigures(limits);
        List<String> dated = entry.map(GenaiPrices::prices).orElse(List.of());
        boolean agree = first.isPresent() && second.isPresent() && first.get().sameRates(second.get());
        if (dated.size() > 1 || dated.size() == 1 && !agree) {
            return dated;
        }
        return first.or(() -> second).map(p -> List.of(p.dated("1970-01-01"))).orElse(dated);
    }

    /// What a model can do; a marketplace's `maker/model` can do what the maker's own can.
    private TreeSet<String> capabilities(String id, JsonNode flags, JsonNode limits) {
        TreeSet<String> words = Tables.capabilities(flags, limits);
        if (id.contains("/")) {
            String name = id.substring(id.lastIndexOf('/') + 1);
            for (String maker : List.of("", "gemini/", "xai/", "mistral/", "deepseek/")) {
                words.addAll(Tables.capabilities(flags, litellm.path(maker + name)));
                words.addAll(Tables.capabilities(flags, litellm.path(maker + name.replace('.', '-'))));
            }
        }
        return words.isEmpty() ? elsewhere.getOrDefault(Tables.bare(id), words) : words;
    }

    /// A dated snapshot becomes a further name of the model without the date.
    private static void foldSnapshots(TreeMap<String, Row> rows) {
        for (String id : List.copyOf(rows.keySet())) {
            String stem = DATED.matcher(id).replaceFirst("");
            if (!stem.equals(id) && rows.containsKey(stem)) {
                rows.get(stem).names().add(id);
                rows.remove(id);
            }
            boolean shortForm = rows.keySet().stream().anyMatch(other -> other.endsWith("/" + id));
            if (shortForm) {
                rows.remove(id);
            }
        }
    }

    /// A shorter or moving name of a model becomes a further name of it.
    private static void foldAliases(TreeMap<String, Row> rows, GenaiPrices prices) {
        for (String id : List.copyOf(rows.keySet())) {
            Optional<JsonNode> entry =
                    prices.entry(id).filter(e -> GenaiPrices.names(e).contains(id));
            String main = entry.map(e -> e.path("id").asString()).orElse(id);
            boolean alias = main.startsWith(id) || id.equals(main + "-latest");
            if (!main.equals(id) && alias && rows.containsKey(main)) {
                rows.get(main).names().add(id);
                rows.remove(id);
            }
        }
    }

    /// A model that the lists of capabilities do not know yet takes them from the newest one of
    /// its family, or else of its brand, that they know.
    private static Row completed(Row row, TreeMap<String, Row> rows) {
        if (!row.capabilities.isEmpty()) {
            return row;
        }
        Lineage own = Lineage.of(row.id);
        Row best = null;
        double bestRank = -1;
        for (Row other : rows.values()) {
            Lineage lineage = Lineage.of(other.id);
            double rank =
                    lineage.generation() + (lineage.family().equals(own.family()) ? 1000 : 0);
            if (!other.capabilities.isEmpty()
                    && lineage.brand().equals(own.brand())
                    && rank > bestRank) {
                best = other;
                bestRank = rank;
            }
        }
        if (best == null) {
            return row;
        }
        return new Row(
                row.id, row.title, row.names, row.released,
                Tables.first(row.context, best.context), Tables.first(row.output, best.output),
                best.capabilities, true, row.prices);
    }
}
