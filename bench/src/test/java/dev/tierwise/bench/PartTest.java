package dev.tierwise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.bench.load.Tally;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartTest {
    private static final Suite JSON = new Suite(false, Suite.Pace.QUICK);

    private static Measured slice(String target, int connections, int round, double cpuMicros) {
        double answers = 10_000;
        long p50 = target.equals(Target.DIRECT) ? 100_000 : 300_000;
        return new Measured(
                target,
                connections,
                round,
                answers,
                (long) (cpuMicros * 1e3 * answers),
                2_048,
                new Tally(10_000, round, 0, 2_000_000_000, p50, 5_000_000, 0, 0));
    }

    private static List<Measured> rounds() {
        return Suite.CONNECTIONS.stream()
                .flatMap(connections ->
                        Stream.of(
                                slice(Target.DIRECT, connections, 1, 10),
                                slice(Target.RELAY, connections, 1, 20),
                                slice(Target.RELAY, connections, 2, 40),
                                slice(Target.PASS, connections, 1, 60),
                                slice(Target.PASS, connections, 2, 80),
                                slice(Target.AUTO, connections, 1, 90)))
                .toList();
    }

    @Test
    void ratiosAreTakenWithinARound() {
        Row row = Row.of(Target.PASS, 32, rounds());

        assertThat(row.ratio()).contains(new Spread(2.5, 2, 3));
        assertThat(row.cpuMicros()).isEqualTo(new Spread(70, 60, 80));
        assertThat(row.addedMillis().orElseThrow().median()).isCloseTo(0.2, within(1e-9));
        assertThat(row.errors()).isEqualTo(3);
        assertThat(row.coarse()).isFalse();
    }

    @Test
    void veryShortTimesAreMarked() {
        var tiny =
                new Measured(
                        Target.RELAY, 1, 1, 6, 20_000_000, 1, new Tally(6, 0, 0, 1, 1, 1, 1, 1));

        assertThat(Row.of(Target.RELAY, 1, List.of(tiny)).coarse()).isTrue();
    }

    @Test
    void theTableHasALineForEachTargetAndTheAimsAreJudged() {
        String body = Part.of(JSON, "origin\n\n", rounds()).body();

        assertThat(body)
                .contains("| Netty relay | 32 | 30 [20–40] | 1.00 [1.00–1.00] | 0.30 [0.30–0.30] |")
                .contains("| direct | 32 | – | – |")
                .contains("at 32 connections: 2.50, aim at most 2.2: **missed**")
                .contains(
                        "`auto`, µs per request at 32 connections: 90.00, aim at most 100: **met**")
                .contains("p50 above direct at 1 connection, ms: 0.20, aim at most 0.25: **met**");
    }

    @Test
    void withoutTierwiseNoAimIsJudged() {
        List<Measured> relayOnly =
                rounds().stream().filter(slice -> slice.target().equals(Target.RELAY)).toList();

        assertThat(Part.of(JSON, "", relayOnly).body()).doesNotContain("aim");
    }
}
