package dev.tierwise.calibrate;

import java.util.List;

/// Holds the shares of tiers on any traffic, by a value per tier, such as the chance that each
/// answers well: the request goes where value less the tier's price is highest. Prices are the dual
/// variables of "most value at these shares"; they follow from online dual ascent with constant
/// steps (Balseiro, Lu, Mirrokni 2020, Dual Mirror Descent for Online Allocation Problems, arXiv
/// 2002.10421), run over recent requests again and again so that they settle within some hundred,
/// and from a second, bounded price on each tier's lead, which holds the shares as firmly as in
/// [Shares]. Steps are relative to how far values lie apart, so their unit does not matter.
/// Thread-safe; a choice takes less than a microsecond with three tiers.
public final class ValueShares {
    private static final int KEPT = 256;
    private static final int REPLAYS = 3;
    private static final double STEP = 0.01;
    private static final double PRESSURE = 3;
    private static final int MEMORY = 200;
    private static final double LEAST_SPREAD = 0.02;

    private final Balance balance;
    private final double[][] kept = new double[KEPT][];
    private final double[] prices;
    private final double[] means;
    private double spread;
    private long seen;

    private ValueShares(State state) {
        balance = Balance.of(state.standing());
        prices = Balance.unboxed(state.prices());
        means = Balance.unboxed(state.means());
        spread = state.spread();
        seen = state.seen();
    }

    /// Begins.
    ///
    /// @param targets the wished share of each tier; two at least, their sum is 1
    public static ValueShares of(List<Double> targets) {
        var nothing = targets.stream().map(_ -> 0.0).toList();
        return restore(new State(Shares.Standing.fresh(targets), nothing, nothing, 0, 0));
    }

    /// Goes on where another stood. What it had kept of recent requests fills anew.
    public static ValueShares restore(State state) {
        return new ValueShares(state);
    }

    /// Picks a tier and counts it.
    ///
    /// @param values what each tier is worth for this request, in the order of the targets;
    ///   negative infinity where it cannot go, NaN and positive infinity are refused
    /// @return the tier's place in the targets
    public synchronized int choose(double... values) {
        Checks.sameLength(values.length, balance.tiers());
        if (allOpen(values)) {
            learn(values.clone());
        }
        double[] worth = values.clone();
        for (int tier = 0; tier < worth.length; tier++) {
            worth[tier] -= prices[tier];
        }
        int best = balance.best(worth, PRESSURE * scale());
        balance.record(best);
        return best;
    }

    /// Counts a request that had to go to this tier.
    public synchronized void record(int tier) {
        balance.record(tier);
    }

    /// A request that was counted for this tier is counted no more: it is decided on anew.
    public synchronized void withdraw(int tier) {
        balance.withdraw(tier);
    }

    /// The shares since the start, forced requests included.
    public synchronized List<Double> actual() {
        return balance.actual();
    }

    /// The shares of the last 500 requests of this run.
    public synchronized List<Double> lately() {
        return balance.lately();
    }

    /// The largest distance of a tier's share of the last 500 requests from its target, 0 to 1.
    public synchronized double drift() {
        return balance.drift();
    }

    /// What one more request is worth to each tier, in the unit of the values; only differences
    /// mean something.
    public synchronized List<Double> prices() {
        return Balance.boxed(prices);
    }

    /// What is to be stored.
    public synchronized State state() {
        return new State(balance.standing(), prices(), Balance.boxed(means), spread, seen);
    }

    private static boolean allOpen(double[] values) {
        boolean some = false;
        boolean all = true;
        for (double value : values) {
            boolean open = value != Double.NEGATIVE_INFINITY;
            some |= open;
            all &= open;
            if (open) {
                Checks.finite(value);
            }
        }
        if (!some) {
            throw new IllegalArgumentException("a request can go to one tier at least");
        }
        return all;
    }

    private void learn(double[] values) {
        if (seen == 0) {
            for (int tier = 0; tier < values.length; tier++) {
                means[tier] = values[tier] - values[0];
                prices[tier] = means[tier];
            }
        }
        double rate = 1.0 / Math.min(seen + 1, MEMORY);
        double apart = 0;
        for (int tier = 1; tier < values.length; tier++) {
            double difference = values[tier] - values[0];
            apart += Math.abs(difference - means[tier]) / (values.length - 1);
            means[tier] += rate * (difference - means[tier]);
        }
        spread += rate * (apart - spread);
        kept[(int) (seen % KEPT)] = values;
        seen++;
        climb(values);
        for (int i = 0; i < REPLAYS; i++) {
            double[] earlier = kept[(int) (Shares.unit(seen * REPLAYS + i) * Math.min(seen, KEPT))];
            if (earlier != null) { // not all are there again after a restart
                climb(earlier);
            }
        }
    }

    /// One step of dual ascent: whoever is chosen becomes dearer, the others cheaper.
    private void climb(double[] values) {
        int best = 0;
        for (int tier = 1; tier < values.length; tier++) {
            if (values[tier] - prices[tier] > values[best] - prices[best]) {
                best = tier;
            }
        }
        double step = STEP * scale();
        for (int tier = 0; tier < values.length; tier++) {
            prices[tier] += step * ((tier == best ? 1 : 0) - balance.target(tier));
        }
    }

    /// How far values lie apart: their spread, or a little of their size where they do not vary.
    private double scale() {
        double size = 0;
        for (double mean : means) {
            size = Math.max(size, Math.abs(mean));
        }
        return Math.max(1.5 * spread, Math.max(LEAST_SPREAD * size, 1e-9));
    }

    /// Shares and the prices that hold them.
    ///
    /// @param standing the targets and how far each tier is from them
    /// @param prices of the tiers, in the unit of the values
    /// @param means of the difference between each tier's value and the first one's
    /// @param spread mean distance of these differences from their means
    /// @param seen how many requests these are made of
    public record State(
            Shares.Standing standing,
            List<Double> prices,
            List<Double> means,
            double spread,
            long seen) {
        /// Checks and copies.
        public State {
            prices = List.copyOf(prices);
            means = List.copyOf(means);
            Checks.sameLength(prices.size(), standing.targets().size());
            Checks.sameLength(means.size(), standing.targets().size());
            prices.forEach(Checks::finite);
            means.forEach(Checks::finite);
            Checks.finite(spread);
        }
    }
}
