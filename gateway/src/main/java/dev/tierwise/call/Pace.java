package dev.tierwise.call;

import dev.tierwise.core.Usage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fast a model answered of late. Reading takes no lock; writing happens once an answer.
/// Thread-safe.
final class Pace {
    /// What the latest answer counts; the last ten make nine tenths of the mean.
    private static final double LATEST = 0.2;

    /// Fewer tokens tell more of the first than of the rest.
    private static final int LEAST_TOKENS = 8;

    /// A stream that comes faster was made before it was sent.
    private static final Duration LEAST_TIME = Duration.ofMillis(10);

    private volatile double tokensPerSecond = Double.NaN;
    private volatile double firstTokenMillis = Double.NaN;
    private volatile @Nullable Instant used;

    double tokensPerSecond() {
        return tokensPerSecond;
    }

    double firstTokenMillis() {
        return firstTokenMillis;
    }

    @Nullable Instant used() {
        return used;
    }

    void begun(Instant at) {
        used = at;
    }

    /// A stream came to an end.
    ///
    /// @param rest the time after its first piece
    synchronized void streamed(Usage usage, Duration first, Duration rest) {
        firstTokenMillis = mean(firstTokenMillis, first.toNanos() / 1e6);
        if (rest.compareTo(LEAST_TIME) < 0) {
            measured(usage.output(), first.plus(rest));
        } else {
            measured(usage.output() - 1, rest);
        }
    }

    /// An answer came in one piece.
    synchronized void whole(Usage usage, Duration took) {
        double first = firstTokenMillis;
        long wait = Double.isNaN(first) ? 0 : (long) (first * 1e6);
        // a wait that was measured with longer prompts may be more than all of this
        measured(usage.output(), took.minusNanos(Math.min(wait, took.toNanos() / 2)));
    }

    private void measured(long tokens, Duration time) {
        if (tokens >= LEAST_TOKENS && time.isPositive()) {
            tokensPerSecond = mean(tokensPerSecond, tokens * 1e9 / time.toNanos());
        }
    }

    private static double mean(double so, double latest) {
        return Double.isNaN(so) ? latest : so + LATEST * (latest - so);
    }
}
