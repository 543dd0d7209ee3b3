package dev.tierwise.engine.run;

/// What an answer may look like, followed token by token. One an answer, for one thread.
public interface Constraint {
    /// A bit for each token that may come next, the ones that end the answer included where it may
    /// end. Valid until the next call of [#accept].
    long[] allowed();

    /// Takes a token that was allowed and does not end the answer.
    void accept(int token);
}
