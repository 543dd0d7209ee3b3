package dev.tierwise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnTest {
    private static final int BUCKETS = 1_024;

    /// Sets of 20 features; those that hold feature 1 are good, others bad, nine times in ten.
    private static List<int[]> rows(int count, long seed) {
        var random = new SplittableRandom(seed);
        var rows = new ArrayList<int[]>();
        for (int i = 0; i < count; i++) {
            int marked = i % 2;
            rows.add(
                    IntStream.concat(IntStream.of(marked), random.ints(19, 2, BUCKETS).distinct())
                            .toArray());
        }
        return rows;
    }

    private static double[] targets(List<int[]> rows, long seed) {
        var random = new SplittableRandom(seed);
        return rows.stream()
                .mapToDouble(row -> (row[0] == 1) == (random.nextInt(10) > 0) ? 1 : 0)
                .toArray();
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne =
                IntStream.range(0, one.length).mapToDouble(i -> one[i]).average().orElse(0);
        double meanOther =
                IntStream.range(0, one.length).mapToDouble(i -> other[i]).average().orElse(0);
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            both += (one[i] - meanOne) * (other[i] - meanOther);
            first += (one[i] - meanOne) * (one[i] - meanOne);
            second += (other[i] - meanOther) * (other[i] - meanOther);
        }
        return both / Math.sqrt(first * second + 1e-12);
    }

    @Test
    void ridgeFindsTheFeatureThatCounts() {
        List<int[]> rows = rows(600, 1);
        double[] targets = targets(rows, 2);

        Ridge fit = Ridge.fit(rows, targets, 1, Rarity.of(rows, BUCKETS));

        assertThat(fit.of(new int[] {1, 50, 60})).isGreaterThan(fit.of(new int[] {0, 50, 60}) + .2);
        assertThat(fit.mean()).isCloseTo(.5, within(.1));
    }

    @Test
    void whatIsForetoldOutOfFoldHasNotSeenTheRow() {
        List<int[]> rows = rows(400, 3);
        var random = new SplittableRandom(4);
        double[] noise = IntStream.range(0, 400).mapToDouble(_ -> random.nextInt(2)).toArray();
        Rarity rarity = Rarity.of(rows, BUCKETS);

        double[] unseen = Ridge.outOfFold(rows, noise, .1, rarity, 10);

        Ridge fit = Ridge.fit(rows, noise, .1, rarity);
        double[] seen = rows.stream().mapToDouble(fit::of).toArray();
        assertThat(correlation(seen, noise)).isGreaterThan(.5);
        assertThat(correlation(unseen, noise)).isLessThan(.2);
    }

    @Test
    void bagsTellOfNewRowsOnTheScaleOfTheUnseen() {
        List<int[]> rows = rows(600, 5);
        double[] targets = targets(rows, 6);

        Bags bags = Bags.fit(rows, List.of(targets), 1, BUCKETS);

        double[] unseen = IntStream.range(0, 600).mapToDouble(i -> bags.unseen()[i][0]).toArray();
        List<int[]> more = rows(300, 7);
        double[] told = more.stream().mapToDouble(row -> bags.of(row)[0]).toArray();
        assertThat(correlation(unseen, targets)).isGreaterThan(.6);
        assertThat(correlation(told, targets(more, 8))).isGreaterThan(.6);
        assertThat(IntStream.range(0, 600).mapToDouble(i -> unseen[i] * unseen[i]).average())
                .hasValueCloseTo(1.0, within(1e-6));
    }

    @Test
    void rareFeaturesTellMore() {
        List<int[]> rows = List.of(new int[] {1, 2}, new int[] {1, 3}, new int[] {1, 4});

        float[] squares = Rarity.of(rows, 8).squares();

        assertThat(squares[2]).isGreaterThan(squares[1]);
        assertThat(Rarity.of(rows, 8, 2, 1, 8).squares()[2]).isZero();
        assertThat(Rarity.of(rows, 8, 1, .5, 8).squares()[1]).isZero();
    }

    @Test
    void topicsPartSetsThatShareNoFeature() {
        var random = new SplittableRandom(9);
        var rows = new ArrayList<int[]>();
        for (int i = 0; i < 200; i++) {
            int from = i % 2 * 50;
            rows.add(random.ints(12, from, from + 50).distinct().toArray());
        }
        List<float[]> amounts =
                rows.stream()
                        .map(row -> {
                            float[] each = new float[row.length];
                            java.util.Arrays.fill(each, 1);
                            return each;
                        })
                        .toList();

        float[][] topics = Topics.of(rows, amounts, Rarity.of(rows, 100), 2);

        double[] first = new double[200];
        double[] second = new double[200];
        for (int i = 0; i < 200; i++) {
            for (int feature : rows.get(i)) {
                first[i] += topics[feature][0];
                second[i] += topics[feature][1];
            }
        }
        double[] kind = IntStream.range(0, 200).mapToDouble(i -> i % 2).toArray();
        double best =
                Math.max(Math.abs(correlation(first, kind)), Math.abs(correlation(second, kind)));
        assertThat(best).isGreaterThan(.8);
    }

    @Test
    void logisticRegressionRecoversItsWeights() {
        var random = new SplittableRandom(10);
        double[][] rows = new double[4_000][];
        double[] targets = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
            double chance = 1 / (1 + Math.exp(-(2 * rows[i][0] - rows[i][1] + .5)));
            targets[i] = random.nextDouble() < chance ? 1 : 0;
        }

        double[] weights = Logistic.fit(rows, targets, Logistic.even(rows.length), .01).weights();

        assertThat(weights).containsExactly(new double[] {2, -1, .5}, within(.25));
    }

    @Test
    void aForestNeverForetellsWhatItHasNotSeen() {
        var random = new SplittableRandom(11);
        double[][] rows = new double[500][];
        double[][] targets = new double[500][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.doubles(5).toArray();
            targets[i] = new double[] {rows[i][2] > .5 ? 1 : 0, .3};
        }

        Forest forest = Forest.grow(rows, targets, new Forest.Growth(40, 5, .6, 1));

        for (int i = 0; i < 200; i++) {
            double[] wild = random.doubles(5, -1e9, 1e9).toArray();
            assertThat(forest.of(wild)[0]).isBetween(0.0, 1.0);
            assertThat(forest.of(wild)[1]).isCloseTo(.3, within(1e-6));
        }
        assertThat(forest.of(new double[] {.5, .5, .9, .5, .5})[0]).isGreaterThan(.8);
        assertThat(forest.of(new double[] {.5, .5, .1, .5, .5})[0]).isLessThan(.2);
    }

    @Test
    void theSameRowsAndSeedGrowTheSameForest() {
        var random = new SplittableRandom(12);
        double[][] rows =
                IntStream.range(0, 200)
                        .mapToObj(_ -> random.doubles(4).toArray())
                        .toArray(double[][]::new);
        double[][] targets =
                IntStream.range(0, 200)
                        .mapToObj(i -> new double[] {rows[i][0]})
                        .toArray(double[][]::new);
        var growth = new Forest.Growth(20, 4, .5, 3);

        byte[] one = Forest.grow(rows, targets, growth).bytes();
        byte[] other = Forest.grow(rows, targets, growth).bytes();

        assertThat(one).isEqualTo(other);
        Forest read = Forest.read(ByteBuffer.wrap(one));
        assertThat(read.bytes()).isEqualTo(one);
        assertThat(read.of(rows[0])).isEqualTo(Forest.read(ByteBuffer.wrap(other)).of(rows[0]));
    }

    @Test
    void emptySetsAreNoTrouble() {
        List<int[]> rows = Collections.nCopies(30, new int[0]);
        double[] targets = IntStream.range(0, 30).mapToDouble(i -> i % 2).toArray();

        Bags bags = Bags.fit(rows, List.of(targets), 1, BUCKETS);

        assertThat(bags.of(new int[0])[0]).isFinite();
        assertThat(bags.of(new int[] {5, 6})[0]).isFinite();
    }
}
