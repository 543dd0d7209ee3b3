package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// The smallest share of requests that has to go to the frontier model so that quality holds, as
/// proven by rows on which both models were judged. Requests go to the frontier where their score
/// reaches a threshold; thresholds are tried from "nearly all" on, and the first that cannot be
/// proven ends the search, so that trying many costs no certainty (fixed-sequence testing, in Learn
/// then Test: Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv 2110.01052). Rows must be a fair
/// sample of the traffic that the claim is about. Without state; any thread.
public final class Floor {
    /// Fewer rows prove nothing that is worth having.
    public static final int FEWEST_ROWS = 100;

    private static final int STEPS = 50;
    private static final int MOST_ROWS = 1_000_000;

    private Floor() {}

    /// Proves "mean quality is at least `floor` times the frontier's", with betting on the paired
    /// difference (see [Proof#notAboveZero]). In about `1 - confidence` of calibrations at most the
    /// claim does not hold.
    ///
    /// @param rows judged requests
    /// @param floor from 0 (exclusive) to 1 (exclusive), such as 0.95
    /// @param confidence such as 0.95
    /// @return a bound on the ratio of the qualities, where it holds
    public static Verdict ratio(List<Row> rows, double floor, double confidence) {
        between(floor);
        double doubt = 1 - between(confidence);
        if (rows.size() < FEWEST_ROWS) {
            return tooFew(rows.size());
        }
        var table = new Table(rows);
        int to =
                table.last(it -> Proof.notAboveZero(table.gains(it, floor), floor, doubt) <= doubt);
        if (to == 0) {
            return unproven(rows.size(), neededForRatio(table, floor, doubt));
        }
        // Where the proof still works for a higher floor, that one is the bound.
        double bound =
                Special.crossing(
                        higher ->
                                Proof.notAboveZero(table.gains(to, higher), higher, doubt) - doubt,
                        floor,
                        1);
        return table.held(to, Math.max(floor, bound));
    }

    /// Proves "worse than the frontier on at most `most` of the requests", by the exact binomial
    /// test, as a request is worse or not.
    ///
    /// @param rows judged requests
    /// @param most from 0 (exclusive) to 1 (exclusive), such as 0.05
    /// @param confidence such as 0.95
    /// @return a bound on the share of worse answers, where it holds
    public static Verdict worse(List<Row> rows, double most, double confidence) {
        between(most);
        double doubt = 1 - between(confidence);
        if (rows.size() < FEWEST_ROWS) {
            return tooFew(rows.size());
        }
        var table = new Table(rows);
        double size = rows.size();
        int to = table.last(it -> Special.binomialAtMost(table.worse(it), size, most) <= doubt);
        if (to == 0) {
            // The first step has no worse answer: (1 - most)^n <= doubt.
            int needed = (int) Math.ceil(Math.log(doubt) / Math.log1p(-most));
            return unproven(rows.size(), Math.max(needed, rows.size() + 1));
        }
        double found = table.worse(to);
        double bound = Special.crossing(p -> doubt - Special.binomialAtMost(found, size, p), 0, 1);
        return table.held(to, Math.min(most, bound));
    }

    /// The cheaper claim: worse than the frontier on at most `most` of the requests in the mean
    /// over calibrations, so that about every other calibration lies above it (conformal risk
    /// control: Angelopoulos, Bates, Fisch, Lei, Schuster 2022, arXiv 2208.02814).
    ///
    /// @param rows judged requests
    /// @param most from 0 (exclusive) to 1 (exclusive)
    /// @return the expected share of worse answers, where it holds
    public static Verdict worseInTheMean(List<Row> rows, double most) {
        between(most);
        if (rows.size() < FEWEST_ROWS) {
            return tooFew(rows.size());
        }
        var table = new Table(rows);
        double size = rows.size() + 1.0;
        int to = table.last(it -> (table.worse(it) + 1) / size <= most);
        return to == 0
                ? unproven(rows.size(), Math.max((int) Math.ceil(1 / most), rows.size() + 1))
                : table.held(to, (table.worse(to) + 1) / size);
    }

    /// One request that both models have answered.
    ///
    /// @param score how much it needs the frontier, as the router will see it
    /// @param small how right the small model was, 0 to 1
    /// @param frontier how right the frontier model was, 0 to 1
    public record Row(double score, double small, double frontier) {
        /// Checks.
        public Row {
            Checks.finite(score);
            Checks.share(small);
            Checks.share(frontier);
        }
    }

    /// What rows prove.
    public sealed interface Verdict permits Held, NotEnough {}

    /// The claim holds with this threshold.
    ///
    /// @param threshold requests with this score or a higher one go to the frontier
    /// @param share of the rows that do, 0 to 1
    /// @param bound what is proven at this threshold: at least as good as what was asked for
    /// @param rows that prove it
    public record Held(double threshold, double share, double bound, int rows) implements Verdict {}

    /// The rows do not prove that anything can stay with the small model.
    ///
    /// @param rows that there are
    /// @param needed about how many could do, if they are like these
    /// @param reason in words
    public record NotEnough(int rows, int needed, String reason) implements Verdict {}

    private static double between(double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("not between 0 and 1: " + value);
        }
        return value;
    }

    private static Verdict tooFew(int rows) {
        return new NotEnough(
                rows,
                FEWEST_ROWS,
                rows
                        + " judged requests; below "
                        + FEWEST_ROWS
                        + " chance decides more than the"
                        + " models do: judge more, or send all to the frontier");
    }

    private static Verdict unproven(int rows, int needed) {
        return new NotEnough(
                rows,
                needed,
                rows
                        + " judged requests do not prove it for any saving: judge about "
                        + needed
                        + ", lower the floor, or send all to the frontier");
    }

    /// Rows that the first step takes as a normal variable, and those that the proof takes at best,
    /// with all at the frontier and the boldest bets.
    private static int neededForRatio(Table table, double floor, double doubt) {
        double[] gains = table.gains(table.firstStep(), floor);
        double mean = Arrays.stream(gains).average().orElse(0);
        double square = Arrays.stream(gains).map(gain -> gain * gain).average().orElse(0);
        double steady = Arrays.stream(table.gains(0, floor)).average().orElse(0);
        double needed =
                Math.log(1 / doubt)
                        * Math.max(2 * square / (mean * mean), floor / (Proof.BOLDEST * steady));
        boolean known = mean > 0 && needed < MOST_ROWS;
        return Math.max(known ? (int) Math.ceil(needed) : MOST_ROWS, gains.length + 1);
    }

    /// Rows in rising order of score. A place `to` means: the rows before it stay with the small
    /// model.
    private static final class Table {
        private final double[] scores;
        private final double[] small;
        private final double[] frontier;
        private final int[] worse;
        private final int[] order;

        Table(List<Row> rows) {
            double[] given = rows.stream().mapToDouble(Row::score).toArray();
            int[] places = Rows.byScore(given);
            scores = Arrays.stream(places).mapToDouble(place -> given[place]).toArray();
            small = Arrays.stream(places).mapToDouble(it -> rows.get(it).small()).toArray();
            frontier = Arrays.stream(places).mapToDouble(it -> rows.get(it).frontier()).toArray();
            worse = new int[places.length + 1];
            for (int i = 0; i < places.length; i++) {
                worse[i + 1] = worse[i] + (small[i] < frontier[i] ? 1 : 0);
            }
            order = Rows.shuffled(places.length);
        }

        /// The last place, step by step, at which the claim is proven; 0 where none is.
        int last(IntPredicate proof) {
            int proven = 0;
            for (int step = 1; step <= STEPS; step++) {
                int to = startOfEquals((int) ((long) scores.length * step / STEPS));
                if (to > proven) {
                    if (!proof.test(to)) {
                        break;
                    }
                    proven = to;
                }
            }
            return proven;
        }

        int firstStep() {
            return Math.max(1, scores.length / STEPS);
        }

        /// Equal scores cannot be parted: all of them go to the frontier.
        private int startOfEquals(int place) {
            int start = place;
            while (start > 0 && start < scores.length && scores[start - 1] == scores[start]) {
                start--;
            }
            return start;
        }

        /// Routed quality less `floor` times the frontier's, row by row, in an order that has
        /// nothing to do with scores: a bet must not know what comes next.
        double[] gains(int to, double floor) {
            var gains = new double[scores.length];
            for (int i = 0; i < gains.length; i++) {
                int row = order[i];
                gains[i] = (row < to ? small[row] : frontier[row]) - floor * frontier[row];
            }
            return gains;
        }

        int worse(int to) {
            return worse[to];
        }

        Held held(int to, double bound) {
            double threshold = to == scores.length ? Double.POSITIVE_INFINITY : scores[to];
            return new Held(
                    threshold, (scores.length - to) / (double) scores.length, bound, scores.length);
        }
    }
}
