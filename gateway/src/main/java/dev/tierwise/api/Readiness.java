package dev.tierwise.api;

import java.util.List;

/// Whether requests can be answered now.
///
/// @param reasons why not, each with what to do; empty when ready
/// @param models how many models can be reached
public record Readiness(List<String> reasons, int models) {
    public Readiness {
        reasons = List.copyOf(reasons);
    }

    boolean ready() {
        return reasons.isEmpty();
    }
}
