package dev.tierwise.models;

import dev.tierwise.call.Download.Ended;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts the tries that brought nothing, and says how long to wait before the next. Not
/// thread-safe.
final class Tries {
    private static final int MOST = 5;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private int failed;

    /// Something came, so the count begins anew.
    void progress() {
        failed = 0;
    }

    /// How long to wait before another try; null when there have been enough or none can help.
    @Nullable Duration next(Ended ended) {
        Duration asked =
                switch (ended) {
                    case Ended.Cut _, Ended.Unreachable _ -> Duration.ZERO;
                    case Ended.Refused(int status, Duration wait) ->
                            busy(status) ? least(wait) : null;
                    case Ended.Whole _, Ended.Stopped _, Ended.Forbidden _ -> null;
                };
        failed++;
        if (asked == null || failed >= MOST || Thread.currentThread().isInterrupted()) {
            return null;
        }
        Duration own = Duration.ofSeconds(1L << (failed - 1));
        Duration wait = asked.compareTo(own) > 0 ? asked : own;
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration least(@Nullable Duration asked) {
        return asked == null ? Duration.ZERO : asked;
    }

    /// Whether the same request may succeed later.
    static boolean busy(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    String shown() {
        return "try " + (failed + 1) + " of " + MOST;
    }
}
