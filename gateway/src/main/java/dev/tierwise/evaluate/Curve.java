package dev.tierwise.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What two models are worth together, for each share of prompts that goes to the stronger one:
/// those of the highest score first. The measures are those of RouteLLM (Ong et al. 2024, arXiv
/// 2406.18665), on the exact curve of all cuts instead of ten bins.
public final class Curve {
    private static final int RESAMPLES = 1_000;

    private final double[] weak;
    private final double[] strong;

    /// @param need the score of each prompt: how much it needs the stronger model
    /// @param weak how well the weaker model answered each, 0 to 1
    /// @param strong how well the stronger one did
    public Curve(double[] need, double[] weak, double[] strong) {
        var random = new SplittableRandom(7);
        double[] lots = random.doubles(need.length).toArray();
        int[] order =
                IntStream.range(0, need.length)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingDouble(i -> -need[i])
                                        .thenComparingDouble(i -> lots[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        this.weak = Arrays.stream(order).mapToDouble(i -> weak[i]).toArray();
        this.strong = Arrays.stream(order).mapToDouble(i -> strong[i]).toArray();
    }

    /// A measure and the interval in which it lies with 95 % confidence.
    ///
    /// @param value measured
    /// @param low the 2.5th percentile of bootstrap resamples of the prompts
    /// @param high the 97.5th
    public record Measured(double value, double low, double high) {}

    /// Average performance gap recovered: the area between the curve and the weaker model, where
    /// the straight line between both models has 0.5.
    public Measured apgr() {
        return measured(Weighed::apgr);
    }

    /// The smallest share of prompts, in percent, at which so much of the gap between both models
    /// is closed.
    ///
    /// @param part from 0 to 1
    public Measured cpt(double part) {
        return measured(weighed -> 100 * weighed.cpt(part));
    }

    /// The quality when `share` of the prompts go to the stronger model.
    public Measured quality(double share) {
        return measured(weighed -> weighed.quality(share));
    }

    /// The smallest share, in percent, at which the quality reaches `part` of the stronger model's.
    public Measured shareFor(double part) {
        return measured(weighed -> 100 * weighed.shareFor(part));
    }

    /// The quality at each hundredth of the share, 101 numbers.
    public double[] points() {
        Weighed all = even();
        return IntStream.rangeClosed(0, 100).mapToDouble(i -> all.quality(i / 100.0)).toArray();
    }

    private Weighed even() {
        double[] weights = new double[weak.length];
        Arrays.fill(weights, 1);
        return new Weighed(weights);
    }

    private Measured measured(ToDoubleFunction<Weighed> measure) {
        var random = new SplittableRandom(11);
        double[] values = new double[RESAMPLES];
        double[] weights = new double[weak.length];
        for (int r = 0; r < RESAMPLES; r++) {
            Arrays.fill(weights, 0);
            for (int i = 0; i < weights.length; i++) {
                weights[random.nextInt(weights.length)]++;
            }
            values[r] = measure.applyAsDouble(new Weighed(weights));
        }
        Arrays.sort(values);
        return new Measured(
                measure.applyAsDouble(even()),
                values[(int) (RESAMPLES * .025)],
                values[(int) (RESAMPLES * .975)]);
    }

    /// The curve of prompts of which some count more than others.
    private final class Weighed {
        private final double[] weights;
        private double total;
        private double weakSum;
        private double strongSum;

        Weighed(double[] weights) {
            this.weights = weights;
            for (int i = 0; i < weights.length; i++) {
                total += weights[i];
                weakSum += weights[i] * weak[i];
                strongSum += weights[i] * strong[i];
            }
        }

        double apgr() {
            double sum = weakSum;
            double area = 0;
            for (int i = 0; i < weights.length; i++) {
                double next = sum + weights[i] * (strong[i] - weak[i]);
                area += weights[i] * (sum + next) / 2;
                sum = next;
            }
            double gap = strongSum - weakSum;
            return gap == 0 ? .5 : (area / total - weakSum) / gap;
        }

        double cpt(double part) {
            return first(weakSum + part * (strongSum - weakSum));
        }

        double shareFor(double part) {
            return first(part * strongSum);
        }

        private double first(double wanted) {
            double sum = weakSum;
            double share = 0;
            for (int i = 0; i < weights.length && sum < wanted - 1e-9; i++) {
                sum += weights[i] * (strong[i] - weak[i]);
                share += weights[i];
            }
            return share / total;
        }

        double quality(double share) {
            double sum = weakSum;
            double left = share * total;
            for (int i = 0; i < weights.length && left > 0; i++) {
                double part = weights[i] == 0 ? 0 : Math.min(1, left / weights[i]);
                sum += part * weights[i] * (strong[i] - weak[i]);
                left -= weights[i];
            }
            return sum / total;
        }
    }
}
