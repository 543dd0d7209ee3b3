package dev.tierwise.discover;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Environment variables, where a blank value is none.
///
/// @param lookup the value of a variable; null when it is not set
record Variables(Function<String, @Nullable String> lookup) {
    /// The first of these that is set.
    Optional<String> firstSet(List<String> names) {
        return names.stream().filter(name -> !value(name).isBlank()).findFirst();
    }

    /// The value of a variable; empty when it is not set.
    String value(String name) {
        String value = lookup.apply(name);
        return value == null ? "" : value;
    }

    @Override
    public String toString() {
        return "Variables[]";
    }
}
