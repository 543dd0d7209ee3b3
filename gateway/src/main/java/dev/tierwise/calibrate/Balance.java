package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// How many requests each tier has had more than its share (its lead), and the price that follows.
/// Near 0 the price is the integral of the error, as in online dual ascent with a constant step; it
/// grows without bound as a lead comes to four requests. A tier with that lead is closed, one that
/// is as far behind is next, so that free requests never bring a lead of five: that is 1 % of 500,
/// and any 500 of them end within 2 points of the targets whatever their scores are. Leads are cut
/// at five, so that forced requests do not wind up a debt that free ones would have to pay. Not
/// thread-safe.
final class Balance {
    private static final double BOUND = 4;
    private static final double MOST = BOUND + 1;
    private static final double STEP = 0.02;
    private static final int RECENT = 500;
    private static final double STEEP = 0.999;

    private final double[] targets;
    private final double[] leads;
    private final long[] counts;
    private final int[] recentCounts;
    private final short[] recent = new short[RECENT];
    private long seen;

    private Balance(double[] targets) {
        this.targets = targets;
        leads = new double[targets.length];
        counts = new long[targets.length];
        recentCounts = new int[targets.length];
    }

    static Balance of(Shares.Standing standing) {
        var balance = new Balance(unboxed(standing.targets()));
        for (int tier = 0; tier < balance.tiers(); tier++) {
            balance.leads[tier] = Math.clamp(standing.leads().get(tier), -MOST, MOST);
            balance.counts[tier] = standing.counts().get(tier);
        }
        return balance;
    }

    int tiers() {
        return targets.length;
    }

    double target(int tier) {
        return targets[tier];
    }

    /// The tier that is worth most after its price, among those that are open.
    ///
    /// @param worth of each tier; negative infinity where this request cannot go there
    /// @param scale how far worths lie apart, in their own unit
    int best(double[] worth, double scale) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        int left = -1;
        for (int tier = 0; tier < targets.length; tier++) {
            if (worth[tier] == Double.NEGATIVE_INFINITY) {
                continue;
            }
            double net =
                    leads[tier] <= -BOUND
                            ? Double.MAX_VALUE
                            : worth[tier] - scale * price(leads[tier] / BOUND);
            if (leads[tier] < BOUND && (net > most || best < 0)) {
                best = tier;
                most = net;
            }
            if (left < 0 || leads[tier] < leads[left]) {
                left = tier;
            }
        }
        return best < 0 ? left : best;
    }

    /// What a lead costs, in steps: as much as the lead while it is small.
    double pressure(int tier) {
        return price(leads[tier] / BOUND) / STEP;
    }

    private static double price(double lead) {
        double size = Math.min(Math.abs(lead), STEEP);
        return STEP * BOUND * Math.copySign(size / (1 - size * size), lead);
    }

    void record(int tier) {
        Objects.checkIndex(tier, targets.length);
        for (int k = 0; k < targets.length; k++) {
            double lead = leads[k] - targets[k] + (k == tier ? 1 : 0);
            leads[k] = Math.clamp(lead, -MOST, MOST);
        }
        counts[tier]++;
        int place = (int) (seen % RECENT);
        if (seen >= RECENT) {
            recentCounts[recent[place]]--;
        }
        recent[place] = (short) tier;
        recentCounts[tier]++;
        seen++;
    }

    /// A request that was counted for a tier is counted no more, to be counted anew.
    void withdraw(int tier) {
        Objects.checkIndex(tier, targets.length);
        for (int k = 0; k < targets.length; k++) {
            double lead = leads[k] + targets[k] - (k == tier ? 1 : 0);
            leads[k] = Math.clamp(lead, -MOST, MOST);
        }
        counts[tier] = Math.max(0, counts[tier] - 1);
        int last = (int) ((seen + RECENT - 1) % RECENT);
        for (long back = 1; back <= Math.min(seen, RECENT); back++) {
            int place = (int) ((seen + RECENT - back) % RECENT);
            if (recent[place] == tier) {
                recent[place] = recent[last]; // their order means nothing
                recentCounts[tier]--;
                seen--;
                return;
            }
        }
    }

    List<Double> actual() {
        double all = Math.max(1, Arrays.stream(counts).sum());
        return Arrays.stream(counts).mapToObj(count -> count / all).toList();
    }

    List<Double> lately() {
        double all = Math.clamp(seen, 1, RECENT);
        return Arrays.stream(recentCounts).mapToObj(count -> count / all).toList();
    }

    double drift() {
        double worst = 0;
        for (int tier = 0; seen > 0 && tier < targets.length; tier++) {
            double share = recentCounts[tier] / (double) Math.min(seen, RECENT);
            worst = Math.max(worst, Math.abs(share - targets[tier]));
        }
        return worst;
    }

    Shares.Standing standing() {
        return new Shares.Standing(
                boxed(targets), boxed(leads), Arrays.stream(counts).boxed().toList());
    }

    static double[] unboxed(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
