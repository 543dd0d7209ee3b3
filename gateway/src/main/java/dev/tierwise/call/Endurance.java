package dev.tierwise.call;

import java.time.Duration;

/// How much trouble with an upstream is borne.
///
/// @param retries further tries after the first, where another may help
/// @param maxConcurrent requests that the upstream may have at once
/// @param queueWait how long a request waits for a free place
/// @param patience the longest pause between two tries, whatever the upstream asks for
public record Endurance(int retries, int maxConcurrent, Duration queueWait, Duration patience) {
    public Endurance {
        if (retries < 0 || maxConcurrent < 1 || queueWait.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("endurance out of range");
        }
    }
}
