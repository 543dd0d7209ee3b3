package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// A figure and how far it can be trusted. An immutable value.
///
/// @param value the figure
/// @param low where it may begin
/// @param high where it may end, not below `low`
public record Interval(double value, double low, double high) {
    /// Checks.
    public Interval {
        if (!(low <= high) || Double.isNaN(value)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high);
        }
    }

    /// A share by the score interval of Wilson (1927): right on the mean over shares, also for few
    /// rows. Without rows it is everything.
    ///
    /// @param successes from 0 to `trials`; parts are allowed
    /// @param trials 0 or more
    /// @param confidence such as 0.95
    public static Interval wilson(double successes, double trials, double confidence) {
        double share = shareOf(successes, trials);
        if (trials == 0) {
            return new Interval(share, 0, 1);
        }
        double z = Special.normalQuantile(0.5 + level(confidence) / 2);
        double extra = z * z / trials;
        double middle = (share + extra / 2) / (1 + extra);
        double half =
                z * Math.sqrt(share * (1 - share) / trials + extra / trials / 4) / (1 + extra);
        return new Interval(
                share,
                successes == 0 ? 0 : Math.max(0, middle - half),
                successes == trials ? 1 : Math.min(1, middle + half));
    }

    /// A share by the exact interval of Clopper and Pearson (1934): right for every share, and
    /// wider for it. Parameters as in [#wilson].
    public static Interval clopperPearson(double successes, double trials, double confidence) {
        double share = shareOf(successes, trials);
        double tail = (1 - level(confidence)) / 2;
        double low = 0;
        double high = 1;
        if (successes > 0) {
            low =
                    Special.crossing(
                            p -> Special.beta(p, successes, trials - successes + 1) - tail, 0, 1);
        }
        if (successes < trials) {
            high =
                    Special.crossing(
                            p -> Special.beta(p, successes + 1, trials - successes) - (1 - tail),
                            0,
                            1);
        }
        return new Interval(share, low, high);
    }

    /// A statistic of rows by the percentile bootstrap (Efron 1979): rows are drawn with
    /// replacement, and the statistic is told how often each one was drawn. It can therefore sort
    /// its rows once. The difference of two statistics over the same counts is the paired
    /// bootstrap. Drawing takes about 10 ns a row and resample.
    ///
    /// @param rows how many rows there are, 1 at least
    /// @param resampling how often, how surely, and where chance begins
    /// @param statistic from how often each row counts to the figure; it must keep no count, and
    ///   gets 1 for each row for the value itself
    public static Interval bootstrap(
            int rows, Resampling resampling, ToDoubleFunction<int[]> statistic) {
        Checks.positive(rows);
        var counts = new int[rows];
        Arrays.fill(counts, 1);
        double value = statistic.applyAsDouble(counts);
        var random = new SplittableRandom(resampling.seed());
        var figures = new double[resampling.times()];
        for (int i = 0; i < figures.length; i++) {
            Arrays.fill(counts, 0);
            for (int drawn = 0; drawn < rows; drawn++) {
                counts[random.nextInt(rows)]++;
            }
            figures[i] = statistic.applyAsDouble(counts);
        }
        Arrays.sort(figures);
        double tail = (1 - resampling.confidence()) / 2;
        return new Interval(value, between(figures, tail), between(figures, 1 - tail));
    }

    /// How often to draw, and how surely to tell.
    ///
    /// @param times resamples, 1 at least; 1,000 for 95 %
    /// @param confidence such as 0.95
    /// @param seed where chance begins: the same seed gives the same interval
    public record Resampling(int times, double confidence, long seed) {
        /// Checks.
        public Resampling {
            Checks.positive(times);
            level(confidence);
        }
    }

    private static double between(double[] sorted, double p) {
        double place = p * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static double level(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("not a confidence between 0 and 1: " + confidence);
        }
        return confidence;
    }

    private static double shareOf(double successes, double trials) {
        if (!(successes >= 0 && successes <= trials) || Double.isInfinite(trials)) {
            throw new IllegalArgumentException(successes + " of " + trials);
        }
        return trials == 0 ? 0.5 : successes / trials;
    }
}
