package dev.tierwise.route;

import dev.tierwise.predict.Sight;
import dev.tierwise.verify.Question;

/// What is seen of one prompt, once.
///
/// @param question what is asked
/// @param task the task that its client named, or else the kind that was guessed
/// @param sight of its words and shape
/// @param traits of the prompt, as numbers
/// @param difficulty how hard it looks
@SuppressWarnings("ArrayRecordComponent") // made for one request, never compared
record Look(Question question, String task, Sight sight, double[] traits, Difficulty difficulty) {
    @Override
    public String toString() {
        return "Look[" + task + "]";
    }
}
