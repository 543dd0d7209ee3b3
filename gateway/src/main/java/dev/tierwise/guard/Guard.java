package dev.tierwise.guard;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Prompt;

/// Says which models may see a prompt. The class of a prompt is the highest that key, header or the
/// gateway's own floor names; a caller can raise it and never lower it. Stateless, thread-safe.
public final class Guard {
    private final DataClass floor;

    /// @param floor the class of data that nobody classified
    public Guard(DataClass floor) {
        this.floor = floor;
    }

    /// The leave for one prompt.
    public Clearance check(Prompt prompt, Caller caller) {
        return new Clearance(prompt, floor.join(caller.dataClass()));
    }
}
