package dev.tierwise.discover;

import java.time.Duration;

/// The moment by which a search must be over.
///
/// @param nanos on the clock of [System#nanoTime]
record Deadline(long nanos) {
    private static final Duration LEAST = Duration.ofMillis(1);

    /// The deadline that lies so far ahead.
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// How much time is left; a millisecond when none is, for there is no timeout of nothing.
    Duration left() {
        Duration left = Duration.ofNanos(nanos - System.nanoTime());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
