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
                .contains("Loaded together", "class=\"w\"", "gemma-3-4b")
                .doesNotContain("http://", "https://", "<script");
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
