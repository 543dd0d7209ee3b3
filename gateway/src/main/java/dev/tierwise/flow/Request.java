package dev.tierwise.flow;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Prompt;
import dev.tierwise.guard.Asking;
import java.time.Duration;
import java.time.Instant;

/// One request as it came through the door.
///
/// @param id the id that answer, log and ledger share
/// @param at when its last byte came
/// @param begun the same moment in nanoseconds of [System#nanoTime]
/// @param caller who asks
/// @param prompt what is asked
/// @param asking how it came
public record Request(
        String id, Instant at, long begun, Caller caller, Prompt prompt, Asking asking) {
    /// Time since the request came.
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
