package dev.tierwise.experience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An answer that was delivered, and what had been foretold of it: what feedback is joined with.
///
/// @param requestId the request's id
/// @param at when it was answered
/// @param key the name of the key that asked
/// @param task the named or guessed task, or an empty text
/// @param model the gateway's name of the model that answered
/// @param traits of the prompt, as for [Example]
/// @param foretold the probability from the prompt alone, before any correction
/// @param judged the probability from the answer, before any correction; NaN when it was not judged
/// @param score how much the prompt needs the frontier, as in rows for guarantees; NaN for none
/// @param accepted whether the first answer that was judged was good enough; null when none was
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record Answered(
        String requestId,
        Instant at,
        String key,
        String task,
        String model,
        double[] traits,
        double foretold,
        double judged,
        double score,
        @Nullable Boolean accepted) {
    /// Checks.
    public Answered {
        Checks.share(foretold);
        if (!Double.isNaN(judged)) {
            Checks.share(judged);
        }
    }

    @Override
    public String toString() {
        return "Answered[" + requestId + ", " + model + "]";
    }
}
