package dev.tierwise.route;

import dev.tierwise.core.ModelCard;

/// What follows on an answer that was judged.
public sealed interface Next {
    /// How good the answer is held to be: a probability.
    double good();

    /// Why, in one ASCII line without any word of prompt or answer.
    String why();

    /// The answer is good enough, or nothing better is worth its price.
    ///
    /// @param good the probability that it is good
    /// @param why in one line
    record Accept(double good, String why) implements Next {}

    /// Another model is asked; the answer is kept in case that it fails.
    ///
    /// @param step which of the plan's steps comes next
    /// @param good the probability that the answer is good
    /// @param why in one line
    record Climb(int step, double good, String why) implements Next {}

    /// A second small model is asked the same, and both answers are compared.
    ///
    /// @param second the model
    /// @param good the probability that the answer is good, as far as it is known
    /// @param why in one line
    record Consult(ModelCard second, double good, String why) implements Next {}
}
