package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.List;

/// Calibrated probabilities that never fall as the score rises: pool adjacent violators (Ayer et
/// al. 1955), drawn as straight lines through the centres of the pools (Oron, Flournoy 2017,
/// Centered Isotonic Regression) and level beyond the first and the last one. Half a row of the
/// other outcome stands at either end, so that no probability is 0 or 1 because few rows were seen
/// there (Krichevsky, Trofimov 1981). An immutable value.
///
/// @param scores centres of the pools, rising
/// @param probabilities at the centres, not falling, each from 0 to 1
public record Isotonic(List<Double> scores, List<Double> probabilities) {
    private static final double AT_THE_ENDS = 0.5;

    /// Checks and copies.
    public Isotonic {
        scores = List.copyOf(scores);
        probabilities = List.copyOf(probabilities);
        Checks.sameLength(scores.size(), probabilities.size());
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("a curve has one point at least");
        }
        for (int i = 0; i < scores.size(); i++) {
            Checks.finite(scores.get(i));
            Checks.share(probabilities.get(i));
            if (i > 0
                    && (scores.get(i) <= scores.get(i - 1)
                            || probabilities.get(i) < probabilities.get(i - 1))) {
                throw new IllegalArgumentException("a curve that rises is needed");
            }
        }
    }

    /// Learns from rows.
    ///
    /// @param scores one a row, at least one row, in any order
    /// @param outcomes what came of each, from 0 (wrong) to 1 (right)
    public static Isotonic fit(double[] scores, double[] outcomes) {
        Checks.sameLength(scores.length, outcomes.length);
        if (scores.length == 0) {
            throw new IllegalArgumentException("nothing to learn from: no row");
        }
        var pools = new Pools(scores.length);
        var rows = Rows.byScore(scores);
        for (int i = 0; i < rows.length; ) {
            double score = Checks.finite(scores[rows[i]]);
            double right = i == 0 ? AT_THE_ENDS : 0;
            double weight = right;
            double real = 0;
            for (; i < rows.length && scores[rows[i]] == score; i++) {
                right += Checks.share(outcomes[rows[i]]);
                real++;
            }
            weight += real + (i == rows.length ? AT_THE_ENDS : 0);
            pools.add(score * real, real, right, weight);
        }
        return pools.curve();
    }

    /// The probability at a score.
    ///
    /// @param score any number; NaN is refused
    public double at(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("a score is a number");
        }
        int low = 0;
        int high = scores.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores.get(middle) <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || low == scores.size()) {
            return probabilities.get(Math.max(0, low - 1));
        }
        double from = scores.get(low - 1);
        double part = (score - from) / (scores.get(low) - from);
        double start = probabilities.get(low - 1);
        return start + part * (probabilities.get(low) - start);
    }

    /// Pools from the left; a new one swallows those before it that are not lower.
    private static final class Pools {
        private final double[] places;
        private final double[] rows;
        private final double[] rights;
        private final double[] weights;
        private int size;

        Pools(int most) {
            places = new double[most];
            rows = new double[most];
            rights = new double[most];
            weights = new double[most];
        }

        void add(double place, double real, double right, double weight) {
            places[size] = place;
            rows[size] = real;
            rights[size] = right;
            weights[size] = weight;
            size++;
            while (size > 1 && mean(size - 2) >= mean(size - 1)) {
                size--;
                places[size - 1] += places[size];
                rows[size - 1] += rows[size];
                rights[size - 1] += rights[size];
                weights[size - 1] += weights[size];
            }
        }

        private double mean(int pool) {
            return rights[pool] / weights[pool];
        }

        Isotonic curve() {
            var centres = new double[size];
            var means = new double[size];
            int kept = 0;
            for (int i = 0; i < size; i++) {
                double centre = places[i] / rows[i];
                if (kept == 0 || centre > centres[kept - 1]) { // rounding can make two of them one
                    centres[kept] = centre;
                    means[kept++] = Math.clamp(mean(i), 0, 1);
                }
            }
            return new Isotonic(
                    Balance.boxed(Arrays.copyOf(centres, kept)),
                    Balance.boxed(Arrays.copyOf(means, kept)));
        }
    }
}
