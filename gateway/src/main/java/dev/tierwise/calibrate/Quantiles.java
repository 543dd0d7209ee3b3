package dev.tierwise.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Quantiles and ranks of a score on a stream whose scores may drift. An observation that is `a`
/// observations old weighs `exp(-a / 512)`, which is worth about 1,000 equal observations, and the
/// last 2,048 are kept. Over these the answers are exact, ties included: they are held in order
/// with their weights, so an update moves at most 32 KB and a question reads at most as much, some
/// microseconds. Not thread-safe.
public final class Quantiles {
    private static final int KEPT = 2048;
    private static final int OF_PRIOR = 30;
    private static final double GROWTH = Math.exp(1.0 / 512);
    private static final double LARGE = 1e100;

    private final double[] values = new double[KEPT];
    private final double[] weights = new double[KEPT];
    private final double[] arrivals = new double[KEPT];
    private int size;
    private int next;
    private double newest = 1;

    private Quantiles() {}

    /// Begins with what is expected. It counts as 30 observations and is forgotten like them.
    ///
    /// @param prior scores at evenly spaced quantiles in rising order, lowest and highest included,
    ///   such as `0, 0.5, 1` for an even spread; one at least, none of them NaN
    public static Quantiles expecting(double... prior) {
        if (prior.length == 0) {
            throw new IllegalArgumentException("a prior has one score at least");
        }
        double[] sorted = prior.clone();
        Arrays.sort(sorted);
        var quantiles = new Quantiles();
        for (int i = 0; i < OF_PRIOR; i++) {
            // Every 7th, round and round: those seen last weigh a little more and should be mixed.
            double place = (i * 7 % OF_PRIOR + 0.5) / OF_PRIOR * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            double part = place - below;
            quantiles.add(sorted[below] * (1 - part) + sorted[above] * part);
        }
        return quantiles;
    }

    /// Begins where another stood.
    public static Quantiles restore(State state) {
        var quantiles = new Quantiles();
        state.scores().forEach(quantiles::add);
        return quantiles;
    }

    /// Adds an observation.
    ///
    /// @param score any number; NaN is refused
    public void add(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("a score is a number");
        }
        double plain = score + 0.0; // -0.0 and 0.0 are one score
        if (size == KEPT) {
            removeOldest();
        }
        newest *= GROWTH;
        if (newest > LARGE) {
            shrink();
        }
        int place = firstAbove(plain);
        System.arraycopy(values, place, values, place + 1, size - place);
        System.arraycopy(weights, place, weights, place + 1, size - place);
        values[place] = plain;
        weights[place] = newest;
        arrivals[next] = plain;
        next = (next + 1) % KEPT;
        size++;
    }

    /// The score below which the share `p` of the weight lies: the smallest one kept at which the
    /// distribution reaches `p`.
    ///
    /// @param p from 0 to 1
    public double quantile(double p) {
        double wanted = Checks.share(p) * total();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i];
            if (sum >= wanted) {
                return values[i];
            }
        }
        return values[size - 1];
    }

    /// The share of the weight below this score, half of its equals included.
    public double rank(double score) {
        return rank(score, 0.5);
    }

    /// The share of the weight below this score and of a part of its equals. With an even `tie` it
    /// is even over 0 to 1 on any stream in random order, constant ones included (the smoothed
    /// p-value of Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World, 2005, section
    /// 2.2; the score itself has to be added first).
    ///
    /// @param score any number; NaN is refused
    /// @param tie where among its equals the score stands, from 0 to 1
    public double rank(double score, double tie) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("a score is a number");
        }
        double plain = score + 0.0;
        int above = firstAbove(plain);
        int first = firstNotBelow(plain);
        double equal = sum(first, above);
        return Math.min(1, (sum(0, first) + Checks.share(tie) * equal) / total());
    }

    /// What is kept, to be stored.
    public State state() {
        var kept = new ArrayList<Double>(size);
        for (int i = 0; i < size; i++) {
            kept.add(arrivals[(next - size + i + KEPT) % KEPT]);
        }
        return new State(kept);
    }

    /// What quantiles are made of.
    ///
    /// @param scores the observations that count, oldest first
    public record State(List<Double> scores) {
        /// Checks and copies.
        public State {
            scores = List.copyOf(scores);
            if (scores.isEmpty()) {
                throw new IllegalArgumentException("a state has one score at least");
            }
        }
    }

    /// The first among equals is the oldest, because equals are put behind each other.
    private void removeOldest() {
        int place = firstNotBelow(arrivals[next]);
        System.arraycopy(values, place + 1, values, place, size - place - 1);
        System.arraycopy(weights, place + 1, weights, place, size - place - 1);
        size--;
    }

    private void shrink() {
        for (int i = 0; i < size; i++) {
            weights[i] /= newest;
        }
        newest = 1;
    }

    private double total() {
        return sum(0, size);
    }

    /// Four sums side by side, because one addition waits for the one before.
    private double sum(int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += weights[i];
            b += weights[i + 1];
            c += weights[i + 2];
            d += weights[i + 3];
        }
        for (; i < to; i++) {
            a += weights[i];
        }
        return a + b + c + d;
    }

    private int firstAbove(double score) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstNotBelow(double score) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
