package dev.tierwise.evaluate;

import dev.tierwise.calibrate.Floor;
import dev.tierwise.calibrate.Interval;
import dev.tierwise.evaluate.Curve.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// How often a quality that was promised is missed: again and again some rows set the threshold, as
/// judged requests of a user would, and the rest says what comes of it.
///
/// @param floor the part of the frontier's quality that is promised
/// @param worse the share of answers that may be worse than the frontier's
/// @param labels rows that set the threshold, each time
/// @param repeats how often
/// @param kept what came of each way to set it
record Floors(double floor, double worse, int labels, int repeats, List<Kept> kept) {
    private static final double SURE = .95;

    /// What came of one way to set the threshold.
    ///
    /// @param method that ranks the rows
    /// @param way how the threshold is set
    /// @param missed how often the promise was broken, 0 to 1
    /// @param share of the frontier, and where it lies in 95 % of the repeats
    /// @param unproven how often nothing could be promised, so that all went to the frontier
    record Kept(Choice.Method method, Way way, Measured missed, Measured share, double unproven) {}

    /// How a threshold is set.
    enum Way {
        /// The cheapest threshold that holds on the rows themselves.
        NAIVE,
        /// The cheapest that they prove.
        PROVEN,
        /// The cheapest that they prove for the other promise: worse on few answers.
        WORSE
    }

    /// How many rows it takes at least.
    static int fewest() {
        return 2 * Floor.FEWEST_ROWS;
    }

    /// Tries it.
    ///
    /// @param method that ranks
    /// @param need how much each row needs the frontier
    static List<Kept> of(Choice.Method method, double[] need, Replay replay, Trial trial) {
        List<Floor.Row> rows =
                IntStream.range(0, need.length)
                        .mapToObj(row ->
                                new Floor.Row(
                                        need[row], replay.small()[row], replay.frontier()[row]))
                        .toList();
        Trial.Goal goal = trial.goal();
        double floor = goal.floor() == null ? SURE : goal.floor();
        var kept = new ArrayList<Kept>();
        for (Way way : Way.values()) {
            Function<List<Floor.Row>, Floor.Verdict> set =
                    switch (way) {
                        case NAIVE -> drawn -> naive(drawn, floor);
                        case PROVEN -> drawn -> Floor.ratio(drawn, floor, goal.confidence());
                        case WORSE -> drawn -> Floor.worse(drawn, goal.worse(), goal.confidence());
                    };
            Broken broken =
                    way == Way.WORSE
                            ? (rest, threshold) -> worse(rest, threshold) > goal.worse()
                            : (rest, threshold) -> quality(rest, threshold) < floor;
            kept.add(kept(method, way, repeated(rows, trial.sampling(), set, broken)));
        }
        return kept;
    }

    /// Whether a promise is broken on rows.
    private interface Broken {
        boolean on(List<Floor.Row> rest, double threshold);
    }

    private record Try(boolean missed, double share, boolean unproven) {}

    private static List<Try> repeated(
            List<Floor.Row> rows,
            Trial.Sampling sampling,
            Function<List<Floor.Row>, Floor.Verdict> set,
            Broken broken) {
        int labels = labels(rows.size(), sampling);
        int[] places = IntStream.range(0, rows.size()).toArray();
        return IntStream.range(0, sampling.repeats())
                .parallel()
                .mapToObj(repeat -> {
                    List<Floor.Row> drawn =
                            IntStream.of(Source.shuffled(places, sampling.seed() * 7919 + repeat))
                                    .mapToObj(rows::get)
                                    .toList();
                    List<Floor.Row> rest = drawn.subList(labels, drawn.size());
                    return switch (set.apply(drawn.subList(0, labels))) {
                        case Floor.Held held ->
                                new Try(
                                        broken.on(rest, held.threshold()),
                                        share(rest, held.threshold()),
                                        false);
                        case Floor.NotEnough _ -> new Try(false, 1, true);
                    };
                })
                .toList();
    }

    /// As many rows as are wished, but never more than half of them.
    static int labels(int rows, Trial.Sampling sampling) {
        return Math.min(sampling.labels(), rows / 2);
    }

    private static Kept kept(Choice.Method method, Way way, List<Try> tries) {
        double missed = tries.stream().filter(Try::missed).count();
        Interval often = Interval.wilson(missed, tries.size(), SURE);
        double[] shares = tries.stream().mapToDouble(Try::share).sorted().toArray();
        return new Kept(
                method,
                way,
                new Measured(often.value(), often.low(), often.high()),
                new Measured(
                        Arrays.stream(shares).average().orElse(1),
                        Resamples.between(shares, .025),
                        Resamples.between(shares, .975)),
                (double) tries.stream().filter(Try::unproven).count() / tries.size());
    }

    /// The highest threshold at which the rows themselves are good enough.
    private static Floor.Verdict naive(List<Floor.Row> rows, double floor) {
        List<Floor.Row> sorted =
                rows.stream().sorted(Comparator.comparingDouble(Floor.Row::score)).toList();
        double frontier = sorted.stream().mapToDouble(Floor.Row::frontier).sum();
        double sum = frontier;
        double threshold = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sorted.size(); i++) {
            sum += sorted.get(i).small() - sorted.get(i).frontier();
            double next =
                    i + 1 < sorted.size() ? sorted.get(i + 1).score() : Double.POSITIVE_INFINITY;
            if (next > sorted.get(i).score() && sum >= floor * frontier - 1e-9) {
                threshold = next;
            }
        }
        return new Floor.Held(threshold, share(rows, threshold), floor, rows.size());
    }

    private static double share(List<Floor.Row> rows, double threshold) {
        return (double) rows.stream().filter(row -> row.score() >= threshold).count() / rows.size();
    }

    /// In parts of the frontier's.
    private static double quality(List<Floor.Row> rows, double threshold) {
        double routed =
                rows.stream()
                        .mapToDouble(row -> row.score() >= threshold ? row.frontier() : row.small())
                        .sum();
        double frontier = rows.stream().mapToDouble(Floor.Row::frontier).sum();
        return frontier == 0 ? 1 : routed / frontier;
    }

    private static double worse(List<Floor.Row> rows, double threshold) {
        return (double)
                        rows.stream()
                                .filter(row ->
                                        row.score() < threshold && row.small() < row.frontier())
                                .count()
                / rows.size();
    }
}
