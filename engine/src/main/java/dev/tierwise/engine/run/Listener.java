package dev.tierwise.engine.run;

import java.util.List;

/// Who is told of an answer as it comes. Called on the engine's own thread, which must not be held
/// up: hand things on and return.
public interface Listener {
    /// The next token.
    void token(Token token);

    /// There are no more. Called once, last.
    void end(End end);

    /// One token of an answer.
    ///
    /// @param id its number
    /// @param text the text that is whole with it; empty while a character is incomplete or a stop
    ///   text may have begun
    /// @param logprob the natural logarithm of its chance as the model saw it; NaN where not asked
    /// @param others the likeliest tokens in its place, where asked
    record Token(int id, String text, double logprob, List<Chance> others) {
        public Token {
            others = List.copyOf(others);
        }
    }

    /// A token and its chance.
    ///
    /// @param id its number
    /// @param logprob the natural logarithm of its chance
    record Chance(int id, double logprob) {}

    /// How an answer ended.
    ///
    /// @param why the reason
    /// @param message what went wrong, for [Why#FAILED]; otherwise empty
    /// @param text text that was held back and belongs to the answer
    /// @param counts what it took
    record End(Why why, String message, String text, Counts counts) {}

    /// Why an answer ended.
    enum Why {
        /// The model ended it, or a stop text came.
        STOP,
        /// As many tokens as were allowed, or the context is full.
        LENGTH,
        /// It was no longer wanted.
        CANCELLED,
        /// The engine could not go on.
        FAILED
    }

    /// What an answer took.
    ///
    /// @param prompt tokens of the prompt
    /// @param cached of these, tokens that were kept from an earlier request
    /// @param generated tokens of the answer, the one that ended it not included
    record Counts(int prompt, int cached, int generated) {}
}
