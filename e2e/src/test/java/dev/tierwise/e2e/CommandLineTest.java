package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands as a shell sees them: exit codes, stdout, stderr.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineTest {
    private static final String ESCAPE = "\u001b[";

    private final FakeUpstream ollama = FakeUpstream.start(Kind.OLLAMA);
    private final Home home = Home.make(Map.of("OLLAMA_HOST", ollama.url().toString()));
    private final Home coloured =
            Home.make(Map.of("OLLAMA_HOST", ollama.url().toString(), "CLICOLOR_FORCE", "1"));

    @AfterAll
    void stop() {
        try (ollama;
                home;
                coloured) {
            assertThat(ollama.active()).isZero();
        }
    }

    private static JsonNode json(Home.Result result) {
        return JsonMapper.shared().readTree(result.out());
    }

    @ParameterizedTest
    @CsvSource({
        "0, --help",
        "0, --version",
        "0, help serve",
        "0, doctor",
        "0, config schema",
        "0, models ls",
        "0, models ls --json",
        "1, serve --config broken.yaml",
        "1, config check --config broken.yaml",
        "1, doctor --config missing.yaml",
        "2, serve --prot 7",
        "2, serve --port seven",
        "2, report --since yesterdayish",
        "2, dokter",
        "2, pull",
        "2, pull http://example.org/x.gguf",
        "1, models ps --url http://127.0.0.1:1",
        "3, pull ./none.gguf",
        "3, models show none",
        "3, models rm none",
        "3, report",
        "3, config check"
    })
    void exitCodesSayHowItWent(int code, String line) {
        home.write("broken.yaml", "models:\n  - {name: a, upstream: b, teir: local}\n");

        var result = home.run(line.split(" "));

        assertThat(result.code()).as("%s%s", result.out(), result.err()).isEqualTo(code);
        if (code == 0) {
            assertThat(result.out()).isNotBlank();
            assertThat(result.err()).isEmpty();
        } else {
            assertThat(result.err()).startsWith("tw: ").doesNotContain("\tat ", "Exception");
        }
        if (line.endsWith("broken.yaml")) {
            assertThat(result.err()).contains("broken.yaml:2").contains("did you mean `tier`?");
        }
    }

    @Test
    void aMistypedWordIsAnsweredWithTheNearest() {
        assertThat(home.run("serve", "--pot", "7").err()).contains("--port");
        assertThat(home.run("dokter").err()).contains("doctor");
    }

    @Test
    void everyCommandHasJson() {
        home.write("good.yaml", "discovery: off\n");

        JsonNode doctor = json(home.run("doctor", "--json"));
        JsonNode route = json(home.run("route", "--json", "Sort this ticket"));
        JsonNode check = json(home.run("config", "check", "--json", "--config", "good.yaml"));
        JsonNode schema = json(home.run("config", "schema"));

        assertThat(doctor.path("models").isEmpty()).isFalse();
        assertThat(route.path("model").stringValue()).isEqualTo("llama3.2:1b");
        assertThat(route.path("tier").stringValue()).isEqualTo("local");
        assertThat(check.path("valid").booleanValue()).isTrue();
        assertThat(schema.path("title").stringValue()).isEqualTo("tierwise.yaml");
    }

    @Test
    void doctorFindsOllamasModels() {
        var result = home.run("doctor", "--json");

        assertThat(result.code()).isZero();
        var names =
                json(result)
                        .path("models")
                        .valueStream()
                        .filter(model -> model.path("upstream").asString("").equals("ollama"))
                        .map(model -> model.path("name").stringValue());
        assertThat(names).containsExactlyInAnyOrder("llama3.2:1b", "qwen2.5:7b");
    }

    @Test
    void doctorSaysWhichModelIsNotKnownToRunHere() {
        home.write(
                "claims.yaml",
                """
                discovery: off
                upstreams:
                  - {name: box, backend: ollama, url: "%s"}
                models:
                  - {name: here, upstream: box, id: "llama3.2:1b", tier: local}
                  - {name: small, upstream: box, id: "llama3.2:3b", tier: local}
                """
                        .formatted(ollama.url()));

        var told = home.run("doctor", "--config", "claims.yaml");
        var warnings =
                json(home.run("doctor", "--json", "--config", "claims.yaml")).path("warnings");

        assertThat(told.err())
                .contains("small: Ollama at " + ollama.url())
                .contains("`ollama pull llama3.2:3b`")
                .doesNotContain("here: Ollama");
        assertThat(warnings.size()).isEqualTo(1);
        assertThat(warnings.get(0).stringValue()).contains("llama3.2:3b");
    }

    @Test
    void coloursAreGoneWhereTheyAreNotWanted() {
        var plain =
                new Home(
                        coloured.folder(),
                        Map.of(
                                "OLLAMA_HOST",
                                ollama.url().toString(),
                                "CLICOLOR_FORCE",
                                "1",
                                "NO_COLOR",
                                "1"));

        assertThat(coloured.run("--help").out()).contains(ESCAPE);
        for (String command : List.of("--help", "doctor", "route Hello", "serve --help")) {
            var result = plain.run(command.split(" "));
            assertThat(result.code()).as("%s: %s", command, result.err()).isZero();
            assertThat(result.out() + result.err()).doesNotContain(ESCAPE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void shellsComplete(String shell) throws Exception {
        var result = home.run("completion", shell);

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("doctor", "report", "config");
        if (!shell.equals("fish")) {
            Path script = Files.writeString(home.folder().resolve("tw." + shell), result.out());
            Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();
            assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(bash.exitValue()).isZero();
            assertThat(bash.getErrorStream().readAllBytes()).isEmpty();
        }
    }
}
