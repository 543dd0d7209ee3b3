package dev.tierwise.engine.token;

/// Plain text to tokens and a plain token to bytes: what differs between the kinds of vocabularies.
/// Safe for any number of threads.
sealed interface Words permits ByteLevelWords, ScoredWords {

    /// Appends the tokens of `text`, which holds no lone surrogate. `first` tells that nothing
    /// stands before it, or a control token.
    void encode(String text, boolean first, Ints tokens);

    /// The bytes that a token's `text` stands for.
    byte[] bytes(String text, Kind kind);

    /// Whether `encode` puts a space before a text that stands first.
    boolean addsSpace();

    /// Whether a prompt starts with `bos` when the file is silent.
    boolean addsBos();
}
