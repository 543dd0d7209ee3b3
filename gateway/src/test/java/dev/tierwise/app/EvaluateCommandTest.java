package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.evaluate.ResultFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String test, String small, String... more) {
        var words = new java.util.ArrayList<>(java.util.List.of("evaluate", "--test", test));
        words.addAll(java.util.List.of("--small", small, "--frontier", "frontier-x"));
        words.addAll(java.util.List.of("--resamples", "50"));
        words.addAll(java.util.List.of(more));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private String sums() {
        return ResultFolder.sums(folder.resolve("sums"), 0, 60).toString();
    }

    @Test
    void theDecisiveSentenceComesFirstAndFilesAreWritten() throws IOException {
        Path page = folder.resolve("report.html");
        Path curve = folder.resolve("curve.svg");

        int code =
                run(
                        sums(),
                        "tiny",
                        "--second",
                        "other",
                        "--out",
                        page.toString(),
                        "--svg",
                        curve.toString());

        assertThat(code).isZero();
        assertThat(out.toString().lines().skip(2).findFirst().orElse(""))
                .startsWith("sums, 60 prompts: 95 % of the frontier's quality at ");
        assertThat(Files.readString(page)).startsWith("<!doctype html>");
        assertThat(Files.readString(curve)).startsWith("<svg ");
    }

    @Test
    void jsonIsOneObjectOnStdout() {
        int code = run(sums(), "tiny", "--json", "--mid", "large");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("{\"settings\":{\"small\":\"tiny-2b\"");
        assertThat(out.toString()).contains("\"shares\":[70.0,20.0,10.0]");
    }

    @Test
    void anUnknownModelIsToldWithNearNames() {
        assertThat(run(sums(), "tony-2b")).isEqualTo(Main.NOT_FOUND);
        assertThat(err.toString()).contains("has no scores of tony-2b; nearest: tiny-2b");
    }

    @Test
    void aNameThatSeveralHaveIsTold() {
        assertThat(run(sums(), "b")).isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains("may be any of these").contains("large-70b, other-3b");
    }

    @Test
    void aFolderThatIsNotThereIsToldApart() {
        assertThat(run("/no/such/folder", "tiny")).isEqualTo(Main.NOT_FOUND);
        assertThat(err.toString()).contains("there is no folder /no/such/folder");
    }

    @Test
    void wrongNumbersAreWrongUsage() {
        String test = sums();

        assertThat(run(test, "tiny", "--shares", "70/20/10")).isEqualTo(Main.USAGE);
        assertThat(run(test, "tiny", "--shares", "a/b")).isEqualTo(Main.USAGE);
        assertThat(run(test, "tiny", "--floor", "95")).isEqualTo(Main.USAGE);
        assertThat(run(test, "tiny", "--prices", "1")).isEqualTo(Main.USAGE);
        assertThat(run(test, "tiny", "--labels", "3")).isEqualTo(Main.USAGE);
        assertThat(run(test, "tiny", "--leave-task-out")).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("or a --mid model").contains("such as 0.95");
    }
}
