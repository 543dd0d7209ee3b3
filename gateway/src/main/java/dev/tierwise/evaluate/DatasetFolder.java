package dev.tierwise.evaluate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a folder of results: `prompts.jsonl`, `scores.csv` and, if it is there, `outputs.jsonl`,
/// each also as `.gz`.
///
/// A line of prompts is `{"prompt_id", "task", "prompt"}`. A row of scores has `prompt_id`,
/// `model`, `score` from 0 to 1 and, if the benchmark says it, the answer that it read in a column
/// `pred` or `answer`. A line of outputs is `{"prompt_id", "model", "output"}`.
public final class DatasetFolder {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
        var reading = new DatasetFolder(folder);
        try {
            reading.prompts();
            reading.scores();
            reading.outputs(wanted);
        } catch (Fault fault) {
            return new Made.Bad(fault.getMessage());
        } catch (IOException | JacksonException | CsvParseException e) {
            return new Made.Bad(
                    folder
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "): a file in it is cut short, or is no gzip, JSON or CSV");
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

    private @Nullable BufferedReader open(String name) throws IOException {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        InputStream in;
        if (Files.exists(packed)) {
            in = new GZIPInputStream(Files.newInputStream(packed), 1 << 16);
        } else if (Files.exists(plain)) {
            in = Files.newInputStream(plain);
        } else {
            return null;
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    private BufferedReader must(String name) throws IOException {
        BufferedReader in = open(name);
        if (in == null) {
            throw new Fault(
                    folder
                            + " has no "
                            + name
                            + " or "
                            + name
                            + ".gz; `./tw evaluate --help` says what a folder of results holds");
        }
        return in;
    }

    private void prompts() throws IOException {
        try (BufferedReader in = must("prompts.jsonl")) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                JsonNode node = line.isBlank() ? MAPPER.nullNode() : MAPPER.readTree(line);
                String id = node.path("prompt_id").asString("");
                String text = node.path("prompt").asString("");
                if (id.isEmpty() || text.isEmpty()) {
                    if (!line.isBlank()) {
                        throw new Fault(
                                folder
                                        + "/prompts.jsonl, line "
                                        + number
                                        + ": needs a string `prompt_id` and a string `prompt`");
                    }
                    continue;
                }
                if (places.putIfAbsent(id, items.size()) == null) {
                    items.add(new Dataset.Item(id, node.path("task").asString("all"), text));
                }
            }
        }
        if (items.isEmpty()) {
            throw new Fault(folder + "/prompts.jsonl has no prompt");
        }
    }

    private void scores() throws IOException {
        try (BufferedReader in = must("scores.csv");
                CsvReader<NamedCsvRecord> rows =
                        CsvReader.builder()
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .ofNamedCsvRecord(in)) {
            for (NamedCsvRecord row : rows) {
                Integer place = places.get(field(row, "prompt_id"));
                String model = field(row, "model");
                if (place != null && !model.isEmpty()) {
                    scores.computeIfAbsent(model, _ -> unknown())[place] = score(row);
                    String said = said(row);
                    if (said != null) {
                        answers.computeIfAbsent(model, _ -> new String[items.size()])[place] = said;
                    }
                }
            }
        }
        if (scores.isEmpty()) {
            throw new Fault(
                    folder
                            + "/scores.csv has no row for any prompt of prompts.jsonl; it needs"
                            + " the columns prompt_id,model,score");
        }
    }

    private double[] unknown() {
        double[] scores = new double[items.size()];
        Arrays.fill(scores, Double.NaN);
        return scores;
    }

    private double score(NamedCsvRecord row) throws Fault {
        String text = field(row, "score");
        try {
            double score = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
            if (!(score < 0 || score > 1)) {
                return score;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new Fault(
                folder
                        + "/scores.csv, line "
                        + row.getStartingLineNumber()
                        + ": the score must be a number from 0 to 1");
    }

    private static String field(NamedCsvRecord row, String name) {
        return row.findField(name).orElse("");
    }

    private static @Nullable String said(NamedCsvRecord row) {
        for (String name : Set.of("pred", "answer")) {
            var value = row.findField(name);
            if (value.isPresent()) {
                return value.get();
            }
        }
        return null;
    }

    private void outputs(Predicate<String> wanted) throws IOException {
        BufferedReader found = open("outputs.jsonl");
        if (found == null) {
            return;
        }
        try (BufferedReader in = found) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode node = line.isBlank() ? MAPPER.nullNode() : MAPPER.readTree(line);
                String model = node.path("model").asString("");
                Integer place = places.get(node.path("prompt_id").asString(""));
                if (place != null && wanted.test(model)) {
                    outputs.computeIfAbsent(model, _ -> new String[items.size()])[place] =
                            node.path("output").asString("");
                }
            }
        }
    }
}
