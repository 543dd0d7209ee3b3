package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PricesCommandTest {
    private static final String LIST =
            """
            [{"id": "openai", "models": [
              {"id": "gpt-5.4-mini", "match": {"equals": "gpt-5.4-mini"},
               "prices": [
                 {"constraint": {"start_date": "2026-01-01"},
                  "prices": {"input_mtok": 0.11, "output_mtok": 0.22}},
                 {"constraint": {"start_date": "2999-01-01"},
                  "prices": {"input_mtok": 7, "cache_read_mtok": 1, "output_mtok": 9}}]}]}]
            """;

    @TempDir Path temporary;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void list() throws IOException {
        Files.writeString(temporary.resolve("list.json"), LIST);
    }

    @Test
    void aPriceIsSetShownAndTakenBack() {
        assertThat(set("--from", "2026-02-01")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("gpt-5.4-mini costs $0.5 read, $0.5 cached, $9 written")
                .contains("from 2026-02-01 on");

        JsonNode shown = shown("gpt-5.4-mini");
        assertThat(shown.path("output").asDouble()).isEqualTo(9);
        assertThat(shown.path("source").asString()).startsWith("you, 20");

        assertThat(run("unset", "gpt-5.4-mini", "--backend", "openai")).isZero();
        assertThat(shown("gpt-5.4-mini").path("source").asString()).startsWith("catalogue of ");
        assertThat(run("unset", "gpt-5.4-mini", "--backend", "openai")).isEqualTo(3);
        assertThat(err.toString()).contains("no price of your own for gpt-5.4-mini");
    }

    @Test
    void wrongWordsAreToldAndNothingIsWritten() {
        assertThat(run("set", "m", "--backend", "openai", "--input", "x", "--output", "1"))
                .isEqualTo(2);
        assertThat(run("set", "m", "--backend", "opnai", "--input", "1", "--output", "1"))
                .isEqualTo(2);
        assertThat(run("show")).isEqualTo(2);
        assertThat(run("show", "no-such-model")).isEqualTo(3);

        assertThat(err.toString())
                .contains("'x' is no amount of dollars per million tokens")
                .contains("'opnai' is no backend; there are ollama, ")
                .contains("which model?")
                .contains("no price is known for no-such-model");
        assertThat(temporary.resolve("prices.tsv")).doesNotExist();
    }

    @Test
    void aListBringsNewPricesWithTheirDays() {
        assertThat(update("--dry-run")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("2 prices would change");
        assertThat(temporary.resolve("prices.tsv")).doesNotExist();

        assertThat(update()).isZero();
        JsonNode shown = shown("gpt-5.4-mini");
        assertThat(shown.path("input").asDouble()).isEqualTo(.11);
        assertThat(shown.path("source").asString()).startsWith("genai-prices, ");
        assertThat(out.toString()).contains("2999-01-01");

        out = new StringWriter();
        assertThat(update()).isZero();
        assertThat(out.toString()).contains("No price changed.");
    }

    @Test
    void aPriceSetByHandStays() {
        set();

        assertThat(update()).isZero();

        assertThat(out.toString()).contains("No price changed.");
    }

    @Test
    void aDamagedListOrFileChangesNothing() throws IOException {
        Path list = temporary.resolve("list.json");
        Files.writeString(list, "{");
        assertThat(update()).isEqualTo(1);
        Files.writeString(list, "{}");
        assertThat(update()).isEqualTo(1);
        Files.delete(list);
        assertThat(update()).isEqualTo(1);
        assertThat(err.toString())
                .contains("list.json is no JSON; nothing was changed")
                .contains("list.json is no list of providers with models; nothing was changed")
                .contains("list.json cannot be read");

        Path own = temporary.resolve("prices.tsv");
        Files.writeString(own, "openai\tm\n");
        assertThat(set()).isEqualTo(1);
        assertThat(err.toString()).contains("prices.tsv, line 1: 2 columns in the place of 8");
        assertThat(own).hasContent("openai\tm\n");
        assertThat(new PriceFile(own).orNone().rows()).isEmpty();
    }

    @Test
    void aListThatCannotBeFetchedIsTold() {
        assertThat(run("update", "--list", "http://127.0.0.1:1/data.json")).isEqualTo(1);

        assertThat(err.toString())
                .contains("http://127.0.0.1:1/data.json was not fetched (")
                .contains("give --list FILE");
    }

    private int set(String... more) {
        var all =
                new ArrayList<>(
                        List.of(
                                "set",
                                "gpt-5.4-mini",
                                "--backend",
                                "openai",
                                "--input",
                                "0.5",
                                "--output",
                                "9"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private int update(String... more) {
        var all =
                new ArrayList<>(
                        List.of("update", "--list", temporary.resolve("list.json").toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    /// The price of a model that is in force.
    private JsonNode shown(String model) {
        out = new StringWriter();
        run("show", model, "--backend", "openai", "--json");
        for (JsonNode price : JsonMapper.shared().readTree(out.toString()).path("prices")) {
            if (price.path("model").asString().equals(model)
                    && price.path("in_force").asBoolean()) {
                return price;
            }
        }
        throw new AssertionError(out + " " + err);
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of("prices"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--file", temporary.resolve("prices.tsv").toString()));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
