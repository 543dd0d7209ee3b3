package dev.tierwise.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What two models are worth together, for each share of prompts that goes to the stronger one:
/// those of the highest score first. The measures are those of RouteLLM (Ong et al. 2024, arXiv
/// 2406.18665), on the exact curve of all cuts instead of ten bins. Immutable, thread-safe.
public final class Curve {
    private static final Resamples.Plan USUAL = new Resamples.Plan(1_000, 11);
    private static final double CLOSE = 1e-9;

    /// The shares at which the quality is always told.
    static final double[] SHARES = {.1, .2, .3, .4, .5};

    /// The parts of the gap between both models that are asked for.
    private static final double[] OF_GAP = {.5, .8};

    /// The parts of the stronger model's quality that are asked for.
    static final double[] OF_STRONG = {.95, .98, 1};

    private final int[] order;
    private final double[] weak;
    private final double[] strong;

    /// @param need the score of each prompt: how much it needs the stronger model
    /// @param weak how well the weaker model answered each, 0 to 1
    /// @param strong how well the stronger one did
    public Curve(double[] need, double[] weak, double[] strong) {
        // equal scores come in an order that tells nothing, and is the same in every run
        double[] lots = new SplittableRandom(7).doubles(need.length).toArray();
        this.order =
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
    /// @param value measured; NaN where it means nothing, as where the stronger model is not the
    ///   better one
    /// @param low the 2.5th percentile of bootstrap resamples of the prompts
    /// @param high the 97.5th
    public record Measured(double value, double low, double high) {
        /// The measure in another unit.
        Measured times(double factor) {
            return plus(0, factor);
        }

        /// An offset, and the measure times a factor.
        Measured plus(double offset, double factor) {
            return new Measured(
                    offset + value * factor, offset + low * factor, offset + high * factor);
        }
    }

    /// Average performance gap recovered: the area between the curve and the weaker model, where
    /// the straight line between both models has 0.5.
    public Measured apgr() {
        return one(all -> all.apgr);
    }

    /// The smallest share of prompts, in percent, at which so much of the gap between both models
    /// is closed.
    ///
    /// @param part 0.5 or 0.8
    public Measured cpt(double part) {
        return one(all -> 100 * all.ofGap[Arrays.binarySearch(OF_GAP, part)]);
    }

    /// The quality when `share` of the prompts go to the stronger model.
    ///
    /// @param share one of 0.1, 0.2 to 0.5
    public Measured quality(double share) {
        return one(all -> all.atShare[Arrays.binarySearch(SHARES, share)]);
    }

    /// The smallest share, in percent, at which the quality reaches `part` of the stronger model's.
    ///
    /// @param part 0.95, 0.98 or 1
    public Measured shareFor(double part) {
        return one(all -> 100 * all.ofStrong[Arrays.binarySearch(OF_STRONG, part)]);
    }

    private Measured one(java.util.function.ToDoubleFunction<Reading> figure) {
        return Resamples.of(
                weak.length, USUAL, counts -> new double[] {figure.applyAsDouble(read(counts))})[0];
    }

    /// The quality at each hundredth of the share, 101 numbers.
    public double[] points() {
        double[] points = new double[101];
        double sum = Arrays.stream(weak).sum();
        double done = 0;
        int row = 0;
        for (int i = 0; i < points.length; i++) {
            double goal = i / 100.0 * weak.length;
            for (; row < weak.length && row + 1 <= goal; row++) {
                sum += strong[row] - weak[row];
            }
            done = row < weak.length ? (goal - row) * (strong[row] - weak[row]) : 0;
            points[i] = (sum + done) / weak.length;
        }
        return points;
    }

    /// The quality when the first `count` prompts go to the stronger model.
    double[] cuts() {
        double[] cuts = new double[weak.length + 1];
        cuts[0] = Arrays.stream(weak).sum();
        for (int i = 0; i < weak.length; i++) {
            cuts[i + 1] = cuts[i] + strong[i] - weak[i];
        }
        return Arrays.stream(cuts).map(cut -> cut / weak.length).toArray();
    }

    /// All figures of one weighing of the prompts.
    ///
    /// @param area the mean quality over all shares
    /// @param apgr NaN where the stronger model is not the better one, like `ofGap`
    /// @param ofGap the shares at which these parts of the gap are closed
    /// @param ofStrong the shares at which these parts of the stronger model's quality are reached
    /// @param atShare the quality at [#SHARES]
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Reading(double area, double apgr, double[] ofGap, double[] ofStrong, double[] atShare) {
        /// How many numbers [#numbers] gives.
        static final int NUMBERS = 2 + OF_GAP.length + OF_STRONG.length + SHARES.length;

        /// All of them in a row.
        void numbers(double[] out, int at) {
            out[at] = area;
            out[at + 1] = apgr;
            System.arraycopy(ofGap, 0, out, at + 2, ofGap.length);
            System.arraycopy(ofStrong, 0, out, at + 2 + ofGap.length, ofStrong.length);
            System.arraycopy(
                    atShare, 0, out, at + 2 + ofGap.length + ofStrong.length, atShare.length);
        }
    }

    /// The figures when each prompt counts so often; one pass.
    ///
    /// @param counts in the order in which the prompts were given
    Reading read(int[] counts) {
        double total = 0;
        double weakSum = 0;
        double strongSum = 0;
        for (int i = 0; i < order.length; i++) {
            int count = counts[order[i]];
            total += count;
            weakSum += count * weak[i];
            strongSum += count * strong[i];
        }
        double gap = strongSum - weakSum;
        double[] goals = new double[OF_GAP.length + OF_STRONG.length];
        for (int i = 0; i < OF_GAP.length; i++) {
            goals[i] = gap > 0 ? weakSum + OF_GAP[i] * gap : Double.NaN;
        }
        for (int i = 0; i < OF_STRONG.length; i++) {
            goals[OF_GAP.length + i] = OF_STRONG[i] * strongSum;
        }
        double[] reached = reached(counts, goals, weakSum, total);
        double area = area(counts, weakSum) / total;
        return new Reading(
                area / total,
                gap > 0 ? (area - weakSum) / gap : Double.NaN,
                Arrays.copyOf(reached, OF_GAP.length),
                Arrays.copyOfRange(reached, OF_GAP.length, reached.length),
                atShares(counts, weakSum, total));
    }

    private double area(int[] counts, double weakSum) {
        double sum = weakSum;
        double area = 0;
        for (int i = 0; i < order.length; i++) {
            int count = counts[order[i]];
            double next = sum + count * (strong[i] - weak[i]);
            area += count * (sum + next) / 2;
            sum = next;
        }
        return area;
    }

    /// For each goal the first share at which the sum of qualities reaches it.
    private double[] reached(int[] counts, double[] goals, double weakSum, double total) {
        double[] shares = new double[goals.length];
        Arrays.fill(shares, Double.NaN);
        double best = Double.NEGATIVE_INFINITY;
        double sum = weakSum;
        double share = 0;
        for (int i = 0; i <= order.length; i++) {
            if (sum > best) {
                best = sum;
                for (int g = 0; g < goals.length; g++) {
                    if (Double.isNaN(shares[g]) && sum >= goals[g] - CLOSE) {
                        shares[g] = share / total;
                    }
                }
            }
            if (i < order.length) {
                int count = counts[order[i]];
                sum += count * (strong[i] - weak[i]);
                share += count;
            }
        }
        return shares;
    }

    private double[] atShares(int[] counts, double weakSum, double total) {
        double[] at = new double[SHARES.length];
        double sum = weakSum;
        double done = 0;
        int next = 0;
        for (int i = 0; i < order.length && next < at.length; i++) {
            int count = counts[order[i]];
            double gain = strong[i] - weak[i];
            while (next < at.length && SHARES[next] * total <= done + count) {
                at[next] = (sum + (SHARES[next] * total - done) * gain) / total;
                next++;
            }
            sum += count * gain;
            done += count;
        }
        return at;
    }
}
