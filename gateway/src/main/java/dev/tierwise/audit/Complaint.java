package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/// Turns what the system says about files into what a user can do.
final class Complaint {
    private Complaint() {}

    /// What is wrong with the trail in `folder` and how to mend it.
    static String of(Path folder, IOException fault) {
        return "The audit trail in " + folder + " " + meaning(fault);
    }

    private static String meaning(IOException fault) {
        if (fault instanceof Tail.Changed changed) {
            return "is not written: "
                    + changed.changed().getFileName()
                    + " was changed or removed by another program. Put it back as it was; or end"
                    + " the gateway, keep the folder as evidence, and see ./tw audit verify.";
        }
        String message = String.valueOf(fault.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space") || lower.contains("not enough space")) {
            return "cannot grow: its disk is full. Free some space there.";
        }
        if (lower.contains("quota")) {
            return "cannot grow: its owner's quota is used up. Free some space there.";
        }
        if (fault instanceof AccessDeniedException
                || lower.contains("permission denied")
                || lower.contains("read-only")) {
            return "cannot be written. Let this user write to the folder and the files in it ("
                    + message
                    + ").";
        }
        return "cannot be written: the disk reports an error ("
                + fault.getClass().getSimpleName()
                + ": "
                + message
                + "). Check the disk and its free space.";
    }
}
