package dev.tierwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigPropertyTest {
    private static final int CONFIGS = 100;
    private static final int MUTATIONS = 400;
    private static final List<String> SPLINTERS =
            List.of(
                    "\n",
                    "  ",
                    "\t",
                    ":",
                    ": ",
                    "- ",
                    "[",
                    "]",
                    "{",
                    "}",
                    "\"",
                    "'",
                    "#",
                    "&a ",
                    "*a",
                    "!!binary ",
                    "? ",
                    "---\n",
                    "null",
                    "1e999999999",
                    ".inf",
                    "-0",
                    "0x1f",
                    "\u0000",
                    "\uD83D",
                    "ü",
                    "${env:X}",
                    "2026-02-30",
                    "|\n",
                    ">",
                    "<<",
                    "%",
                    "@",
                    "999999999d");

    @TempDir Path folder;

    private Reading read(String text) throws IOException {
        // a lone half of a pair cannot be written as UTF-8; it becomes `?`
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ConfigFile.read(
                Files.write(folder.resolve("tierwise.yaml"), bytes), Yaml::environment);
    }

    @Test
    void writtenConfigReadsBackEqual() throws IOException {
        for (long seed = 0; seed < CONFIGS; seed++) {
            Config config = new RandomConfig(seed).config();

            Reading reading = read(Yaml.of(config));

            assertThat(reading).as("seed %d", seed).isEqualTo(new Reading.Loaded(config));
        }
    }

    @Test
    void brokenFilesNeverThrowAndProblemsHaveWords() throws IOException {
        int refused = 0;
        for (long seed = 0; seed < MUTATIONS; seed++) {
            String text = Yaml.of(new RandomConfig(seed % 50).config());

            Reading reading = read(mutated(text, new Random(seed)));

            if (reading instanceof Reading.Invalid(List<Reading.Problem> problems)) {
                refused++;
                assertThat(problems)
                        .as("seed %d", seed)
                        .allMatch(problem -> problem.line() > 0)
                        .noneMatch(problem -> problem.message().isBlank())
                        .noneMatch(problem -> problem.remedy().isBlank());
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 4);
    }

    private static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(4); i++) {
            int from = random.nextInt(mutant.length() + 1);
            int to = Math.min(mutant.length(), from + random.nextInt(12));
            mutant.replace(from, to, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        }
        return mutant.toString();
    }
}
