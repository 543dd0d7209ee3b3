package dev.tierwise.policy;

import dev.tierwise.core.DataClass;
import org.jspecify.annotations.Nullable;

/// Raises the class of requests that come in some way. What is null matches all.
///
/// @param name shown to auditors
/// @param when the requests
/// @param dataClass the least class that they have
public record Floor(String name, When when, DataClass dataClass) {
    /// Which requests.
    ///
    /// @param tenant the tenant
    /// @param key the name of the key
    /// @param route the path
    /// @param tool a tool that is offered, called or answered
    /// @param header a header, in small letters, that is there with any value
    public record When(
            @Nullable String tenant,
            @Nullable String key,
            @Nullable String route,
            @Nullable String tool,
            @Nullable String header) {}

    boolean matches(Facts facts) {
        return fits(when.tenant, facts.tenant())
                && fits(when.key, facts.key())
                && fits(when.route, facts.route())
                && (when.tool == null || facts.names().contains(when.tool))
                && (when.header == null || facts.header().apply(when.header) != null);
    }

    private static boolean fits(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }
}
