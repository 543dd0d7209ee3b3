package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FitCommandTest {
    @TempDir Path temporary;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatTheUserHasMeasuredOrPricedIsNotRead() {
        Path data = Folders.of(System::getenv).data();

        assertThat(data).startsWithRaw(Path.of("target").toAbsolutePath());
        assertThat(data.resolve("speeds.jsonl")).doesNotExist();
        assertThat(data.resolve("prices.tsv")).doesNotExist();
    }

    @Test
    void aCardGetsALocalModelASecondOneAndAnEmbedder() {
        JsonNode set = json("--machine", "RTX 4090").path("recommended");

        JsonNode local = set.path("local");
        JsonNode second = set.path("second");
        assertThat(local.path("model").asString()).isEqualTo("qwen3-14b"); // not qwen2.5-14b
        assertThat(second.path("model").asString()).doesNotStartWith("qwen");
        double sum = total(local) + total(second) + set.path("embedder").path("value").asDouble();
        assertThat(sum + set.path("left").path("value").asDouble())
                .isEqualTo((24L << 30) - (1L << 30));
        assertThat(set.path("tokens_per_second").path("origin").asString()).isEqualTo("estimated");
        assertThat(set.path("pull")).hasSize(2);
        JsonNode day = set.path("day");
        assertThat(day.path("requests").path("value").asLong()).isPositive();
        assertThat(day.path("hosted")).hasSize(2);
        assertThat(day.path("hosted").get(1).path("usd").asDouble())
                .isGreaterThan(day.path("hosted").get(0).path("usd").asDouble());
    }

    @Test
    void aModelsPartsMakeItsTotal() {
        JsonNode one =
                json("gemma3:4b", "--context", "32768", "--machine", "DGX Spark").path("bytes");

        assertThat(one.path("cache").path("value").asLong()).isEqualTo(814L << 20);
        double parts = 0;
        for (String part : new String[] {"weights", "cache", "compute", "headroom"}) {
            parts += one.path(part).path("value").asDouble();
            assertThat(one.path(part).path("source").asString()).isNotBlank();
        }
        assertThat(one.path("total").path("value").asDouble()).isEqualTo(parts);
    }

    @Test
    void theRuleOfThumbIsHeldAgainstTheSum() {
        assertThat(
                        run(
                                "llama3.2:3b",
                                "--context",
                                "32768",
                                "--slots",
                                "4",
                                "--memory",
                                "24G",
                                "--bandwidth",
                                "400"))
                .isZero();

        assertThat(out.toString())
                .contains("The rule of thumb says 1.9 to 2.6 GB: 14.7 GB too little here")
                .contains("Writing only: the time to read prompts is not counted")
                .contains("400.0 GB/s (given)");
    }

    @Test
    void numbersDescribeAMachine() {
        JsonNode machine = json("--memory", "24G", "--bandwidth", "400").path("machine");

        JsonNode device = machine.path("devices").get(0);
        assertThat(device.path("memory").path("origin").asString()).isEqualTo("given");
        assertThat(device.path("bandwidth").path("value").asDouble()).isEqualTo(400e9);
    }

    @Test
    void theQuestionCanBeTurnedRound() {
        JsonNode wanted = json("--want", "llama-3.3-70b", "--tokens-per-second", "20");

        assertThat(wanted.path("memory").path("value").asDouble()).isBetween(44e9, 48e9);
        assertThat(wanted.path("bandwidth").path("value").asDouble()).isBetween(1e12, 1.2e12);
        assertThat(wanted.path("has_both")).isNotEmpty();

        assertThat(run("--want", "llama-3.3-70b", "--tokens-per-second", "20")).isZero();
        assertThat(out.toString()).contains("has both").contains("h100");
    }

    @Test
    void thisMachineIsReadAndNothingIsInvented() {
        JsonNode machine = json().path("machine");

        assertThat(machine.path("devices")).isNotEmpty();
        for (JsonNode device : machine.path("devices")) {
            JsonNode memory = device.path("memory");
            assertThat(memory.isNull() || memory.path("value").asDouble() > 0).isTrue();
        }
    }

    @Test
    void thePageShowsBarsAndNeedsNothingElse() throws IOException {
        Path page = temporary.resolve("fit.html");

        assertThat(run("--machine", "M5 Pro 48G", "--html", page.toString()))
                .as(err.toString())
                .isZero();

        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!doctype html>")
                .contains(
                        "Loaded together",
                        "class=\"w\"",
                        "gemma-3-4b",
                        "Licence of gemma-3-4b: gemma")
                .doesNotContain("src=", "href=", "url(", "<script");
    }

    @Test
    void aRecommendationSaysWhyUnderWhichLicenceAndWhatSpeaksForIt() {
        JsonNode set = json("--machine", "RTX 4090").path("recommended");

        JsonNode why = set.path("why");
        assertThat(why.path("says").asString()).isEqualTo("the largest that fits");
        assertThat(why.path("against").get(0).path("model").asString()).isEqualTo("phi-4-14b");
        assertThat(why.path("against").get(0).path("benchmarks")).hasSize(5);
        assertThat(set.path("local").path("licence").path("use").asString()).isEqualTo("free");
        for (JsonNode result : set.path("local").path("evidence")) {
            assertThat(result.path("percent").path("origin").asString()).isEqualTo("published");
            assertThat(result.path("percent").path("source").asString()).isNotBlank();
        }

        assertThat(run("--machine", "RTX 4090")).isZero();
        assertThat(out.toString())
                .contains("  why       qwen3-14b: the largest that fits\n")
                .contains("qwen3-14b +4.5 points against phi-4-14b in 5 benchmarks")
                .contains("  licence   gemma-3-4b: gemma, commercial use with conditions")
                .contains("LICENCE       PULL");
    }

    @Test
    void oneModelIsShownWithAllThatIsKnown() {
        assertThat(run("llama3.1:8b", "--machine", "RTX 4090")).isZero();
        assertThat(out.toString())
                .contains("Known of llama-3.1-8b")
                .contains("  licence   llama3.1, commercial use with conditions (llmfit")
                .contains("  abilities tools (github:docker/model-cards")
                .contains("  context   up to 131,072 tokens")
                .contains(
                        "42.9 % [41.4, 44.4] of mmlu-pro, n 4,337 (5-shot, CoT; tiger-lab; counted")
                .contains(" a day at groq as llama-3.1-8b-instant (price");
        out.getBuffer().setLength(0);

        JsonNode one = json("llama3.1:8b", "--machine", "RTX 4090");
        assertThat(one.path("hosted_offers")).isNotEmpty();
        assertThat(one.path("hosted_offers").get(0).path("usd_per_day").asDouble()).isPositive();
        assertThat(one.path("evidence").size()).isGreaterThan(20);

        assertThat(run("granite3.3:8b", "--machine", "RTX 4090")).isZero();
        assertThat(out.toString()).contains("  evidence  none is known of it");
    }

    @Test
    void modelsOfOnesOwnAreGiven() throws IOException {
        Path own = temporary.resolve("models.yaml");
        Files.writeString(
                own,
                """
                my-model-7b:
                  noted: 2026-11-30
                  names: [my-model:7b]
                  parameters: 7.2B
                  layers: 32
                  kv-heads: 8
                  head-size: 128
                  vocabulary: 32768
                  file-size: 4.37GB
                  licence: our own
                  use: free
                qwen3-14b:
                  noted: 2026-11-30
                  source: our tests
                  context: 131072
                """);

        JsonNode mine = json("my-model:7b", "--models", own.toString(), "--machine", "RTX 4090");
        JsonNode weights = mine.path("bytes").path("weights");
        assertThat(weights.path("value").asLong()).isEqualTo(4_370_000_000L);
        assertThat(weights.path("origin").asString()).isEqualTo("given");
        assertThat(mine.path("bytes").path("cache").path("value").asLong()).isEqualTo(1L << 30);
        assertThat(mine.path("bytes").path("total").isNull()).isFalse();
        assertThat(mine.path("licence").path("source").asString()).startsWith("given: ");

        String[] asked = {"qwen3:14b", "--context", "131072", "--models", own.toString()};
        assertThat(run(asked)).isZero();
        assertThat(out.toString())
                .contains("qwen3-14b in Q4_K_M, context 131,072")
                .contains("  given     context 131072g (your models.yaml, 2026-11-30, our tests)");
    }

    @Test
    void aWrongLineOfThatFileIsToldAndNothingOfItIsUsed() throws IOException {
        Path own = temporary.resolve("models.yaml");
        Files.writeString(own, "my-model:\n  noted: 2026-11-30\n  layer: 3\n");

        assertThat(run("--models", own.toString(), "--machine", "RTX 4090")).isEqualTo(1);

        assertThat(err.toString())
                .contains(own + ", line 3: unknown key 'layer'; did you mean layers?");
        assertThat(out.toString()).isEmpty();

        assertThat(run("--models", temporary.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file " + temporary.resolve("none"));
    }

    @Test
    void wrongWordsAreToldWithTheRightOnes() {
        assertThat(run("--machine", "RTX 4091")).isEqualTo(2);
        assertThat(run("llama3.2:3bb")).isEqualTo(3);
        assertThat(run("--context", "1")).isEqualTo(2);
        assertThat(run("--cache", "q3")).isEqualTo(2);
        assertThat(run("llama3.2:3b", "--quantisation", "q9")).isEqualTo(2);
        assertThat(run("--machine", "RTX 4090", "--pull")).isEqualTo(2);

        assertThat(err.toString())
                .contains("did you mean")
                .contains("the shape of 'llama3.2:3bb' is not known")
                .contains("--context is from 256")
                .contains("--cache is f16, q8_0 or q4_0, not 'q3'")
                .contains("'q9' is no quantisation")
                .contains("--pull is for this machine");
    }

    private static double total(JsonNode plan) {
        return plan.path("bytes").path("total").path("value").asDouble();
    }

    private JsonNode json(String... arguments) {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        assertThat(run(all)).as(err.toString()).isZero();
        JsonNode read = JsonMapper.shared().readTree(out.toString());
        out.getBuffer().setLength(0);
        return read;
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "fit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
