package dev.tierwise.predict;

/// Standard deviations.
final class Spread {
    private Spread() {}

    /// That of `values` about `mean`, never 0.
    static double of(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.max(Math.sqrt(sum / Math.max(1, values.length)), 1e-6);
    }
}
