package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was learned so far, for people.
///
/// @param learned one for each model and kind of correction, by name
/// @param rows those that guarantees are proven from
/// @param alarms of drift, the newest last
/// @param versions that can be gone back to, the newest last
/// @param examples how many outcomes were learned from
/// @param dropped how many could not be, since the start
/// @param trouble why nothing is learned now, and how to mend it; null when all is well
public record Status(
        List<Learned> learned,
        List<Floor.Row> rows,
        List<Alarm> alarms,
        List<Version> versions,
        long examples,
        long dropped,
        @Nullable String trouble) {
    /// Copies.
    public Status {
        learned = List.copyOf(learned);
        rows = List.copyOf(rows);
        alarms = List.copyOf(alarms);
        versions = List.copyOf(versions);
    }

    /// One correction.
    ///
    /// @param model whose probabilities are corrected
    /// @param of what is corrected: `prompts` (what was foretold) or `answers` (what was judged)
    /// @param examples how many outcomes it has seen
    /// @param inForce whether it is used
    /// @param tested how many of the last outcomes, each foretold before it was learned, the two
    ///   losses are over
    /// @param lossBefore mean log loss without any correction
    /// @param lossAfter mean log loss with the correction that is being learned
    /// @param shift what it adds to the logit of a prompt like all others
    public record Learned(
            String model,
            String of,
            long examples,
            boolean inForce,
            int tested,
            double lossBefore,
            double lossAfter,
            double shift) {}
}
