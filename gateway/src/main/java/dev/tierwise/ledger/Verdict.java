package dev.tierwise.ledger;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was decided of one step on the way to an answer, and why.
///
/// @param number 1 for the first verdict of its request
/// @param model whose answer, or whose turn, it was about
/// @param probability that its answer is good; NaN when none was reckoned
/// @param action what was done
/// @param reason why, in a short code; never text of a prompt or an answer
/// @param second the model that was asked for a second opinion; null when none was
/// @param agreed whether the second model came to the same; null when that is not known
/// @param held how long the answer was kept back before it was let go or thrown away, kept in
///   microseconds; null when it was not
public record Verdict(
        int number,
        String model,
        double probability,
        Action action,
        String reason,
        @Nullable String second,
        @Nullable Boolean agreed,
        @Nullable Duration held) {
    /// What was done.
    public enum Action {
        /// The answer was good enough.
        ACCEPT,
        /// A stronger model was asked instead.
        CLIMB,
        /// Another model was asked for its opinion.
        CONSULT,
        /// The model was not asked at all.
        SKIP;

        /// The word in the ledger.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
