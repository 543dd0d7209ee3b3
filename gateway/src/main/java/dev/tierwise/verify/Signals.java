package dev.tierwise.verify;

import java.util.EnumMap;
import java.util.Map;

/// One number for each [Signal]; 0 where a check had nothing to say. Immutable and thread-safe.
public final class Signals {
    private final EnumMap<Signal, Double> numbers;

    Signals(Map<Signal, Double> numbers) {
        this.numbers = new EnumMap<>(Signal.class);
        this.numbers.putAll(numbers);
    }

    /// The number of one signal.
    public double of(Signal signal) {
        return numbers.getOrDefault(signal, 0.0);
    }

    /// All numbers in the order of [Signal]; the caller may change the array.
    public double[] values() {
        Signal[] order = Signal.values();
        var values = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            values[i] = of(order[i]);
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signals that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        return "Signals" + numbers;
    }
}
