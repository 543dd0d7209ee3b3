package dev.tierwise.policy;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What floors look at.
///
/// @param tenant for whom the request is
/// @param key the name of its key
/// @param route its path
/// @param names names of tools in it, as far as the policy asked for them
/// @param header its headers; null for one that is not there
public record Facts(
        String tenant,
        String key,
        String route,
        Set<String> names,
        Function<String, @Nullable String> header) {
    public Facts {
        names = Set.copyOf(names);
    }
}
