package dev.tierwise.engine.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `namespace(...)` makes: the only value that changes. One per rendering, so for one thread.
///
/// @param values by name
record Namespace(Map<String, Value> values) implements Value {
    Namespace {
        values = new LinkedHashMap<>(values);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
