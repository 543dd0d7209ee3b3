package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static double value(double[][] values, int[] tiers) {
        return IntStream.range(0, tiers.length).mapToDouble(row -> values[row][tiers[row]]).sum();
    }

    private static long count(int[] tiers, int tier) {
        return Arrays.stream(tiers).filter(it -> it == tier).count();
    }

    /// The best of all ways to put rows into tiers with these counts.
    private static double best(double[][] values, int row, int... left) {
        if (row == values.length) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int tier = 0; tier < left.length; tier++) {
            if (left[tier] > 0) {
                int[] fewer = left.clone();
                fewer[tier]--;
                best = Math.max(best, values[row][tier] + best(values, row + 1, fewer));
            }
        }
        return best;
    }

    @Test
    void noOtherWayWithTheseSharesIsBetter() {
        var random = new SplittableRandom(4);
        for (int time = 0; time < 30; time++) {
            double[][] values = new double[10][];
            for (int row = 0; row < values.length; row++) {
                values[row] = random.doubles(3).toArray();
            }

            int[] tiers = Allocation.atShares(values, new double[] {.5, .3, .2});

            assertThat(new long[] {count(tiers, 0), count(tiers, 1), count(tiers, 2)})
                    .containsExactly(5, 3, 2);
            assertThat(value(values, tiers)).isGreaterThan(best(values, 0, 5, 3, 2) - 1e-5);
        }
    }

    @Test
    void equalValuesArePartedByLot() {
        double[][] values = new double[1000][3];

        int[] tiers = Allocation.atShares(values, new double[] {.7, .2, .1});

        assertThat(new long[] {count(tiers, 0), count(tiers, 1), count(tiers, 2)})
                .containsExactly(700, 200, 100);
    }

    @Test
    void valuesOfRightAndWrongOnlyAreUsedUp() {
        double[][] values = new double[100][];
        Arrays.setAll(values, row -> new double[] {row < 60 ? 1 : 0, row < 80 ? 1 : 0, 1});

        int[] tiers = Allocation.atShares(values, new double[] {.6, .2, .2});

        assertThat(value(values, tiers)).isEqualTo(100);
    }

    @Test
    void aBudgetIsUsedUpAmongEquals() {
        double[][] values = new double[100][];
        Arrays.setAll(values, _ -> new double[] {0, 1});
        double[] costs = {0, 1};

        Allocation.Priced half = Allocation.atBudget(values, costs, .5);

        assertThat(count(half.tiers(), 1)).isEqualTo(50);
        assertThat(half.lambda()).isGreaterThan(.9);
        assertThat(Allocation.atBudget(values, costs, 1).lambda()).isZero();
    }
}
