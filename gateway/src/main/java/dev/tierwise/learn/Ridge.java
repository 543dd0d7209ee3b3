package dev.tierwise.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Ridge regression on sets of hashed features: a row is a set of numbers, each of which weighs its
/// [Rarity] / √(size of the set). Fitted in its dual form (Saunders et al., "Ridge Regression
/// Learning Algorithm in Dual Variables", ICML 1998) by conjugate gradients (Hestenes and Stiefel
/// 1952), so that time and memory grow with the rows and not with their square. Immutable,
/// thread-safe.
public final class Ridge {
    private static final int STEPS = 60;
    private static final double ENOUGH = 1e-5;

    private final float[] weights;
    private final double mean;

    private Ridge(float[] weights, double mean) {
        this.weights = weights;
        this.mean = mean;
    }

    /// Fits weights.
    ///
    /// @param rows sets of features, each from 0 to `buckets` - 1
    /// @param targets what is to be foretold, one a row
    /// @param alpha the penalty, above 0
    /// @param rarity how much each feature tells
    public static Ridge fit(List<int[]> rows, double[] targets, double alpha, Rarity rarity) {
        float[] squares = rarity.squares();
        int buckets = squares.length;
        int n = rows.size();
        double mean = n == 0 ? 0 : Arrays.stream(targets).average().orElse(0);
        double[] dual = new double[n];
        double[] left = Arrays.stream(targets).map(target -> target - mean).toArray();
        double[] way = left.clone();
        double[] moved = new double[n];
        double[] space = new double[buckets];
        double norm = dot(left, left);
        double end = norm * ENOUGH * ENOUGH;
        for (int step = 0; step < STEPS && norm > end; step++) {
            kernel(rows, way, alpha, squares, space, moved);
            double far = norm / dot(way, moved);
            for (int i = 0; i < n; i++) {
                dual[i] += far * way[i];
                left[i] -= far * moved[i];
            }
            double next = dot(left, left);
            double turn = next / norm;
            for (int i = 0; i < n; i++) {
                way[i] = left[i] + turn * way[i];
            }
            norm = next;
        }
        Arrays.fill(space, 0);
        spread(rows, dual, space);
        float[] weights = new float[buckets];
        for (int i = 0; i < buckets; i++) {
            weights[i] = (float) space[i] * squares[i];
        }
        return new Ridge(weights, mean);
    }

    /// What each row's target is foretold to be by a fit that has not seen the row.
    ///
    /// @param folds how many parts the rows are dealt into; a row's place decides its part
    public static double[] outOfFold(
            List<int[]> rows, double[] targets, double alpha, Rarity rarity, int folds) {
        double[] foretold = new double[rows.size()];
        IntStream.range(0, folds)
                .parallel()
                .forEach(fold -> {
                    int[] seen =
                            IntStream.range(0, rows.size())
                                    .filter(i -> i % folds != fold)
                                    .toArray();
                    Ridge fit =
                            fit(
                                    Arrays.stream(seen).mapToObj(rows::get).toList(),
                                    Arrays.stream(seen).mapToDouble(i -> targets[i]).toArray(),
                                    alpha,
                                    rarity);
                    for (int i = fold; i < rows.size(); i += folds) {
                        foretold[i] = fit.of(rows.get(i));
                    }
                });
        return foretold;
    }

    /// What is foretold for a row.
    public double of(int[] row) {
        double sum = 0;
        for (int feature : row) {
            sum += weights[feature];
        }
        return mean + sum * scale(row);
    }

    /// The weight of each feature, its rarity included.
    public float[] weights() {
        return weights.clone();
    }

    /// The mean of the targets.
    public double mean() {
        return mean;
    }

    /// The weight that a row gives to each of its features, their rarity aside.
    public static double scale(int[] row) {
        return row.length == 0 ? 0 : 1 / Math.sqrt(row.length);
    }

    private static void kernel(
            List<int[]> rows,
            double[] way,
            double alpha,
            float[] squares,
            double[] space,
            double[] out) {
        Arrays.fill(space, 0);
        spread(rows, way, space);
        for (int i = 0; i < out.length; i++) {
            int[] row = rows.get(i);
            double sum = 0;
            for (int feature : row) {
                sum += space[feature] * squares[feature];
            }
            out[i] = sum * scale(row) + alpha * way[i];
        }
    }

    private static void spread(List<int[]> rows, double[] amounts, double[] space) {
        for (int i = 0; i < amounts.length; i++) {
            int[] row = rows.get(i);
            double each = amounts[i] * scale(row);
            for (int feature : row) {
                space[feature] += each;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
