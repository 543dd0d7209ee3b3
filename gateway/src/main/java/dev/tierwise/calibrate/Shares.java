package dev.tierwise.calibrate;

import java.util.Collections;
import java.util.List;

/// Holds the shares of tiers on any traffic, by one score: the higher it is, the higher the tier. A
/// request goes by the rank of its score among recent ones, so the scale of scores does not matter,
/// and by prices on tiers that have had too much. Any stretch of requests that are free to go
/// anywhere ends within ten requests of its targets, whatever the scores are. Where a value per
/// tier is known, [ValueShares] gets more out of the same shares. Thread-safe; a choice takes about
/// a microsecond and allocates one small array.
public final class Shares {
    private final Quantiles quantiles;
    private final Balance balance;

    private Shares(Balance balance, Quantiles quantiles) {
        this.balance = balance;
        this.quantiles = quantiles;
    }

    /// Begins.
    ///
    /// @param targets the wished share of each tier, lowest first; two at least, their sum is 1
    /// @param prior the scores that are expected, as in [Quantiles#expecting]
    public static Shares of(List<Double> targets, double... prior) {
        return new Shares(Balance.of(Standing.fresh(targets)), Quantiles.expecting(prior));
    }

    /// Goes on where another stood.
    public static Shares restore(State state) {
        return new Shares(Balance.of(state.standing()), Quantiles.restore(state.scores()));
    }

    /// Picks a tier for a request that is free to go anywhere, and counts it.
    ///
    /// @param score how much the request needs a high tier, in any unit; NaN is refused
    /// @param tie any hash of the request: decides among equal scores, so that a constant score
    ///   gives the right shares too
    /// @return the tier's place in the targets
    public synchronized int choose(double score, long tie) {
        quantiles.add(score);
        double rank = quantiles.rank(score, unit(tie));
        // Worths whose best changes from tier k to k + 1 where the rank passes the sum of the
        // targets up to k: the prices below then shift these limits.
        double[] worth = new double[balance.tiers()];
        double limit = 0;
        for (int tier = 1; tier < worth.length; tier++) {
            limit += balance.target(tier - 1);
            worth[tier] = worth[tier - 1] + rank - limit;
        }
        int best = balance.best(worth, 1);
        balance.record(best);
        return best;
    }

    /// Counts a request that had to go to this tier.
    public synchronized void record(int tier) {
        balance.record(tier);
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

    /// What is to be stored.
    public synchronized State state() {
        return new State(balance.standing(), quantiles.state());
    }

    /// An even number from 0 to 1 out of any hash (the mixer of SplitMix64).
    static double unit(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1p-53;
    }

    /// Shares and the scores that they were held on.
    ///
    /// @param standing the targets and how far each tier is from them
    /// @param scores the scores that count
    public record State(Standing standing, Quantiles.State scores) {}

    /// Targets and how far each tier is from them.
    ///
    /// @param targets the wished shares
    /// @param leads how many requests each tier has had more than its share; cut at five
    /// @param counts requests since the start
    public record Standing(List<Double> targets, List<Double> leads, List<Long> counts) {
        private static final int MOST = 1000;

        /// Checks and copies.
        public Standing {
            targets = List.copyOf(targets);
            leads = List.copyOf(leads);
            counts = List.copyOf(counts);
            Checks.sameLength(targets.size(), leads.size());
            Checks.sameLength(targets.size(), counts.size());
            double sum = targets.stream().mapToDouble(Checks::share).sum();
            if (targets.size() < 2 || targets.size() > MOST || Math.abs(sum - 1) > 1e-6) {
                throw new IllegalArgumentException(
                        "not 2 to 1000 shares with the sum 1: " + targets);
            }
            leads.forEach(Checks::finite);
        }

        /// Nothing counted yet.
        static Standing fresh(List<Double> targets) {
            return new Standing(
                    targets,
                    Collections.nCopies(targets.size(), 0.0),
                    Collections.nCopies(targets.size(), 0L));
        }
    }
}
