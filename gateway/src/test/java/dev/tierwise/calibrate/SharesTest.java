package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final List<Double> TARGETS = List.of(0.7, 0.2, 0.1);

    private final Random random = new Random(7);
    private final Shares shares = Shares.of(TARGETS, 0, 0.5, 1);

    @Test
    void sharesHoldWhileTheMixShiftsHalfWay() {
        for (int seed = 0; seed < 50; seed++) {
            var source = new Random(seed);
            holdsWithin(
                    i -> i < 500 ? source.nextGaussian() : 1.5 + 0.7 * source.nextGaussian(), 1000);
        }
    }

    @Test
    void sharesHoldOnAdversarialMixes() {
        holdsWithin(i -> random.nextGaussian() + (i / 50 % 2) * 5, 3000);
        holdsWithin(i -> i, 3000);
        holdsWithin(i -> -i, 3000);
        holdsWithin(i -> 1, 3000);
        holdsWithin(i -> i % 2, 3000);
        holdsWithin(i -> i % 10 == 0 ? 1 : 0, 3000);
        holdsWithin(i -> i < 1500 ? Double.NEGATIVE_INFINITY : Double.MAX_VALUE, 3000);
    }

    @Test
    void anyStretchOfFreeRequestsEndsWithinTenOfItsTargets() {
        var counts = new double[2001][3];
        for (int i = 0; i < 2000; i++) {
            int tier = shares.choose(i % 700 < 350 ? random.nextDouble() : i, i);
            counts[i + 1] = counts[i].clone();
            counts[i + 1][tier]++;
        }

        for (int from = 0; from < 2000; from += 13) {
            for (int to = from; to <= 2000; to += 17) {
                for (int tier = 0; tier < 3; tier++) {
                    double had = counts[to][tier] - counts[from][tier];
                    assertThat(had).isCloseTo(TARGETS.get(tier) * (to - from), within(10.0));
                }
            }
        }
    }

    @Test
    void highScoresGoToHighTiers() {
        double[] sums = new double[3];
        double[] counts = new double[3];
        int atTheTop = 0;
        for (int i = 0; i < 5000; i++) {
            double score = random.nextDouble();
            int tier = shares.choose(score, i);
            sums[tier] += score;
            counts[tier]++;
            atTheTop += score > 0.9 && tier == 2 ? 1 : 0;
        }

        assertThat(sums[0] / counts[0]).isCloseTo(0.35, within(0.03));
        assertThat(sums[1] / counts[1]).isCloseTo(0.8, within(0.04));
        assertThat(sums[2] / counts[2]).isCloseTo(0.95, within(0.03));
        assertThat(atTheTop / counts[2]).isGreaterThan(0.75);
    }

    @Test
    void forcedRequestsAreMadeUpForByFreeOnes() {
        for (int i = 0; i < 4000; i++) {
            if (random.nextInt(5) == 0) {
                shares.record(0);
            } else {
                shares.choose(random.nextDouble(), i);
            }
        }

        for (int tier = 0; tier < 3; tier++) {
            assertThat(shares.actual().get(tier)).isCloseTo(TARGETS.get(tier), within(0.01));
        }
    }

    @Test
    void forcedRequestsWindNothingUp() {
        for (int tier = 0; tier < 3; tier++) {
            var fresh = Shares.of(TARGETS, 0, 1);
            for (int i = 0; i < 300; i++) {
                fresh.record(tier);
            }
            var counts = new int[3];
            for (int i = 0; i < 500; i++) {
                counts[fresh.choose(random.nextDouble(), i)]++;
            }
            for (int other = 0; other < 3; other++) {
                assertThat(counts[other] / 500.0).isCloseTo(TARGETS.get(other), within(0.02));
            }
            assertThat(fresh.drift()).isLessThanOrEqualTo(0.02);
        }
    }

    @Test
    void sameRequestsGiveTheSameTiers() {
        var other = Shares.of(TARGETS, 0, 0.5, 1);
        for (int i = 0; i < 500; i++) {
            double score = random.nextInt(3);

            assertThat(other.choose(score, i)).isEqualTo(shares.choose(score, i));
        }
    }

    @Test
    void restoredOnesGoOnAsIfNothingHadHappened() {
        for (int i = 0; i < 3000; i++) {
            shares.choose(random.nextGaussian(), i);
        }

        var restored = Shares.restore(shares.state());

        for (int i = 0; i < 500; i++) {
            double score = random.nextGaussian();
            assertThat(restored.choose(score, i)).isEqualTo(shares.choose(score, i));
        }
        assertThat(restored.actual()).isEqualTo(shares.actual());
        assertThat(restored.lately()).isEqualTo(shares.lately());
    }

    @Test
    void anyNumberOfTiersAndSharesOfNothingWork() {
        var five = Shares.of(List.of(0.4, 0.0, 0.3, 0.25, 0.05), 0, 1);
        for (int i = 0; i < 2000; i++) {
            five.choose(random.nextDouble(), i);
        }

        assertThat(five.drift()).isLessThanOrEqualTo(0.02);
        assertThat(five.actual().get(1)).isLessThanOrEqualTo(0.005);
    }

    @Test
    void nothingCountedIsNoDrift() {
        assertThat(shares.drift()).isZero();
        assertThat(shares.actual()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void tierThatThereIsNotIsRefusedAndChangesNothing() {
        var before = shares.state();

        assertThatThrownBy(() -> shares.record(3)).isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(shares.state()).isEqualTo(before);
    }

    @Test
    void wrongTargetsAndScoresAreRefused() {
        assertThatThrownBy(() -> Shares.of(List.of(0.7, 0.2), 0)).hasMessageContaining("sum 1");
        assertThatThrownBy(() -> Shares.of(List.of(1.0), 0)).hasMessageContaining("2 to");
        assertThatThrownBy(() -> Shares.of(List.of(1.5, -0.5), 0)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> shares.choose(Double.NaN, 0)).hasMessageContaining("number");
    }

    /// Since the start and over the last 500, at every moment from the 500th request on.
    private static void holdsWithin(IntToDoubleFunction scores, int requests) {
        var shares = Shares.of(TARGETS, -2, 0, 2);
        for (int i = 0; i < requests; i++) {
            shares.choose(scores.applyAsDouble(i), i * 31L);
            if (i >= 499) {
                assertThat(shares.drift()).as("request %d", i).isLessThanOrEqualTo(0.0201);
                var actual = shares.actual();
                for (int tier = 0; tier < 3; tier++) {
                    assertThat(actual.get(tier)).isCloseTo(TARGETS.get(tier), within(0.02));
                }
            }
        }
    }
}
