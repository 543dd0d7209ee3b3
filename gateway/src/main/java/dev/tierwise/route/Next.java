package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import org.jspecify.annotations.Nullable;

/// What follows on an answer that was judged.
public sealed interface Next {
    /// What the answer was held to be.
    Opinion opinion();

    /// The answer is good enough, or nothing better is worth its price.
    ///
    /// @param opinion of the answer
    record Accept(Opinion opinion) implements Next {}

    /// Another model is asked; the answer is kept in case that it fails.
    ///
    /// @param step which of the plan's steps comes next
    /// @param opinion of the answer
    record Climb(int step, Opinion opinion) implements Next {}

    /// Somebody else is asked before it is decided.
    ///
    /// @param kind how
    /// @param by whom
    /// @param opinion of the answer, as far as it goes
    record Consult(Course.Counsel.Kind kind, ModelCard by, Opinion opinion) implements Next {}

    /// What is thought of one answer.
    ///
    /// @param judged the chance that it is good, before the user's own experience counts
    /// @param good the chance that it is good
    /// @param usable whether it may be given to the client when nothing better comes
    /// @param agreed whether others came to the same; null when nobody was asked
    /// @param need how much better the strongest model's answer would be, as a difference of
    ///   chances
    /// @param why in one ASCII line without any word of prompt or answer
    record Opinion(
            double judged,
            double good,
            boolean usable,
            @Nullable Boolean agreed,
            double need,
            String why) {}
}
