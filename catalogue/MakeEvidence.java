import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes the tables of what speaks for models: how well they did, and under which licence they are.
/// Accuracies are counted from rows of open results (one folder a set, `prompts.jsonl.gz` and
/// `scores.csv.gz`); what others published and what licences say lies in `catalogue/facts`. Same
/// input, same output.
///
/// Usage: java -cp GATEWAY_CLASS_PATH catalogue/MakeEvidence.java [--results DIR] [--facts DIR]
/// [--out DIR]; without `--results` the counted rows stay as they are.
public final class MakeEvidence {
    private static final String OUT = "gateway/src/main/resources/dev/tierwise/evidence";
    private static final List<String> COLUMNS =
            List.of(
                    "model", "work", "benchmark", "protocol", "by", "percent", "low", "high", "n", "date",
                    "source");
    private static final List<String> PROFILE_COLUMNS =
            List.of(
                    "id", "maker", "licence", "use", "released", "abilities", "source",
                    "abilities_source");
    private static final String COUNTED = "counted from the rows of ";

    /// 97.5 % of a standard normal distribution lie below.
    private static final double Z = 1.959963985;

    /// A set of results.
    ///
    /// @param models which of the list its names are
    /// @param works the kind of work of each task, by the end of its name
    record Results(
            String folder,
            String by,
            String protocol,
            String source,
            Map<String, String> models,
            Map<String, String> works) {}

    private static final List<Results> SETS =
            List.of(
                    new Results(
                            "mmlu-pro",
                            "tiger-lab",
                            "5-shot, CoT",
                            "TIGER-AI-Lab/MMLU-Pro, Apache-2.0",
                            Map.of(
                                    "Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b",
                                    "Mixtral-8x7B-Instruct-v0.1", "mixtral-8x7b"),
                            Map.of("", "knowledge", "math", "maths")),
                    new Results(
                            "zeroeval",
                            "wildeval",
                            "zero-shot, CoT",
                            "WildEval/ZeroEval, Apache-2.0",
                            Map.of(
                                    "Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b",
                                    "Mixtral-8x7B-Instruct-v0.1", "mixtral-8x7b",
                                    "Phi-3.5-mini-instruct", "phi-3.5-mini",
                                    "Qwen2.5-3B-Instruct", "qwen2.5-3b",
                                    "Qwen2.5-7B-Instruct", "qwen2.5-7b",
                                    "Qwen2.5-32B-Instruct", "qwen2.5-32b",
                                    "Qwen2.5-72B-Instruct", "qwen2.5-72b",
                                    "gemma-2-2b-it", "gemma-2-2b",
                                    "gemma-2-9b-it", "gemma-2-9b",
                                    "gemma-2-27b-it", "gemma-2-27b"),
                            Map.of("math-l5", "maths", "crux", "code")),
                    new Results(
                            "llmrouter",
                            "ulab",
                            "as LLMRouter asks",
                            "ulab-uiuc/LLMRouter, MIT",
                            Map.of(
                                    "gemma-2-9b-it", "gemma-2-9b",
                                    "llama-3.1-8b-instruct", "llama-3.1-8b",
                                    "mistral-7b-instruct-v0.3", "mistral-7b-v0.3",
                                    "qwen2.5-7b-instruct", "qwen2.5-7b"),
                            Map.ofEntries(
                                    Map.entry("natural_qa", "knowledge"),
                                    Map.entry("trivia_qa", "knowledge"),
                                    Map.entry("mmlu", "knowledge"),
                                    Map.entry("openbook_qa", "knowledge"),
                                    Map.entry("commonsense_qa", "knowledge"),
                                    Map.entry("arc_challenge", "knowledge"),
                                    Map.entry("gpqa", "knowledge"),
                                    Map.entry("gsm8k", "maths"),
                                    Map.entry("math", "maths"),
                                    Map.entry("mbpp", "code"),
                                    Map.entry("human_eval", "code"))),
                    new Results(
                            "routellm-mmlu",
                            "lm-sys",
                            "as RouteLLM asks",
                            "lm-sys/RouteLLM, Apache-2.0",
                            Map.of("mixtral-8x7b-instruct-v0.1", "mixtral-8x7b"),
                            Map.of("", "knowledge")));

    /// The share of right answers that guessing has, of benchmarks with a choice of answers. Who is
    /// surely below was not understood: that is no result of the model's.
    private static final Map<String, Double> CHANCE =
            Map.of(
                    "mmlu", .25,
                    "arc_challenge", .25,
                    "gpqa", .25,
                    "openbook_qa", .25,
                    "commonsense_qa", .2);

    private MakeEvidence() {}

    /// Writes both tables and says how many rows each has.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options =
                new HashMap<>(Map.of("--out", OUT, "--facts", "catalogue/facts"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0) {
            System.err.println("usage: MakeEvidence [--results DIR] [--facts DIR] [--out DIR]");
            System.exit(2);
        }
        Path out = Files.createDirectories(Path.of(options.get("--out")));
        Path facts = Path.of(options.get("--facts"));
        List<List<String>> rows = new ArrayList<>();
        if (options.containsKey("--results")) {
            for (Results set : SETS) {
                Path folder = Path.of(options.get("--results")).resolve(set.folder);
                if (Files.isDirectory(folder)) {
                    rows.addAll(counted(folder, set));
                } else {
                    System.err.println("no " + folder + ": its rows are left out");
                }
            }
        } else {
            rows.addAll(kept(out.resolve("evidence.tsv")));
        }
        rows.addAll(published(Facts.read(facts.resolve("published.tsv"))));
        rows.sort(
                Comparator.<List<String>, String>comparing(List::getFirst)
                        .thenComparing(row -> row.get(1))
                        .thenComparing(row -> row.get(2))
                        .thenComparing(row -> row.get(4)));
        write(
                out.resolve("evidence.tsv"),
                List.of(
                        "In percent. low, high: an interval of 95 %, where the single answers are known"
                                + " (Wilson's of right and wrong answers, else the mean's). n: answers."),
                COLUMNS,
                rows);
        profiles(out, Facts.read(facts.resolve("models.tsv")));
    }

    // ---- counted

    /// Scores of one model in one benchmark.
    private static final class Tally {
        private int n;
        private double sum;
        private double squares;
        private boolean graded;

        void add(double score) {
            n++;
            sum += score;
            squares += score * score;
            graded |= score != 0 && score != 1;
        }

        double mean() {
            return sum / n;
        }

        /// Lowest and highest value of an interval of 95 %.
        double[] interval() {
            if (graded) {
                double variance = (squares - n * mean() * mean()) / (n - 1);
                double half = Z * Math.sqrt(variance / n);
                return new double[] {mean() - half, mean() + half};
            }
            double z = Z * Z / n;
            double middle = (mean() + z / 2) / (1 + z);
            double half = Z * Math.sqrt(mean() * (1 - mean()) / n + z / (4 * n)) / (1 + z);
            return new double[] {middle - half, middle + half};
        }
    }

    private static List<List<String>> counted(Path folder, Results set) throws IOException {
        Map<String, String> tasks = tasks(folder.resolve("prompts.jsonl.gz"));
        Map<String, Tally> tallies = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> scores =
                CsvReader.builder().ofNamedCsvRecord(lines(folder.resolve("scores.csv.gz")))) {
            for (NamedCsvRecord score : scores) {
                String model = set.models.get(score.getField("model"));
                String task = tasks.get(score.getField("prompt_id"));
                if (model != null && task != null) {
                    double value = Double.parseDouble(score.getField("score"));
                    String kind = task.substring(task.lastIndexOf('/') + 1);
                    Stream.of("", kind)
                            .filter(set.works::containsKey)
                            .map(name -> model + "\t" + name)
                            .forEach(key -> tallies.computeIfAbsent(key, _ -> new Tally()).add(value));
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            String[] key = name.split("\t", -1);
            if (tally.interval()[1] < CHANCE.getOrDefault(key[1], 0.)) {
                System.err.println(
                        set.folder + ": " + key[1] + " of " + key[0] + " is below chance, left out");
            } else {
                rows.add(row(set, key, tally));
            }
        });
        return rows;
    }

    private static List<String> row(Results set, String[] key, Tally tally) {
        double[] interval = tally.interval();
        return List.of(
                key[0],
                set.works.get(key[1]),
                set.folder + (key[1].isEmpty() ? "" : ": " + key[1]),
                set.protocol,
                set.by,
                percent(tally.mean()),
                percent(interval[0]),
                percent(interval[1]),
                "" + tally.n,
                "-",
                COUNTED + set.source);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static Map<String, String> tasks(Path file) throws IOException {
        Map<String, String> tasks = new HashMap<>();
        try (BufferedReader lines = lines(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode prompt = JsonMapper.shared().readTree(line);
                tasks.put(prompt.path("prompt_id").asString(), prompt.path("task").asString());
            }
        }
        return tasks;
    }

    private static BufferedReader lines(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static List<List<String>> kept(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .filter(cells -> cells.size() == COLUMNS.size())
                .filter(cells -> cells.getLast().startsWith(COUNTED))
                .toList();
    }

    // ---- collected

    /// A source's text begins with who published it and when.
    private static List<List<String>> published(Facts facts) {
        List<List<String>> rows = new ArrayList<>();
        for (Map<String, String> fact : facts.rows()) {
            String[] source = facts.sources().get(fact.get("source")).split(" ", 3);
            rows.add(
                    List.of(
                            fact.get("model"), fact.get("work"), fact.get("benchmark"),
                            fact.get("protocol"), source[0], fact.get("value"), "-", "-", "-",
                            source[1], source[2]));
        }
        return rows;
    }

    private static void profiles(Path out, Facts facts) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Map<String, String> fact : facts.rows()) {
            Map<String, String> row = new LinkedHashMap<>(fact);
            row.replaceAll((column, cell) ->
                    column.endsWith("source") ? facts.sources().getOrDefault(cell, cell) : cell);
            rows.add(PROFILE_COLUMNS.stream().map(row::get).toList());
        }
        write(
                out.resolve("profiles.tsv"),
                List.of("use: free; conditions: commercial use is allowed with some; research: it is not."),
                PROFILE_COLUMNS,
                rows);
    }

    private static void write(
            Path file, List<String> notes, List<String> columns, List<List<String>> rows)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Made by catalogue/MakeEvidence.java; do not edit. Facts read 2026-11-30. What is"
                        + " not known is -.");
        notes.forEach(note -> lines.add("# " + note));
        lines.add(String.join("\t", columns));
        rows.forEach(row -> lines.add(String.join("\t", row)));
        Files.writeString(file, String.join("\n", lines) + "\n");
        System.err.println(file.getFileName() + ": " + rows.size() + " rows");
    }
}
