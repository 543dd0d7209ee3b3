package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.calibrate.Interval.Resampling;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private final Random random = new Random(13);

    @Test
    void wilsonAndClopperPearsonGiveThePublishedBounds() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        var wilson = Interval.wilson(81, 263, 0.95);
        var exact = Interval.clopperPearson(81, 263, 0.95);

        assertThat(wilson.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(wilson.high()).isCloseTo(0.3662, within(5e-5));
        assertThat(exact.low()).isCloseTo(0.2527, within(5e-5));
        assertThat(exact.high()).isCloseTo(0.3676, within(5e-5));
        assertThat(Interval.wilson(0, 20, 0.95).high()).isCloseTo(0.1611, within(5e-5));
        assertThat(Interval.clopperPearson(0, 20, 0.95).high()).isCloseTo(0.1684, within(5e-5));
    }

    @Test
    void endsAreExactAndNoRowsSayNothing() {
        assertThat(Interval.wilson(0, 5, 0.95).low()).isZero();
        assertThat(Interval.wilson(5, 5, 0.95).high()).isEqualTo(1);
        assertThat(Interval.clopperPearson(5, 5, 0.95).high()).isEqualTo(1);
        assertThat(Interval.wilson(0, 0, 0.95)).isEqualTo(new Interval(0.5, 0, 1));
        assertThat(Interval.clopperPearson(0, 0, 0.95)).isEqualTo(new Interval(0.5, 0, 1));
    }

    @Test
    void exactIntervalCoversAtLeastAsOftenAsItSays() {
        for (double share : new double[] {0.02, 0.3, 0.5}) {
            double covered = 0;
            double before = 0;
            for (int successes = 0; successes <= 60; successes++) {
                double atMost = Special.binomialAtMost(successes, 60, share);
                var interval = Interval.clopperPearson(successes, 60, 0.9);
                covered +=
                        interval.low() <= share && share <= interval.high() ? atMost - before : 0;
                before = atMost;
            }
            assertThat(covered).isBetween(0.9, 0.999);
        }
    }

    @Test
    void bootstrapOfAMeanIsAsWideAsTheoryHasIt() {
        var rows = new double[2000];
        Arrays.setAll(rows, _ -> random.nextGaussian());

        var interval =
                Interval.bootstrap(
                        rows.length, new Resampling(1000, 0.95, 1), counts -> mean(rows, counts));

        double width = interval.high() - interval.low();
        assertThat(width).isCloseTo(2 * 1.96 / Math.sqrt(rows.length), within(0.01));
        assertThat(interval.value()).isBetween(interval.low(), interval.high());
    }

    @Test
    void pairedDifferenceIsNarrowerThanItsParts() {
        var one = new double[500];
        var other = new double[500];
        for (int i = 0; i < one.length; i++) {
            one[i] = random.nextGaussian();
            other[i] = one[i] + 0.1 + 0.05 * random.nextGaussian();
        }
        var often = new Resampling(500, 0.95, 1);

        var paired =
                Interval.bootstrap(500, often, counts -> mean(other, counts) - mean(one, counts));
        var alone = Interval.bootstrap(500, often, counts -> mean(other, counts));

        assertThat(paired.low()).isPositive();
        assertThat(paired.high() - paired.low()).isLessThan((alone.high() - alone.low()) / 5);
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        var rows = new double[] {1, 2, 3, 4, 10};

        var first = Interval.bootstrap(5, new Resampling(99, 0.9, 7), it -> mean(rows, it));
        var second = Interval.bootstrap(5, new Resampling(99, 0.9, 7), it -> mean(rows, it));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void manyRowsAndResamplesAreManyCounts() {
        long[] drawn = new long[1];

        Interval.bootstrap(
                12_000,
                new Resampling(100, 0.95, 1),
                counts -> {
                    long sum = 0;
                    for (int count : counts) {
                        sum += count;
                    }
                    drawn[0] += sum;
                    return sum;
                });

        assertThat(drawn[0]).isEqualTo(101L * 12_000);
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> Interval.wilson(6, 5, 0.95)).hasMessageContaining("6.0 of 5.0");
        assertThatThrownBy(() -> Interval.wilson(1, 5, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Interval(0, 2, 1)).hasMessageContaining("2.0 to 1.0");
    }

    private static double mean(double[] rows, int[] counts) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += rows[i] * counts[i];
        }
        return sum / rows.length;
    }
}
