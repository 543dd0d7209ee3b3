package dev.tierwise.bench;

import java.util.List;

/// The middle and the ends of some measurements of the same thing.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param min the smallest
/// @param max the largest
record Spread(double median, double min, double max) {
    /// @param values at least one
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs at least one value");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
}
