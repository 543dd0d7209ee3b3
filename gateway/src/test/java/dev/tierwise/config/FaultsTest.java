package dev.tierwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class FaultsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SET", "hidden-value", "BLANK", " ", "TWO_LINES", "hidden\nvalue");

    @TempDir Path folder;

    private List<String> faults(String text) throws IOException {
        return faults(Files.writeString(folder.resolve("tierwise.yaml"), text));
    }

    private static List<String> faults(Path file) {
        return switch (ConfigFile.read(file, ENVIRONMENT::get)) {
            case Reading.Loaded _ -> List.of();
            case Reading.Invalid(List<Reading.Problem> problems) ->
                    problems.stream().map(Reading.Problem::text).toList();
        };
    }

    @ParameterizedTest
    @CsvFileSource(resources = "faults.txt", delimiter = '|', quoteCharacter = '\u0001')
    void faultIsToldWithLineAndRemedy(String text, String fault) throws IOException {
        String yaml = text.replace("/", "\n").replace("~~", "//");

        List<String> faults = faults(yaml);

        assertThat(faults).containsExactly("tierwise.yaml:" + fault);
        assertThat(faults.toString()).doesNotContain("hidden");
    }

    @Test
    void modelsOfDiscoveryMayBeNamedByRules() throws IOException {
        assertThat(faults("rules: [{use: {model: found-later}}]")).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfLines() throws IOException {
        String text =
                """
                models:
                  - name: a
                    teir: local
                    upstream: box
                quality: high
                upstreams: [{name: bx, backend: vllm, key: sk-hidden}]
                """;

        assertThat(faults(text))
                .containsExactly(
                        "tierwise.yaml:2: models[0]: `tier` is missing; add `tier: …`",
                        "tierwise.yaml:3: models[0].teir: unknown key; did you mean `tier`?",
                        "tierwise.yaml:4: models[0].upstream: there is no upstream `box`; did you mean"
                                + " `bx`?",
                        "tierwise.yaml:5: quality: `high` is not a number; write a number without"
                                + " quotes",
                        "tierwise.yaml:6: upstreams[0].key: the value is not a reference to a secret;"
                                + " a secret itself is refused here; write `${env:NAME}` for an"
                                + " environment variable or `${file:/path}` for a file");
    }

    @Test
    void aServerThatLoadsNothingIsNotToldWhatToLoad() throws IOException {
        String text =
                """
                upstreams:
                  - {name: box, backend: vllm, url: "http://127.0.0.1:1", loading: {models: 2}}
                  - {name: lap, backend: ollama, loading: {models: 0, keep: 0s, memry: 2GiB}}
                """;

        assertThat(faults(text))
                .containsExactly(
                        "tierwise.yaml:2: upstreams[0].loading: `vllm` cannot be told what to load;"
                                + " leave the key out; ollama, lm-studio, llama-server can",
                        "tierwise.yaml:3: upstreams[1].loading.keep: `0s` is not a duration; write a"
                                + " whole number and a unit (`ms`, `s`, `m`, `h`, `d`), such as"
                                + " `30s`, up to `24d`",
                        "tierwise.yaml:3: upstreams[1].loading.memry: unknown key; did you mean"
                                + " `memory`?",
                        "tierwise.yaml:3: upstreams[1].loading.models: `0` is out of range; write a"
                                + " number from 1 to 1000");
    }

    @Test
    void brokenYamlShowsNothingOfTheFile() throws IOException {
        List<String> faults =
                faults("keys: [{name: a, key: sk-hidden: hidden\nx: hidden}\n  - hidden");

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst())
                .startsWith("tierwise.yaml:1: not YAML: ")
                .doesNotContain("hidden");
    }

    @Test
    void unreadableFileIsAFault() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        Path notText = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 'a'});
        Path large = Files.writeString(folder.resolve("large.yaml"), " ".repeat((4 << 20) + 1));

        assertThat(faults(missing))
                .containsExactly(
                        "missing.yaml: there is no file "
                                + missing
                                + "; create it, or correct --config or TIERWISE_CONFIG");
        assertThat(faults(folder))
                .containsExactly(
                        folder.getFileName()
                                + ": cannot read "
                                + folder
                                + "; name a file, not a folder");
        assertThat(faults(notText)).containsExactly("bytes.yaml: not UTF-8 text; save it as UTF-8");
        assertThat(faults(large))
                .containsExactly("large.yaml: larger than 4 MiB; name a configuration file");
    }
}
