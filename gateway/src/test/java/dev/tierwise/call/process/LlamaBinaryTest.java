package dev.tierwise.call.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.process.LlamaBinary.Looked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaBinaryTest {
    @TempDir private Path folder;

    @Test
    void theFirstOnThePathIsFoundWithItsFlags() {
        FakeProgram.make(folder, "well");

        Looked looked = LlamaBinary.onPath("relative:/nowhere:" + folder);

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Looked.Found.class,
                        found -> {
                            assertThat(found.binary().path())
                                    .isEqualTo(folder.resolve("llama-server"));
                            assertThat(found.binary().flags())
                                    .contains("--offline")
                                    .doesNotContain("--jinja");
                        });
    }

    @Test
    void noneIsFoundWhereThereIsNone() {
        assertThat(LlamaBinary.onPath("")).isEqualTo(new Looked.None());
        assertThat(LlamaBinary.onPath(folder.toString())).isEqualTo(new Looked.None());
    }

    @Test
    void oneThatCannotStartSaysWhy() throws IOException {
        Path program = folder.resolve("llama-server");
        Files.writeString(
                program,
                "#!/bin/sh\necho 'libllama.so: cannot open shared object file'; exit 127\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(LlamaBinary.onPath(folder.toString()))
                .isInstanceOfSatisfying(
                        Looked.Broken.class,
                        it ->
                                assertThat(it.message())
                                        .contains("libllama.so", "llama-server: off"));
    }

    @Test
    void aConfiguredPathThatIsNoProgramIsNamed() {
        assertThat(LlamaBinary.at(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        Looked.Broken.class,
                        it -> assertThat(it.message()).contains("there is no program"));
    }
}
