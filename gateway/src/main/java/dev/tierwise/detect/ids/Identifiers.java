package dev.tierwise.detect.ids;

import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;

/// Finds about sixty kinds of identifiers by their form, their check digits and the words before
/// them. One pass; each place looks a bounded way ahead and back. Thread-safe.
public final class Identifiers implements Recogniser {
    /// Makes one; the tables are shared.
    public Identifiers() {}

    @Override
    public void find(Plain text, String field, Hits hits) {
        Pass pass = new Pass(text, hits);
        pass.field(field);
        pass.run();
    }

    @Override
    public String version() {
        return "identifiers-1\n" + String.join("\n", Cues.LINES);
    }

    /// How many steps a look at `text` takes: reads of characters, for tests of linear time.
    static long steps(Plain text) {
        Pass pass = new Pass(text, (_, _, _, _) -> {});
        pass.run();
        return pass.steps;
    }
}
