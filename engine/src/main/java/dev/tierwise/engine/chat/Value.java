package dev.tierwise.engine.chat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template works on. Made from plain Java values by [#of] and [#trusted]; immutable, but
/// for the namespaces that a template itself makes.
public sealed interface Value
        permits Text,
                Value.Nothing,
                Value.Truth,
                Value.Whole,
                Value.Real,
                Value.Items,
                Value.Fields,
                Undefined,
                Callable,
                Namespace {

    /// Values nest this deep at most.
    int MOST_NESTED = 128;

    /// A value from outside: maps with string keys, lists, strings, numbers, booleans and null.
    /// None of its strings can become a control token. Anything else is a mistake of the caller's
    /// (`IllegalArgumentException`), as is nesting beyond [#MOST_NESTED].
    static Value of(@Nullable Object plain) {
        return of(plain, 0);
    }

    /// A string that is as good as the template's own: names of tokens from the model's file.
    static Value trusted(String text) {
        return Text.own(text);
    }

    private static Value of(@Nullable Object plain, int depth) {
        if (depth > MOST_NESTED) {
            throw new IllegalArgumentException("nested deeper than " + MOST_NESTED);
        }
        return switch (plain) {
            case null -> Nothing.NOTHING;
            case Value value -> value;
            case String text -> Text.foreign(text);
            case Boolean truth -> Truth.of(truth);
            case Integer number -> new Whole(number);
            case Long number -> new Whole(number);
            case BigInteger number when number.bitLength() < 64 -> new Whole(number.longValue());
            case BigInteger number -> new Real(number.doubleValue());
            case Double number -> new Real(number);
            case Float number -> new Real(number);
            case BigDecimal number -> new Real(number.doubleValue());
            case List<?> list -> {
                var items = new ArrayList<Value>(list.size());
                for (var item : list) {
                    items.add(of(item, depth + 1));
                }
                yield new Items(items);
            }
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<Value, Value>();
                for (var entry : map.entrySet()) {
                    if (!(entry.getKey() instanceof String key)) {
                        throw new IllegalArgumentException("a key is not a string");
                    }
                    fields.put(Text.foreign(key), of(entry.getValue(), depth + 1));
                }
                yield new Fields(fields);
            }
            default ->
                    throw new IllegalArgumentException(
                            "a " + plain.getClass().getName() + " is no value of a template");
        };
    }

    /// Python's `None`.
    enum Nothing implements Value {
        /// The only one.
        NOTHING
    }

    /// `true` or `false`.
    enum Truth implements Value {
        /// `true`.
        TRUE,
        /// `false`.
        FALSE;

        static Truth of(boolean truth) {
            return truth ? TRUE : FALSE;
        }
    }

    /// A whole number.
    ///
    /// @param number the number
    record Whole(long number) implements Value {}

    /// A number with a fraction.
    ///
    /// @param number the number
    record Real(double number) implements Value {}

    /// A list or a tuple.
    ///
    /// @param values in order
    /// @param tuple whether it is a tuple
    record Items(List<Value> values, boolean tuple) implements Value {
        /// Takes a view: whoever makes one gives the list away.
        public Items {
            values = Collections.unmodifiableList(values);
        }

        /// A list.
        public Items(List<Value> values) {
            this(values, false);
        }

        @Override
        public String toString() {
            return "Items[" + values.size() + "]";
        }
    }

    /// A dict; the order is that of insertion.
    ///
    /// @param values by key
    record Fields(Map<Value, Value> values) implements Value {
        /// Takes a view: whoever makes one gives the map away.
        public Fields {
            values = Collections.unmodifiableMap(values);
        }

        @Nullable Value get(String key) {
            return values.get(Text.own(key));
        }

        @Override
        public String toString() {
            return "Fields[" + values.size() + "]";
        }
    }
}
