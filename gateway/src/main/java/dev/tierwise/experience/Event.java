package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.time.Instant;

/// What changes what is known; what the journal keeps.
sealed interface Event {
    /// An outcome.
    record Learn(Example example) implements Event {}

    /// A request that both models have answered.
    record Pair(Instant at, String requestId, Floor.Row row) implements Event {}

    /// Traffic has drifted.
    ///
    /// @param from rows before it speak of other traffic
    record Drifted(Alarm alarm, Instant from) implements Event {}

    /// What was learned is exchanged for the state of a version.
    ///
    /// @param made the number of the version that this makes
    /// @param to the version that is gone back to; 0 for nothing learned
    record Turned(Instant at, long made, long to) implements Event {
        String cause() {
            return cause(to);
        }

        /// Why there is a version that a turn to `to` has made.
        static String cause(long to) {
            return to == 0 ? "reset" : "rollback to " + to;
        }
    }
}
