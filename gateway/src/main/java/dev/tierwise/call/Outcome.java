package dev.tierwise.call;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Failure;

/// What asking a model came to.
public sealed interface Outcome {
    /// The answer is here.
    ///
    /// @param answer the whole answer
    record Whole(Answer answer) implements Outcome {}

    /// The answer has begun and can be relayed. Whoever gets this must call [AnswerStream#relay] or
    /// [AnswerStream#drop] once, or the upstream's slot stays taken.
    ///
    /// @param stream the rest of it
    record Begun(AnswerStream stream) implements Outcome {}

    /// There is no answer.
    ///
    /// @param failure why
    record Failed(Failure failure) implements Outcome {}
}
