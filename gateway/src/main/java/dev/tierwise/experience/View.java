package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What requests see of what was learned. Immutable.
///
/// @param prompts the corrections in force of what is foretold, by model
/// @param answers the corrections in force of what is judged, by model
/// @param rows those that guarantees are proven from
/// @param pairs how many rows ever came
/// @param generation rises whenever rows were taken away
record View(
        Map<String, Addition> prompts,
        Map<String, Addition> answers,
        List<Floor.Row> rows,
        long pairs,
        long generation) {
    static final View NOTHING = new View(Map.of(), Map.of(), List.of(), 0, 0);

    /// What is in force of all corrections.
    static Map<String, Addition> inForce(Map<String, Correction> all) {
        var found = new HashMap<String, Addition>();
        all.forEach((model, correction) -> {
            Addition addition = correction.inForce();
            if (addition != null) {
                found.put(model, addition);
            }
        });
        return Map.copyOf(found);
    }
}
