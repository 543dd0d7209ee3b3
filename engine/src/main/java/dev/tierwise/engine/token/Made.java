package dev.tierwise.engine.token;

/// What became of a [Vocabulary].
public sealed interface Made {

    /// It can be used.
    ///
    /// @param tokenizer made from it
    record Ready(Tokenizer tokenizer) implements Made {}

    /// It cannot be used.
    ///
    /// @param field the key of the file that is at fault
    /// @param problem what is wrong with it, and what would be right
    record Refused(String field, String problem) implements Made {}
}
