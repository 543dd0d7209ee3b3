package dev.tierwise.ledger;

import dev.tierwise.core.Tier;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody thought of an answer. A later one of the same request takes the place of an
/// earlier one. Holds no word of it: of a corrected answer only that there was one.
///
/// @param requestId the request whose answer it is about
/// @param at when it came, kept in milliseconds
/// @param key the name of the key that sent it
/// @param kind how it was said
/// @param score from 0 (bad) to 1 (good)
/// @param model that had given the answer; null when none had
/// @param tier of that model; null when that is not known
public record Feedback(
        String requestId,
        Instant at,
        String key,
        Kind kind,
        double score,
        @Nullable String model,
        @Nullable Tier tier)
        implements Line {
    public Feedback {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a score lies from 0 to 1: " + score);
        }
    }

    /// How it was said, the least exact first.
    public enum Kind {
        /// Up or down.
        THUMB,
        /// The right answer was given.
        CORRECTED,
        /// A number.
        SCORE;

        /// The word in the ledger.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
