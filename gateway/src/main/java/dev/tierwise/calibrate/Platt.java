package dev.tierwise.calibrate;

import java.util.Arrays;

/// Calibrated probabilities by a logistic curve through the scores (Platt 1999), fitted by Newton's
/// method with halved steps and targets that are never quite 0 or 1 (Lin, Lin, Weng 2007, A Note on
/// Platt's Probabilistic Outputs). For few rows, where [Isotonic] would follow noise. With [#logit]
/// of a probability as score it scales and shifts logits. An immutable value.
///
/// @param slope logits a unit of score
/// @param offset logit at score 0
public record Platt(double slope, double offset) {
    private static final int MOST_STEPS = 100;
    private static final double EDGE = 1e-9;

    /// Checks.
    public Platt {
        Checks.finite(slope);
        Checks.finite(offset);
    }

    /// Learns from rows.
    ///
    /// @param scores one a row, at least one row
    /// @param outcomes what came of each, from 0 (wrong) to 1 (right)
    public static Platt fit(double[] scores, double[] outcomes) {
        Checks.sameLength(scores.length, outcomes.length);
        if (scores.length == 0) {
            throw new IllegalArgumentException("nothing to learn from: no row");
        }
        double mean = Arrays.stream(scores).map(Checks::finite).average().orElse(0);
        double square = Arrays.stream(scores).map(x -> (x - mean) * (x - mean)).average().orElse(0);
        double unit = square > 0 ? Math.sqrt(square) : 1;
        double[] x = Arrays.stream(scores).map(score -> (score - mean) / unit).toArray();
        var curve = new Newton(x, targets(outcomes)).solve();
        return new Platt(curve.slope / unit, curve.offset - curve.slope * mean / unit);
    }

    /// The probability at a score.
    public double at(double score) {
        return chance(slope * score + offset);
    }

    /// The logit of a probability; those next to 0 and 1 are moved in by a billionth.
    public static double logit(double probability) {
        double inside = Math.clamp(Checks.share(probability), EDGE, 1 - EDGE);
        return Math.log(inside / (1 - inside));
    }

    private static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static double[] targets(double[] outcomes) {
        double right = Arrays.stream(outcomes).map(Checks::share).sum();
        double high = (right + 1) / (right + 2);
        double low = 1 / (outcomes.length - right + 2);
        return Arrays.stream(outcomes).map(it -> it * high + (1 - it) * low).toArray();
    }

    /// Minimises the log loss in slope and offset.
    private static final class Newton {
        private final double[] x;
        private final double[] targets;

        Newton(double[] x, double[] targets) {
            this.x = x;
            this.targets = targets;
        }

        Platt solve() {
            var at = new Platt(0, 0);
            double loss = loss(at);
            for (int i = 0; i < MOST_STEPS; i++) {
                var step = step(at);
                double part = 1;
                var next = at;
                double lower = loss;
                for (; part > 1e-6 && !(lower < loss); part /= 2) {
                    next = new Platt(at.slope - part * step[0], at.offset - part * step[1]);
                    lower = loss(next);
                }
                if (!(loss - lower > 1e-12 * x.length)) {
                    return at;
                }
                at = next;
                loss = lower;
            }
            return at;
        }

        private double[] step(Platt at) {
            double slope = 0;
            double offset = 0;
            double both = 0;
            double squares = 1e-9;
            double ones = 1e-9;
            for (int i = 0; i < x.length; i++) {
                double p = at.at(x[i]);
                double error = p - targets[i];
                double bend = p * (1 - p);
                slope += error * x[i];
                offset += error;
                squares += bend * x[i] * x[i];
                both += bend * x[i];
                ones += bend;
            }
            double area = squares * ones - both * both;
            return new double[] {
                (ones * slope - both * offset) / area, (squares * offset - both * slope) / area
            };
        }

        /// Log loss, written so that a large logit does not overflow.
        private double loss(Platt at) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double logit = at.slope * x[i] + at.offset;
                sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
                sum -= targets[i] * logit;
            }
            return sum;
        }
    }
}
