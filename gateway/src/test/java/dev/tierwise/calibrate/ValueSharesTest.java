package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ValueSharesTest {
    private static final List<Double> TARGETS = List.of(0.7, 0.2, 0.1);

    private final Random random = new Random(11);
    private final ValueShares shares = ValueShares.of(TARGETS);

    @Test
    void sharesHoldWhileTheMixShiftsHalfWay() {
        for (int seed = 0; seed < 30; seed++) {
            var source = new Random(seed);
            holds(i -> chances(source, i < 500 ? 0 : 1.2), 1000);
        }
    }

    @Test
    void sharesHoldOnAdversarialMixes() {
        holds(i -> chances(random, i / 50 % 2 * 4 - 2), 3000);
        holds(i -> chances(random, i / 500.0 - 3), 3000);
        holds(_ -> new double[] {0.5, 0.7, 0.8}, 3000);
        holds(_ -> new double[3], 3000);
        holds(i -> i % 2 == 0 ? new double[] {0, 1e9, 0} : new double[] {1e-9, 0, 0}, 3000);
        holds(i -> i < 1500 ? new double[] {0, 0, 1} : new double[] {1, 0, 0}, 3000);
        holds(i -> new double[] {0, Math.exp(i / 10.0), 1}, 3000);
    }

    /// Nothing that keeps the shares can be worth more than the dual bound, at any prices.
    @Test
    void valueComesCloseToTheBestAtTheseShares() {
        double got = 0;
        double mixed = 0;
        var last = new double[2000][];
        for (int i = 0; i < 4000; i++) {
            double[] values = chances(random, 0);
            int tier = shares.choose(values);
            if (i >= 2000) {
                got += values[tier];
                last[i - 2000] = values;
                mixed += 0.7 * values[0] + 0.2 * values[1] + 0.1 * values[2];
            }
        }
        double bound = dualBound(last);

        assertThat((got - mixed) / (bound - mixed)).isBetween(0.92, 1.02);
    }

    @Test
    void unitOfTheValuesDoesNotMatter() {
        var large = ValueShares.of(TARGETS);
        for (int i = 0; i < 1000; i++) {
            double[] values = chances(random, 0);
            double[] times = {values[0] * 1024, values[1] * 1024, values[2] * 1024};

            assertThat(large.choose(times)).isEqualTo(shares.choose(values));
        }
    }

    @Test
    void requestNeverGoesWhereItCannotAndOthersMakeUpForIt() {
        for (int i = 0; i < 4000; i++) {
            double[] values = chances(random, 0);
            if (i % 4 == 0) {
                values[1] = Double.NEGATIVE_INFINITY;
                values[2] = Double.NEGATIVE_INFINITY;
            }

            int tier = shares.choose(values);

            assertThat(values[tier]).isGreaterThan(Double.NEGATIVE_INFINITY);
        }
        for (int tier = 0; tier < 3; tier++) {
            assertThat(shares.actual().get(tier)).isCloseTo(TARGETS.get(tier), within(0.01));
        }
    }

    @Test
    void forcedRequestsWindNothingUp() {
        for (int tier = 0; tier < 3; tier++) {
            var fresh = ValueShares.of(TARGETS);
            for (int i = 0; i < 300; i++) {
                fresh.record(tier);
            }
            for (int i = 0; i < 500; i++) {
                fresh.choose(chances(random, 0));
            }
            assertThat(fresh.drift()).isLessThanOrEqualTo(0.02);
        }
    }

    @Test
    void restoredOnesKeepPricesAndShares() {
        for (int i = 0; i < 2000; i++) {
            shares.choose(chances(random, 0));
        }

        var restored = ValueShares.restore(shares.state());

        assertThat(restored.state()).isEqualTo(shares.state());
        assertThat(restored.prices()).isEqualTo(shares.prices());
        int same = 0;
        for (int i = 0; i < 500; i++) {
            double[] values = chances(random, 0);
            same += restored.choose(values) == shares.choose(values) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(450);
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertThatThrownBy(() -> shares.choose(0, 1)).hasMessageContaining("rows");
        assertThatThrownBy(() -> shares.choose(0, Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> shares.choose(0, Double.POSITIVE_INFINITY, 1))
                .hasMessageContaining("Infinity");
        double none = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> shares.choose(none, none, none)).hasMessageContaining("one tier");
    }

    private static double[] chances(Random random, double harder) {
        double hard = random.nextGaussian() + harder;
        double kind = random.nextGaussian();
        return new double[] {
            chance(0.8 - 1.2 * hard + 0.4 * kind),
            chance(1.6 - hard + 0.8 * random.nextGaussian() - 0.2 * kind),
            chance(2.4 - 0.8 * hard + 0.5 * random.nextGaussian())
        };
    }

    private static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static double dualBound(double[][] rows) {
        double[] prices = new double[3];
        double lowest = Double.MAX_VALUE;
        for (int round = 1; round <= 200; round++) {
            double sum = 0;
            double[] counts = new double[3];
            for (double[] row : rows) {
                int best = 0;
                for (int tier = 1; tier < 3; tier++) {
                    if (row[tier] - prices[tier] > row[best] - prices[best]) {
                        best = tier;
                    }
                }
                counts[best]++;
                sum += row[best] - prices[best];
            }
            for (int tier = 0; tier < 3; tier++) {
                sum += prices[tier] * TARGETS.get(tier) * rows.length;
                double over = counts[tier] / rows.length - TARGETS.get(tier);
                prices[tier] += 0.3 / Math.sqrt(round) * over;
            }
            lowest = Math.min(lowest, sum);
        }
        return lowest;
    }

    private static void holds(IntFunction<double[]> values, int requests) {
        var shares = ValueShares.of(TARGETS);
        for (int i = 0; i < requests; i++) {
            shares.choose(values.apply(i));
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
