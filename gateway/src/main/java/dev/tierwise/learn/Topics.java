package dev.tierwise.learn;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What sets of features are about: the directions in which they differ most (latent semantic
/// analysis; Deerwester et al. 1990), found by subspace iteration on the rows. The same rows give
/// the same topics.
public final class Topics {
    private static final int STEPS = 25;

    private Topics() {}

    /// The weight of each feature in each topic.
    ///
    /// @param rows sets of features
    /// @param amounts how much each feature of each row counts
    /// @param rarity how much each feature tells
    /// @param count how many topics
    /// @return for each feature one weight a topic
    public static float[][] of(List<int[]> rows, List<float[]> amounts, Rarity rarity, int count) {
        float[] weights = new float[rarity.squares().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sqrt(rarity.squares()[i]);
        }
        List<float[]> lengthened =
                IntStream.range(0, rows.size())
                        .mapToObj(r -> weighed(rows.get(r), amounts.get(r), weights))
                        .toList();
        double[][] axes = start(weights, count);
        for (int step = 0; step < STEPS; step++) {
            axes = apply(rows, lengthened, axes, count);
            straighten(axes, count);
        }
        float[][] folded = new float[weights.length][count];
        for (int i = 0; i < folded.length; i++) {
            for (int t = 0; t < count; t++) {
                folded[i][t] = (float) (axes[i][t] * weights[i]);
            }
        }
        return folded;
    }

    private static double[][] start(float[] weights, int count) {
        var random = new SplittableRandom(17);
        double[][] axes = new double[weights.length][count];
        for (int i = 0; i < axes.length; i++) {
            for (int t = 0; t < count && weights[i] > 0; t++) {
                axes[i][t] = random.nextDouble() - .5;
            }
        }
        straighten(axes, count);
        return axes;
    }

    /// A row's features as a vector of length 1.
    private static float[] weighed(int[] row, float[] amounts, float[] weights) {
        float[] weighed = new float[row.length];
        double squares = 0;
        for (int i = 0; i < row.length; i++) {
            weighed[i] = amounts[i] * weights[row[i]];
            squares += weighed[i] * (double) weighed[i];
        }
        float by = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < row.length; i++) {
            weighed[i] *= by;
        }
        return weighed;
    }

    /// One step: rows onto the axes, and back.
    private static double[][] apply(
            List<int[]> rows, List<float[]> amounts, double[][] axes, int count) {
        double[][] next = new double[axes.length][count];
        double[] place = new double[count];
        for (int r = 0; r < rows.size(); r++) {
            java.util.Arrays.fill(place, 0);
            int[] row = rows.get(r);
            float[] amount = amounts.get(r);
            for (int i = 0; i < row.length; i++) {
                for (int t = 0; t < count && amount[i] > 0; t++) {
                    place[t] += amount[i] * axes[row[i]][t];
                }
            }
            for (int i = 0; i < row.length; i++) {
                for (int t = 0; t < count && amount[i] > 0; t++) {
                    next[row[i]][t] += amount[i] * place[t];
                }
            }
        }
        return next;
    }

    /// Makes axes of length 1 that stand upright on each other (Gram and Schmidt).
    private static void straighten(double[][] axes, int count) {
        for (int t = 0; t < count; t++) {
            double[] shared = new double[t + 1];
            for (double[] axis : axes) {
                for (int u = 0; u < t; u++) {
                    shared[u] += axis[t] * axis[u];
                }
            }
            double length = 0;
            for (double[] axis : axes) {
                for (int u = 0; u < t; u++) {
                    axis[t] -= shared[u] * axis[u];
                }
                length += axis[t] * axis[t];
            }
            double by = length < 1e-20 ? 0 : 1 / Math.sqrt(length);
            for (double[] axis : axes) {
                axis[t] *= by;
            }
        }
    }
}
