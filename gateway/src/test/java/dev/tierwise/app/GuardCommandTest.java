package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String file(String lines) throws IOException {
        return Files.writeString(folder.resolve("lines.jsonl"), lines).toString();
    }

    @Test
    void offsetsAreCodePointsAndTheClassIsTold() throws IOException {
        String file = file("{\"id\": \"a\", \"text\": \"😀 MRN: 998877\"}\n");

        int code = run("guard", "scan", file);

        assertThat(code).isZero();
        assertThat(out.toString().strip())
                .startsWith(
                        "{\"id\":\"a\",\"class\":\"phi\",\"spans\":[{\"start\":7,\"end\":13,"
                                + "\"label\":\"MEDICAL_RECORD\",\"score\":0.");
    }

    @Test
    void badLinesAreToldByNumberAndTheOthersRead() throws IOException {
        String file = file("no json\n{\"id\": 2, \"text\": \"hello\"}\n{\"id\": 3}\n");

        int code = run("guard", "scan", file);

        assertThat(code).isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains("line 1:").contains("line 3:").doesNotContain("line 2");
        assertThat(out.toString()).contains("\"id\":2").contains("\"public\"");
    }

    @Test
    void aFileThatIsNotThereIsToldApart() {
        assertThat(run("guard", "scan", "/no/such/file")).isEqualTo(Main.NOT_FOUND);
    }

    @Test
    void figuresAreCounted() throws IOException {
        String file =
                file(
                        "{\"id\": 1, \"lang\": \"en\", \"text\": \"MRN: 998877\", \"spans\":"
                                + " [{\"start\": 5, \"end\": 11, \"label\": \"MRN\"}]}\n"
                                + "{\"id\": 2, \"lang\": \"en\", \"text\": \"hello\", \"spans\": []}\n");

        int code = run("guard", "score", "--json", file);

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("\"documents\":{\"found\":1,\"of\":1}")
                .contains("\"documents_without\":{\"flagged\":0,\"of\":1}")
                .contains("\"MRN\":{\"found\":1,\"of\":1}");
    }
}
