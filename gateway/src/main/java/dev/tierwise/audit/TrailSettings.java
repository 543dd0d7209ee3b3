package dev.tierwise.audit;

import java.nio.file.Path;
import java.time.InstantSource;

/// Where a trail is and how long it is kept.
///
/// @param folder its folder
/// @param witness a file outside the folder that holds a copy of the newest checkpoint, so that
///   cutting off the end of all files in the folder is found on this machine
/// @param retention how long records are kept
/// @param clock what tells the time
public record TrailSettings(Path folder, Path witness, Retention retention, InstantSource clock) {
    public TrailSettings {
        folder = folder.toAbsolutePath().normalize();
        witness = witness.toAbsolutePath().normalize();
        if (witness.startsWith(folder)) {
            throw new IllegalArgumentException(
                    "the copy of the newest checkpoint must lie outside the audit folder: "
                            + witness);
        }
    }

    /// Kept for six years by the clock of this machine.
    public static TrailSettings usual(Path folder, Path witness) {
        return new TrailSettings(folder, witness, Retention.USUAL, InstantSource.system());
    }
}
