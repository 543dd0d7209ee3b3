package dev.tierwise.evaluate;

import java.util.Arrays;

/// The measures as RouteLLM takes them (`routellm/evals/evaluate.py`): from the eleven thresholds
/// that part the scores into ten equal bins, with NumPy's interpolation, which takes it for granted
/// that quality rises with the share. For comparison with published tables only.
///
/// @param apgr average performance gap recovered
/// @param cpt50 percent of calls at which half of the gap is closed
/// @param cpt80 the same for four fifths of it
record Bins(double apgr, double cpt50, double cpt80) {
    private static final int COUNT = 10;

    /// Of scores; as in [Curve].
    static Bins of(double[] need, double[] weak, double[] strong) {
        double[] sorted = need.clone();
        Arrays.sort(sorted);
        double[] edges = new double[COUNT + 1];
        for (int i = 0; i <= COUNT; i++) {
            edges[i] = Resamples.between(sorted, (double) i / COUNT);
        }
        edges = Arrays.stream(edges).distinct().toArray();
        double[] share = new double[edges.length];
        double[] quality = new double[edges.length];
        for (int i = 0; i < edges.length; i++) {
            int to = edges.length - 1 - i;
            for (int row = 0; row < need.length; row++) {
                boolean up = need[row] >= edges[i];
                share[to] += (up ? 1.0 : 0) / need.length;
                quality[to] += (up ? strong[row] : weak[row]) / need.length;
            }
        }
        double low = Arrays.stream(weak).average().orElse(0);
        double high = Arrays.stream(strong).average().orElse(0);
        if (!(high > low) || edges.length < 2) {
            return new Bins(Double.NaN, Double.NaN, Double.NaN);
        }
        double area = 0;
        double width = 0;
        for (int i = 1; i < share.length; i++) {
            area += (share[i] - share[i - 1]) * (quality[i] + quality[i - 1]) / 2;
            width += share[i] - share[i - 1];
        }
        return new Bins(
                (area - low * width) / ((high - low) * width),
                100 * between(low + .5 * (high - low), quality, share),
                100 * between(low + .8 * (high - low), quality, share));
    }

    /// `numpy.interp`: a binary search, whether `xs` rises or not.
    private static double between(double x, double[] xs, double[] ys) {
        int last = xs.length - 1;
        if (x > xs[last]) {
            return ys[last];
        }
        if (x < xs[0]) {
            return ys[0];
        }
        int low = 0;
        int high = xs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (x >= xs[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int at = Math.clamp(low - 1L, 0, last);
        if (at == last || xs[at + 1] == xs[at]) {
            return ys[at];
        }
        return ys[at] + (x - xs[at]) * (ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at]);
    }
}
