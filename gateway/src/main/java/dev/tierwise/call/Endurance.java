package dev.tierwise.call;

import dev.tierwise.core.Failure;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much trouble with an upstream is borne.
///
/// @param retries further tries after the first, where another may help
/// @param maxConcurrent requests that the upstream may have at once
/// @param queueWait how long a request waits for a free place
/// @param patience the longest pause between two tries, whatever the upstream asks for
public record Endurance(int retries, int maxConcurrent, Duration queueWait, Duration patience) {
    private static final IntervalFunction PAUSE =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2.0, 0.5);

    public Endurance {
        if (retries < 0 || maxConcurrent < 1 || queueWait.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("endurance out of range");
        }
    }

    /// How long to pause before the next try, or null when another try cannot help or may not be:
    /// jittered, doubling, and as long as the upstream asked for where that is not beyond patience.
    ///
    /// @param number how many tries there have been
    public @Nullable Duration pauseBefore(int number, Failure failure) {
        if (number > retries || !passes(failure)) {
            return null;
        }
        Duration wait = Duration.ofMillis(PAUSE.apply(number));
        if (failure instanceof Failure.Overloaded(_, Duration asked) && asked != null) {
            wait = asked.compareTo(wait) > 0 ? asked : wait;
        }
        return wait.compareTo(patience) > 0 ? null : wait;
    }

    /// Whether the same request may do better at the same upstream in a moment.
    private static boolean passes(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded _ -> true;
            case Failure.Broken(_, Failure.Fault fault) ->
                    switch (fault) {
                        case REFUSED, SERVER_ERROR, CUT, GARBLED -> true;
                        case CREDENTIALS, MODEL_MISSING, BREAKER_OPEN -> false;
                    };
            case Failure.Timeout(_, Failure.Phase phase) -> phase == Failure.Phase.CONNECT;
            case Failure.Malformed _,
                    Failure.Forbidden _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Unready _,
                    Failure.Uncleared _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    false;
        };
    }
}
