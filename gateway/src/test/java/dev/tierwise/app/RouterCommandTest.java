package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.calibrate.Floor;
import dev.tierwise.experience.Example;
import dev.tierwise.experience.Experience;
import dev.tierwise.experience.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RouterCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir Path temporary;
    private StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void nothingLearnedIsSaid() {
        assertThat(run("status")).isZero();

        assertThat(out.toString()).contains("Nothing was learned yet");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void theStatusShowsWhatWasLearnedAndHowManyRowsAreMissing() {
        learn(500, 137);

        assertThat(run("status", "--most-worse", "0.01")).isZero();

        assertThat(out.toString())
                .contains("Learned   from 500 outcomes, newest version")
                .contains("worse than the frontier on at most 1.0 % of requests, with 95 %")
                .containsPattern("not enough data yet: 137 of about \\d+ paired rows")
                .contains("Drift     no alarm")
                .containsPattern("small +prompts +500  yes +0\\.\\d{3} +0\\.\\d{3} +-\\d\\.\\d\\d");
    }

    @Test
    void jsonSaysTheSame() {
        learn(500, 600);

        assertThat(run("status", "--json")).isZero();

        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.path("examples").asLong()).isEqualTo(500);
        assertThat(json.path("rows").asLong()).isEqualTo(600);
        assertThat(json.path("guarantee").path("holds").asBoolean()).isTrue();
        assertThat(json.path("learned").get(0).path("in_force").asBoolean()).isTrue();
        assertThat(json.path("versions")).isNotEmpty();
    }

    @Test
    void aVersionIsGoneBackToAndAllIsForgotten() {
        learn(500, 0);

        assertThat(run("reset")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("reset: version 2 is in force, with 0 outcomes");
        assertThat(run("rollback", "1")).isZero();
        assertThat(out.toString())
                .contains("rollback to 1: version 3 is in force, with 500 outcomes");

        out = new StringWriter();
        assertThat(run("history")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(4)
                .element(3)
                .asString()
                .contains("3 ", "500", "rollback to 1");
    }

    @Test
    void aRunningGatewayObeys() {
        try (Experience running = open()) {
            learn(running, 500, 0);

            assertThat(run("reset")).as(err.toString()).isZero();

            assertThat(running.status().examples()).isZero();
        }
    }

    @Test
    void wrongWishesAreToldApart() {
        learn(10, 0);

        assertThat(run("rollback", "77")).isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains("version 77 is not there").contains("history");
        assertThat(run("rollback", "0")).isEqualTo(Main.USAGE);
        assertThat(run("rollback")).isEqualTo(Main.USAGE);
        assertThat(run("status", "--confidence", "95")).isEqualTo(Main.USAGE);
    }

    private Path folder() {
        return temporary.resolve("router");
    }

    private Experience open() {
        return Experience.open(folder(), Clock.fixed(NOON, ZoneOffset.UTC), _ -> {});
    }

    private void learn(int outcomes, int rows) {
        try (Experience experience = open()) {
            learn(experience, outcomes, rows);
        }
    }

    private static void learn(Experience experience, int outcomes, int rows) {
        for (int i = 0; i < outcomes; i++) {
            experience.record(
                    new Example(
                            NOON,
                            "r" + i,
                            "mail",
                            "small",
                            new double[] {i % 7 / 7.0},
                            .7,
                            Double.NaN,
                            i % 3 == 0 ? 1 : 0,
                            Source.FEEDBACK,
                            1));
        }
        for (int i = 0; i < rows; i++) {
            experience.paired(NOON, "p" + i, new Floor.Row(i / 1000.0, 1, 1));
        }
        experience.flush(Duration.ofSeconds(20));
    }

    private int run(String... words) {
        var all = new ArrayList<>(List.of("router"));
        all.addAll(List.of(words));
        all.addAll(List.of("--folder", folder().toString()));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
