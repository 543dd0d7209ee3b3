package dev.tierwise.guard;

import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Decision;
import java.util.List;

/// What the guard found out about one request: its class, who said so, and where it may go. Holds
/// no text of it. Immutable.
///
/// @param dataClass the class of its data
/// @param sources who named a class, such as `scan:phi` and `header:personal`; the highest holds
/// @param sight what the scan saw
/// @param decision where it may go, and by which rule
/// @param tenant for whom it is
public record Judgement(
        DataClass dataClass, List<String> sources, Sight sight, Decision decision, String tenant) {
    public Judgement {
        sources = List.copyOf(sources);
    }
}
