package dev.tierwise.evaluate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a folder of results: `prompts.jsonl`, `scores.csv` and, if it is there, `outputs.jsonl`,
/// each also as `.gz`.
///
/// A line of prompts is `{"prompt_id", "task", "prompt"}`. A row of scores has `prompt_id`,
/// `model`, `score` from 0 to 1 and, if the benchmark says it, the answer that it read in a column
/// `pred` or `answer`; one that is the same for right and wrong models is the solution and not
/// taken. A line of outputs is `{"prompt_id", "model", "output"}`.
public final class DatasetFolder {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final double[] NONE = {};
    private static final @Nullable String[] NOTHING = {};
    private static final List<String> NEEDED = List.of("prompt_id", "model", "score");

    private final Path folder;
    private final List<Dataset.Item> items = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, double[]> scores = new HashMap<>();
    private final Map<String, @Nullable String[]> answers = new HashMap<>();
    private final Map<String, @Nullable String[]> outputs = new HashMap<>();

    private DatasetFolder(Path folder) {
        this.folder = folder;
    }

    /// What reading gives.
    public sealed interface Made {
        /// A dataset.
        ///
        /// @param dataset at least one prompt and one model
        record Good(Dataset dataset) implements Made {}

        /// Why there is none.
        ///
        /// @param problem what is wrong, where, and how to mend it
        record Bad(String problem) implements Made {}
    }

    /// Reads a folder.
    ///
    /// @param wanted the models whose whole outputs are kept; those of others are left out
    public static Made read(Path folder, Predicate<String> wanted) {
        if (!Files.isDirectory(folder)) {
            return new Made.Bad("there is no folder " + folder);
        }
        var reading = new DatasetFolder(folder);
        try {
            reading.prompts();
            reading.scores();
            reading.outputs(wanted);
        } catch (Fault fault) {
            return new Made.Bad(fault.getMessage());
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new Made.Good(
                new Dataset(
                        name == null ? folder.toString() : name.toString(),
                        List.copyOf(reading.items),
                        reading.scores,
                        reading.answers,
                        reading.outputs));
    }

    /// What is wrong with the files, told from deep inside.
    private static final class Fault extends IOException {
        private static final long serialVersionUID = 1;

        Fault(String problem) {
            super(problem);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// What takes the file's lines, one by one.
    private interface Lines {
        void take(JsonNode line, Place place) throws Fault;
    }

    /// Where reading is.
    private record Place(Path file, long line) {
        Fault fault(String problem) {
            return new Fault(file + ", line " + line + ": " + problem);
        }
    }

    private @Nullable Path file(String name) {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        return Files.exists(packed) ? packed : Files.exists(plain) ? plain : null;
    }

    private Path must(String name) throws Fault {
        Path file = file(name);
        if (file == null) {
            throw new Fault(
                    folder
                            + " has no "
                            + name
                            + " or "
                            + name
                            + ".gz; docs/guide/evaluate.md says what a folder of results holds");
        }
        return file;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    private static Fault unreadable(Path file, long line, Exception e) {
        Throwable cause =
                e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        String at = line == 0 ? "" : " after line " + line;
        return new Fault(
                switch (cause) {
                    case EOFException _ ->
                            file + " is cut short" + at + "; fetch it or pack it once more";
                    case ZipException _ ->
                            file + " is damaged" + at + "; fetch it or pack it once more";
                    default ->
                            file
                                    + " cannot be read"
                                    + at
                                    + " ("
                                    + cause.getClass().getSimpleName()
                                    + "); check that it is a readable file";
                });
    }

    private static void lines(Path file, Lines lines) throws Fault {
        long number = 0;
        try (BufferedReader in = open(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lines.take(parsed(line, new Place(file, number)), new Place(file, number));
                }
            }
        } catch (Fault fault) {
            throw fault;
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(file, number, e);
        }
    }

    private static JsonNode parsed(String line, Place place) throws Fault {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException _) {
            // told below
        }
        throw place.fault("no JSON object; mend the line or take it out");
    }

    private void prompts() throws Fault {
        Path file = must("prompts.jsonl");
        lines(
                file,
                (node, place) -> {
                    String id = node.path("prompt_id").asString("");
                    String text = node.path("prompt").asString("");
                    if (id.isEmpty() || text.isEmpty()) {
                        throw place.fault("needs a string `prompt_id` and a string `prompt`");
                    }
                    if (places.putIfAbsent(id, items.size()) == null) {
                        items.add(new Dataset.Item(id, node.path("task").asString("all"), text));
                    }
                });
        if (items.isEmpty()) {
            throw new Fault(file + " has no prompt");
        }
    }

    private void scores() throws Fault {
        Path file = must("scores.csv");
        long line = 0;
        try (BufferedReader in = open(file);
                CsvReader<NamedCsvRecord> rows =
                        CsvReader.builder()
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .ofNamedCsvRecord(in)) {
            for (NamedCsvRecord row : rows) {
                line = row.getStartingLineNumber();
                score(row, new Place(file, line));
            }
        } catch (Fault fault) {
            throw fault;
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw unreadable(file, line, cause);
            }
            throw new Place(file, line + 1).fault("no row of CSV; check its quotes");
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(file, line, e);
        }
        if (scores.isEmpty()) {
            throw new Fault(file + " has no score of any prompt in prompts.jsonl");
        }
        if (solutions()) {
            answers.clear();
        }
    }

    private void score(NamedCsvRecord row, Place place) throws Fault {
        for (String name : NEEDED) {
            if (row.findField(name).isEmpty()) {
                throw place.fault("no `" + name + "`; the columns are prompt_id,model,score");
            }
        }
        String model = row.getField("model");
        Integer at = places.get(row.getField("prompt_id"));
        double score = score(row.getField("score"), place);
        if (at != null && !model.isEmpty()) {
            scores.computeIfAbsent(model, _ -> unknown())[at] = score;
            String said = said(row);
            if (said != null) {
                answers.computeIfAbsent(model, _ -> new String[items.size()])[at] = said;
            }
        }
    }

    private double[] unknown() {
        double[] scores = new double[items.size()];
        Arrays.fill(scores, Double.NaN);
        return scores;
    }

    private static double score(String text, Place place) throws Fault {
        try {
            double score = text.isBlank() ? Double.NaN : Double.parseDouble(text);
            if (!(score < 0 || score > 1)) {
                return score;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw place.fault("the score must be a number from 0 to 1");
    }

    private static @Nullable String said(NamedCsvRecord row) {
        return row.findField("pred").or(() -> row.findField("answer")).orElse(null);
    }

    /// Whether what stands in the column of answers are not the models' but the right ones: models
    /// that are wrong then have the same as those that are right.
    private boolean solutions() {
        List<String> models = List.copyOf(answers.keySet());
        boolean compared = false;
        for (int one = 0; one < models.size(); one++) {
            for (int other = one + 1; other < models.size(); other++) {
                double[] score = scores.getOrDefault(models.get(one), NONE);
                double[] others = scores.getOrDefault(models.get(other), NONE);
                @Nullable String[] said = answers.getOrDefault(models.get(one), NOTHING);
                @Nullable String[] theirs = answers.getOrDefault(models.get(other), NOTHING);
                for (int i = 0; i < score.length; i++) {
                    if (said[i] != null && Math.abs(score[i] - others[i]) == 1) {
                        compared = true;
                        if (!said[i].equals(theirs[i])) {
                            return false;
                        }
                    }
                }
            }
        }
        return compared;
    }

    private void outputs(Predicate<String> wanted) throws Fault {
        Path file = file("outputs.jsonl");
        if (file == null) {
            return;
        }
        lines(
                file,
                (node, place) -> {
                    String model = node.path("model").asString("");
                    String id = node.path("prompt_id").asString("");
                    if (id.isEmpty() || model.isEmpty()) {
                        throw place.fault("needs strings `prompt_id`, `model` and `output`");
                    }
                    Integer at = places.get(id);
                    if (at != null && node.path("output").isString() && wanted.test(model)) {
                        outputs.computeIfAbsent(model, _ -> new String[items.size()])[at] =
                                node.path("output").asString("");
                    }
                });
    }
}
