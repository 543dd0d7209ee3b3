package dev.tierwise.route;

import dev.tierwise.core.Caller;
import dev.tierwise.guard.Clearance;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the router is asked.
///
/// @param clearance the prompt and who may see it
/// @param caller who asks and what he wishes
/// @param header the request's headers, for rules; null for one that is not there
/// @param healthy whether the model of that name is fit to answer just now
/// @param pace how busy and quick the model of that name is
/// @param day whose prices hold
public record Ask(
        Clearance clearance,
        Caller caller,
        Function<String, @Nullable String> header,
        Predicate<String> healthy,
        Function<String, Pace> pace,
        LocalDate day) {
    /// The header by which a client names a conversation.
    static final String CONVERSATION = "x-tierwise-conversation";

    /// The header by which a client says in how many milliseconds it needs the whole answer.
    public static final String DEADLINE = "x-tierwise-deadline-ms";

    /// Seconds that the whole answer may take; infinite where the client does not say.
    double deadline() {
        String given = header.apply(DEADLINE);
        try {
            return given == null ? Double.POSITIVE_INFINITY : Long.parseLong(given.strip()) / 1e3;
        } catch (NumberFormatException _) {
            return Double.POSITIVE_INFINITY; // the door refuses what is no number
        }
    }

    /// How busy and how quick a model is, as far as it was measured.
    ///
    /// @param inFlight requests that it answers now
    /// @param waiting requests that wait for a free place
    /// @param places requests that it can answer at once
    /// @param loaded whether it is in memory; null where nobody knows
    /// @param tokensPerSecond of an answer; NaN until measured
    /// @param firstByte seconds to the first byte of an answer; NaN until measured
    public record Pace(
            int inFlight,
            int waiting,
            int places,
            @Nullable Boolean loaded,
            double tokensPerSecond,
            double firstByte) {
        /// Nothing is known.
        public static final Pace UNKNOWN = new Pace(0, 0, 1, null, Double.NaN, Double.NaN);
    }
}
