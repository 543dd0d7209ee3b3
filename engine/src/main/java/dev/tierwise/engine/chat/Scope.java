package dev.tierwise.engine.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names and what they stand for, with those around them.
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Value> values;

    Scope(@Nullable Scope outer, Map<String, Value> values) {
        this.outer = outer;
        this.values = new HashMap<>(values);
    }

    Scope inside() {
        return new Scope(this, Map.of());
    }

    void set(String name, Value value) {
        values.put(name, value);
    }

    Value get(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            var value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return new Undefined(name);
    }
}
