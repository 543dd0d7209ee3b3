package dev.tierwise.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Shapes;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final String PROFILES =
            """
            # a comment
            id\tmaker\tlicence\tuse\treleased\tabilities\tsource\tabilities_source
            big\tone\tmit\tfree\t2026-01-02\ttools vision\ta card\tanother card
            small\tother\tmrl\tresearch\t-\t-\ta card\t-
            tiny\tother\t-\t-\t-\t-\ta card\t-
            """;
    private static final String HEAD =
            "model\twork\tbenchmark\tprotocol\tby\tpercent\tlow\thigh\tn\tdate\tsource\n";

    private final Evidence shipped = Evidence.load();

    @Test
    void everyModelHasALicenceWithItsSource() {
        for (ModelShape shape : Shapes.load().all()) {
            Profile profile = shipped.profile(shape.id());

            Licence licence = profile.licence();
            assertThat(licence == null ? "" : licence.source()).as(shape.id()).isNotBlank();
            assertThat(profile.maker()).isNotEqualTo("-");
        }
    }

    @Test
    void everyResultIsOfAKnownModelAndSaysWhereItIsFrom() {
        int results = 0;
        for (ModelShape shape : Shapes.load().all()) {
            for (Result result : shipped.of(shape.id())) {
                results++;
                assertThat(result.percent()).isBetween(0.0, 100.0);
                assertThat(result.source()).isNotBlank();
                Result.Interval interval = result.interval();
                if (interval != null) {
                    assertThat(result.percent()).isBetween(interval.low(), interval.high());
                    assertThat(interval.answers()).isGreaterThan(50);
                }
            }
        }
        assertThat(results).isEqualTo(Rows.read("evidence.tsv").rows().size());
    }

    @Test
    void whatNobodyToldIsUnknown() {
        assertThat(shipped.profile("nobody-7b")).isEqualTo(Profile.unknown("nobody-7b"));
        assertThat(shipped.of("nobody-7b")).isEmpty();
        assertThat(shipped.compare("nobody-7b", "qwen3-14b")).isEmpty();
        assertThat(shipped.of("granite-3.3-8b")).isEmpty();
    }

    @Test
    void noCommercialUseIsABarAndAnUnknownLicenceIsNone() {
        Evidence evidence = evidence("");

        assertThat(evidence.profile("small").barred()).isTrue();
        assertThat(evidence.profile("tiny").barred()).isFalse();
        assertThat(evidence.profile("big").barred()).isFalse();
        assertThat(evidence.profile("big").abilities()).containsExactly("tools", "vision");
        assertThat(shipped.profile("qwen2.5-3b").barred()).isTrue();
    }

    @Test
    void onlyTheSameBenchmarkAskedTheSameWayIsHeldAgainstEachOther() {
        Evidence evidence =
                evidence(
                        row("big", "A", "0-shot", "third", 50)
                                + row("small", "A", "0-shot", "third", 60)
                                + row("big", "B", "0-shot", "third", 50)
                                + row("small", "B", "5-shot", "third", 90)
                                + row("big", "C", "0-shot", "third", 50)
                                + row("small", "C", "0-shot", "fourth", 90));

        Comparison found = evidence.compare("big", "small").orElseThrow();

        assertThat(found.pairs()).hasSize(1);
        assertThat(found.gain()).isEqualTo(10, within(1e-9));
        assertThat(found.better()).isFalse(); // one benchmark is none
        assertThat(evidence.compare("small", "big").orElseThrow().gain())
                .isEqualTo(-10, within(1e-9));
    }

    @Test
    void aMakersOwnTableDoesNotCountForItsModelAgainstAnothers() {
        Evidence evidence =
                evidence(
                        row("big", "A", "0-shot", "one", 50)
                                + row("small", "A", "0-shot", "one", 60)
                                + row("tiny", "A", "0-shot", "one", 70));

        assertThat(evidence.compare("big", "small")).isEmpty();
        assertThat(evidence.compare("small", "big")).isEmpty();
        assertThat(evidence.compare("small", "tiny")).isPresent(); // neither is its maker's
    }

    @Test
    void betterIsByTwoPointsInMostBenchmarks() {
        assertThat(comparison(50, 60, 50, 60).better()).isTrue();
        assertThat(comparison(50, 51, 50, 52).better()).isFalse();
        assertThat(comparison(50, 80, 50, 49).better()).isFalse(); // one of two
        assertThat(comparison(60, 50, 60, 50).better()).isFalse();
        assertThat(comparison(50, 60, 50, 60).says())
                .isEqualTo(
                        "small +10.0 points against big in 2 benchmarks (A 60.0 : 50.0, B 60.0 :"
                                + " 50.0; measured by third)");
    }

    @Test
    void aResultSaysItsInterval() {
        Result counted =
                shipped.of("llama-3.1-8b").stream()
                        .filter(it -> it.benchmark().equals("mmlu-pro"))
                        .findFirst()
                        .orElseThrow();

        // 1,860 of 4,337 rows are right
        assertThat(counted.says()).isEqualTo("42.9 % [41.4, 44.4] of mmlu-pro, n 4,337");
        assertThat(Objects.requireNonNull(counted.interval()).answers()).isEqualTo(4337);
        assertThat(counted.told()).contains("TIGER-AI-Lab/MMLU-Pro, Apache-2.0");
    }

    @Test
    void aBrokenRowIsToldWithItsLine() {
        assertThatThrownBy(() -> evidence("big\tknowledge\n"))
                .hasMessage("results, line 2: 2 cells, not 11");
        assertThatThrownBy(() -> evidence(row("big", "A", "-", "third", 1)))
                .hasMessageContaining("results, line 2: column protocol");
    }

    private static Comparison comparison(double... values) {
        return evidence(
                        row("big", "A", "0-shot", "third", values[0])
                                + row("small", "A", "0-shot", "third", values[1])
                                + row("big", "B", "0-shot", "third", values[2])
                                + row("small", "B", "0-shot", "third", values[3]))
                .compare("big", "small")
                .orElseThrow();
    }

    private static String row(
            String model, String benchmark, String protocol, String by, double percent) {
        return String.join(
                        "\t",
                        List.of(
                                model,
                                "knowledge",
                                benchmark,
                                protocol,
                                by,
                                Double.toString(percent),
                                "-",
                                "-",
                                "-",
                                "-",
                                "a table"))
                + "\n";
    }

    private static Evidence evidence(String rows) {
        return Evidence.of(Rows.parse("profiles", PROFILES), Rows.parse("results", HEAD + rows));
    }
}
