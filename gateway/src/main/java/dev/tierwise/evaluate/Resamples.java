package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The percentile bootstrap (Efron 1979) of many figures at once: all of them are taken from the
/// same resamples, so that their differences are paired. The same seed gives the same intervals, on
/// any number of threads.
final class Resamples {
    private static final double TAIL = .025;
    private static final double MOST_UNDEFINED = .05;

    private Resamples() {}

    /// How often to draw, and where chance begins.
    record Plan(int times, long seed) {}

    /// Figures with intervals. A figure that more than one in twenty resamples do not have (NaN)
    /// has no interval.
    ///
    /// @param rows how many rows there are
    /// @param figures from how often each row counts; any thread, and it keeps no counts
    static Measured[] of(int rows, Plan plan, Function<int[], double[]> figures) {
        int[] even = new int[rows];
        Arrays.fill(even, 1);
        double[] values = figures.apply(even);
        double[][] drawn = new double[plan.times][];
        long[] seeds = new SplittableRandom(plan.seed).longs(plan.times).toArray();
        IntStream.range(0, plan.times)
                .parallel()
                .forEach(time -> {
                    var random = new SplittableRandom(seeds[time]);
                    int[] counts = new int[rows];
                    for (int i = 0; i < rows; i++) {
                        counts[random.nextInt(rows)]++;
                    }
                    drawn[time] = figures.apply(counts);
                });
        Measured[] measured = new Measured[values.length];
        for (int f = 0; f < values.length; f++) {
            int figure = f;
            double[] sorted =
                    Arrays.stream(drawn)
                            .mapToDouble(all -> all[figure])
                            .filter(value -> !Double.isNaN(value))
                            .sorted()
                            .toArray();
            boolean known = sorted.length >= (1 - MOST_UNDEFINED) * plan.times && rows > 1;
            measured[f] =
                    new Measured(
                            values[f],
                            known ? between(sorted, TAIL) : Double.NaN,
                            known ? between(sorted, 1 - TAIL) : Double.NaN);
        }
        return measured;
    }

    /// A percentile of sorted numbers.
    static double between(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
