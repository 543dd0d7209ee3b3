package dev.tierwise.engine.gguf;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// What a file says of its model, by keys such as `general.architecture`. Immutable. Asking for a
/// value as another kind than it is gives nothing.
public final class Metadata {
    private final Map<String, Object> values;

    Metadata(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Numbers of a list, as they stand in the file. Immutable.
    public static final class Numbers {
        private final double[] values;

        Numbers(double[] values) {
            this.values = values;
        }

        /// How many there are.
        public int size() {
            return values.length;
        }

        /// The one at `index`, counted from 0.
        public double at(int index) {
            return values[index];
        }

        @Override
        public String toString() {
            return values.length > 8 ? values.length + " numbers" : Arrays.toString(values);
        }
    }

    /// All keys, in the file's order.
    public Set<String> keys() {
        return values.keySet();
    }

    /// A text.
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// A whole number of any width.
    public OptionalLong whole(String key) {
        return values.get(key) instanceof Long number
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    /// A number, whole or not.
    public OptionalDouble real(String key) {
        return switch (values.get(key)) {
            case Double number -> OptionalDouble.of(number);
            case Long number -> OptionalDouble.of((double) number);
            case null, default -> OptionalDouble.empty();
        };
    }

    /// Yes or no.
    public Optional<Boolean> flag(String key) {
        return values.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /// A list of texts; empty when there is none.
    @SuppressWarnings("unchecked") // the reader makes lists of texts only
    public List<String> texts(String key) {
        return values.get(key) instanceof List<?> list ? (List<String>) list : List.of();
    }

    /// A list of numbers.
    public Optional<Numbers> numbers(String key) {
        return values.get(key) instanceof Numbers numbers ? Optional.of(numbers) : Optional.empty();
    }
}
