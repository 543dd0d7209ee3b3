package dev.tierwise.evaluate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes a folder of made-up results.
public final class ResultFolder {
    private final Path folder;
    private final StringBuilder prompts = new StringBuilder();
    private final StringBuilder scores = new StringBuilder("prompt_id,model,score,pred\n");
    private final StringBuilder outputs = new StringBuilder();

    private ResultFolder(Path folder) {
        this.folder = folder;
    }

    /// An empty one.
    public static ResultFolder in(Path folder) {
        return new ResultFolder(folder);
    }

    /// A folder of sums: easy ones, which `tiny-2b` and `other-3b` get right, and hard ones, which
    /// both get wrong, each in its own way. `large-70b` is right but for every eighth, and
    /// `frontier-x` always.
    ///
    /// @param from the number of the first prompt: others from the same number on are the same
    public static Path sums(Path folder, int from, int count) {
        ResultFolder results = in(folder);
        for (int i = from; i < from + count; i++) {
            boolean hard = i % 2 == 1;
            String id = "sum" + i;
            results.prompt(
                    id,
                    hard ? "sums/hard" : "sums/easy",
                    (hard ? "Integrate and simplify the series, term " : "Add two to ") + i + ".");
            results.answer(id, "tiny-2b", hard ? i + 9 : i + 2, hard ? 0 : 1);
            results.answer(id, "other-3b", hard ? i + 17 : i + 2, hard ? 0 : 1);
            results.score(id, "large-70b", i % 8 == 7 ? 0 : 1);
            results.score(id, "frontier-x", 1);
        }
        return results.write();
    }

    /// Adds a prompt.
    public ResultFolder prompt(String id, String task, String text) {
        prompts.append(
                "{\"prompt_id\": \"%s\", \"task\": \"%s\", \"prompt\": \"%s\"}%n"
                        .formatted(id, task, text));
        return this;
    }

    /// Adds a score.
    public ResultFolder score(String id, String model, double score) {
        scores.append(id + "," + model + "," + score + ",\n");
        return this;
    }

    private void answer(String id, String model, int answer, double score) {
        scores.append(id + "," + model + "," + score + "," + answer + "\n");
        outputs.append(
                "{\"prompt_id\": \"%s\", \"model\": \"%s\", \"output\": \"The answer is %d.\"}%n"
                        .formatted(id, model, answer));
    }

    /// Writes the files, packed.
    public Path write() {
        try {
            Files.createDirectories(folder);
            pack("prompts.jsonl", prompts);
            pack("scores.csv", scores);
            if (!outputs.isEmpty()) {
                pack("outputs.jsonl", outputs);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pack(String name, CharSequence text) throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
