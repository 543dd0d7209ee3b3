package dev.tierwise.flow;

import dev.tierwise.experience.Experience;

/// How the user's own traffic teaches.
///
/// @param experience what it has taught
/// @param on whether verdicts teach as well
/// @param explore the part of accepted answers that are compared with the strongest model's
public record Learning(Experience experience, boolean on, double explore) {
    /// Whether a request is among those that are compared: by its id, so that it can be told again.
    boolean chosen(String requestId) {
        long mixed = requestId.hashCode() * 0x9E3779B97F4A7C15L;
        return on && (mixed >>> 11) * 0x1p-53 < explore;
    }
}
