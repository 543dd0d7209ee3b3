package dev.tierwise.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program that counts evidence, on a few rows that can be counted by hand.
class MakeEvidenceTest {
    private static final double Z = 1.959963985;

    @TempDir private Path temporary;

    @Test
    void accuraciesAndIntervalsAreThoseOfTheRows() throws Exception {
        results();
        facts();

        String said = run();

        Rows rows = Rows.parse("evidence.tsv", Files.readString(temporary.resolve("evidence.tsv")));
        assertThat(said)
                .contains(
                        "evidence.tsv: 4 rows",
                        "mmlu-pro: its rows are left out",
                        "gpqa of qwen2.5-7b is below chance, left out");
        Rows.Row binary = row(rows, "zeroeval: math-l5");
        assertThat(binary.number("percent")).isEqualTo(30.0); // 3 of 10
        assertThat(binary.number("n")).isEqualTo(10);
        assertThat(binary.text("work")).isEqualTo("maths");
        // Wilson: both ends are as far from 3 of 10 as their own spread says
        for (String end : List.of("low", "high")) {
            double share = binary.number(end) / 100;
            assertThat(Math.abs(.3 - share))
                    .isEqualTo(Z * Math.sqrt(share * (1 - share) / 10), within(.001));
        }
        // graded answers: .2 and .8 in turns, half of each
        Rows.Row graded = row(rows, "llmrouter: natural_qa");
        assertThat(graded.number("percent")).isEqualTo(50.0);
        double half = Z * Math.sqrt(.09 * 10 / 9 / 10) * 100;
        assertThat(graded.number("low")).isEqualTo(50 - half, within(.06));
        assertThat(graded.number("high")).isEqualTo(50 + half, within(.06));
        Rows.Row told = row(rows, "MMLU");
        assertThat(told.text("n")).isNull();
        assertThat(told.text("by")).isEqualTo("somebody");
        assertThat(told.text("date")).isEqualTo("2026-01-02");
        assertThat(told.text("source")).isEqualTo("a report, page 3");
        assertThat(Files.readString(temporary.resolve("profiles.tsv")))
                .contains("\ta list of cards");
    }

    private static Rows.Row row(Rows rows, String benchmark) {
        return rows.rows().stream()
                .filter(row -> row.cell("benchmark").equals(benchmark))
                .findFirst()
                .orElseThrow();
    }

    private void results() throws IOException {
        var prompts = new StringBuilder();
        var scores = new StringBuilder("prompt_id,model,score,answer\n");
        for (int i = 0; i < 10; i++) {
            prompts.append(
                    "{\"prompt_id\": \"m/%d\", \"task\": \"zeroeval/math-l5\"}\n".formatted(i));
            scores.append(
                    "m/%d,Qwen2.5-7B-Instruct,%d,\"one,\ntwo\"\n".formatted(i, i < 3 ? 1 : 0));
            scores.append("m/%d,somebody-else,1,x\n".formatted(i));
        }
        write("zeroeval", prompts.toString(), scores.toString());
        var questions = new StringBuilder();
        var graded = new StringBuilder("prompt_id,model,score\n");
        for (int i = 0; i < 10; i++) {
            questions.append(
                    "{\"prompt_id\": \"q/%d\", \"task\": \"x/natural_qa\"}\n".formatted(i));
            graded.append("q/%d,qwen2.5-7b-instruct,0.%d\n".formatted(i, i % 2 == 0 ? 2 : 8));
        }
        // 0 of 20 with four choices each: surely worse than guessing
        for (int i = 0; i < 20; i++) {
            questions.append("{\"prompt_id\": \"g/%d\", \"task\": \"x/gpqa\"}\n".formatted(i));
            graded.append("g/%d,qwen2.5-7b-instruct,0\n".formatted(i));
        }
        write("llmrouter", questions.toString(), graded.toString());
    }

    private void write(String set, String prompts, String scores) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("results").resolve(set));
        zip(folder.resolve("prompts.jsonl.gz"), prompts);
        zip(folder.resolve("scores.csv.gz"), scores);
    }

    private static void zip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void facts() throws IOException {
        Files.writeString(
                temporary.resolve("published.tsv"),
                """
                # key: somebody 2026-01-02 a report, page 3
                model\twork\tbenchmark\tprotocol\tvalue\tsource
                qwen2.5-7b\tknowledge\tMMLU\t5-shot\t71.5\tkey
                qwen2.5-3b\tknowledge\tMMLU\t5-shot\t61.5\tkey
                """);
        Files.writeString(
                temporary.resolve("models.tsv"),
                """
                # list: a list of cards
                id\tmaker\tlicence\tuse\treleased\tabilities\tsource\tabilities_source
                qwen2.5-7b\tqwen\tapache-2.0\tfree\t-\ttools\tlist\tlist
                """);
    }

    /// Runs the program as `./tw catalogue` does; what it says.
    private String run() throws IOException, InterruptedException {
        // tests run in the module's folder
        Path root = Path.of("").toAbsolutePath().resolveSibling("").normalize();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                root.resolve("catalogue/MakeEvidence.java").toString(),
                                "--results",
                                temporary.resolve("results").toString(),
                                "--facts",
                                temporary.toString(),
                                "--out",
                                temporary.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
