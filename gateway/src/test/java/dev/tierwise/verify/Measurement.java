package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Not a test: measures the final answers and findings against benchmarks' own parsers and scores.
/// `java … dev.tierwise.verify.Measurement DIR`, where DIR holds prompts.jsonl.gz, outputs.jsonl.gz
/// and scores.csv.gz with `pred`, or with `parsed` and `answer`. Prints counts, no text unless a
/// second argument asks for so many differences.
final class Measurement {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, int[]> counts = new TreeMap<>();
    private final Map<String, int[]> rates = new TreeMap<>();
    private final Map<String, List<Said>> byPrompt = new HashMap<>();
    private int shown;
    private long nanos;
    private long examined;

    private record Said(String normal, List<String> score) {}

    public static void main(String[] arguments) throws IOException {
        var measured = new Measurement();
        measured.shown = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        measured.run(Path.of(arguments[0]));
    }

    private void run(Path folder) throws IOException {
        var questions = new HashMap<String, Question>();
        for (String line : lines(folder.resolve("prompts.jsonl.gz"))) {
            JsonNode row = MAPPER.readTree(line);
            questions.put(
                    row.get("prompt_id").asString(), Question.of(row.get("prompt").asString()));
        }
        var scores = new HashMap<String, List<String>>();
        List<List<String>> rows = csv(String.join("\n", lines(folder.resolve("scores.csv.gz"))));
        boolean parsed = rows.getFirst().contains("parsed");
        for (List<String> row : rows) {
            scores.put(row.get(0) + "\t" + row.get(1), row);
        }
        for (String line : lines(folder.resolve("outputs.jsonl.gz"))) {
            JsonNode row = MAPPER.readTree(line);
            String id = row.get("prompt_id").asString();
            String model = row.get("model").asString();
            List<String> score = scores.get(id + "\t" + model);
            Question question = questions.get(id);
            if (score != null && question != null) {
                compare(
                        set(id) + " " + model,
                        question,
                        row.get("output").asString(),
                        score,
                        parsed);
            }
        }
        byPrompt.forEach((id, said) -> {
            for (int i = 0; i < said.size(); i++) {
                Said one = said.get(i);
                for (int j = 0; j < said.size(); j++) {
                    Said other = said.get(j);
                    if (i != j) {
                        boolean same = one.normal().equals(other.normal());
                        rate(set(id) + " agreement " + same, one.score());
                    }
                }
            }
        });
        System.out.printf(
                "%d examined, %.1f microseconds each%n", examined, nanos / 1e3 / examined);
        counts.forEach((key, n) ->
                System.out.printf(
                        "%-50s same %5d of %5d = %.3f; named %5d of %5d = %.3f; none %d%n",
                        key,
                        n[0],
                        n[1],
                        (double) n[0] / n[1],
                        n[2],
                        n[3],
                        (double) n[2] / n[3],
                        n[4]));
        rates.forEach((key, n) ->
                System.out.printf(
                        "%-70s %5d of %5d = %.3f%n", key, n[1], n[0], (double) n[1] / n[0]));
    }

    private void compare(
            String key, Question question, String output, List<String> score, boolean parsed) {
        String wanted = parsed ? score.get(4) : score.get(3);
        boolean there = parsed ? score.get(3).equals("1") : !wanted.isEmpty();
        var found = FinalAnswer.of(output, question);
        String set = set(score.getFirst());
        rate(set + " task " + question.task(), score);
        rate(set + " form " + found.map(it -> it.form().name()).orElse("none"), score);
        boolean whole = Integer.parseInt(score.getLast()) <= output.length() + 20;
        var reply = new Reply(output, "");
        long start = System.nanoTime();
        Examination examination = Examiner.examine(question, reply);
        nanos += System.nanoTime() - start;
        examined++;
        rate(set + (whole ? " whole" : " cut"), score);
        for (Finding finding : examination.findings()) {
            if (whole || !finding.check().equals("truncated")) {
                rate(
                        set
                                + " "
                                + finding.check()
                                + " "
                                + finding.outcome()
                                + " "
                                + finding.good(),
                        score);
            }
        }
        if (found.isPresent()) {
            byPrompt.computeIfAbsent(score.get(0), _ -> new ArrayList<>())
                    .add(new Said(FinalAnswer.normal(found.get().value(), question), score));
        }
        int[] n = counts.computeIfAbsent(key, _ -> new int[5]);
        if (there) {
            boolean same =
                    found.isPresent() && FinalAnswer.same(found.get().value(), wanted, question);
            boolean named = isNamed(output, wanted, question);
            n[0] += same ? 1 : 0;
            n[1]++;
            n[2] += named && same ? 1 : 0;
            n[3] += named ? 1 : 0;
            n[4] += found.isPresent() ? 0 : 1;
            if (!same && named && shown-- > 0) {
                System.out.println(
                        score
                                + " "
                                + found.map(it -> it.form() + " <" + it.value() + ">")
                                        .orElse("none")
                                + "\n   ..."
                                + output.substring(Math.max(0, output.length() - 300))
                                        .replace("\n", "\\n"));
            }
        }
    }

    private static String set(String id) {
        return id.substring(0, id.indexOf('/'));
    }

    /// Whether the benchmark's answer stands in the output at all: a guess or a cut output has
    /// none.
    private static boolean isNamed(String output, String wanted, Question question) {
        if (question.task() != Task.CHOICE) {
            return !wanted.isEmpty() && output.replace(",", "").contains(wanted.replace(",", ""));
        }
        for (int at = output.indexOf(wanted); at >= 0; at = output.indexOf(wanted, at + 1)) {
            boolean before = at == 0 || !Character.isLetterOrDigit(output.charAt(at - 1));
            boolean after =
                    at + 1 >= output.length() || !Character.isLetterOrDigit(output.charAt(at + 1));
            if (before && after) {
                return true;
            }
        }
        return false;
    }

    private void rate(String key, List<String> score) {
        int[] n = rates.computeIfAbsent(key, _ -> new int[2]);
        n[0]++;
        n[1] += Double.parseDouble(score.get(2)) >= 0.5 ? 1 : 0;
    }

    private static List<String> lines(Path file) throws IOException {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /// Rows of a CSV file with quoted fields.
    private static List<List<String>> csv(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else {
                field.append(c);
            }
        }
        return rows;
    }
}
