package dev.tierwise.call.runtime;

import dev.tierwise.core.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What Ollama tells of one transfer, line by line: a status each, an error at a bad end, `success`
/// at a good one. For one thread.
final class PullCourse {
    private final RuntimeControl.Progress progress;
    private boolean success;
    private boolean garbled;
    private @Nullable String error;

    PullCourse(RuntimeControl.Progress progress) {
        this.progress = progress;
    }

    /// Takes one line; false ends the transfer.
    boolean line(String line) {
        if (line.isBlank()) {
            return true;
        }
        JsonNode root = Questions.read(line);
        if (root == null) {
            garbled = true;
            return false;
        }
        if (root.has("error")) {
            error = root.path("error").asString("no reason given");
            return false;
        }
        String status = root.path("status").asString("");
        success |= status.equals("success");
        return progress.now(
                status,
                Questions.number(root.path("completed")),
                Questions.number(root.path("total")));
    }

    /// What it came to after its last line.
    @Nullable Failure outcome(RuntimeServer server) {
        return success
                ? null
                : new Failure.Broken(
                        server
                                + ": the transfer ended before it was whole; pull again, it goes on.",
                        Failure.Fault.CUT);
    }

    /// What it came to where no more lines were wanted.
    Failure stopped(RuntimeServer server) {
        if (garbled) {
            return Questions.garbled(server, "POST /api/pull");
        }
        String said = error;
        return said == null
                ? new Failure.Abandoned("The transfer was stopped; pull again, it goes on.")
                : new Failure.Broken(
                        server
                                + ": the model cannot be pulled ("
                                + said.replaceAll("\\p{Cntrl}+", " ")
                                + "); check its name and the disk.",
                        Failure.Fault.SERVER_ERROR);
    }
}
