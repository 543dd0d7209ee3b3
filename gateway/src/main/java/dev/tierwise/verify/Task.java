package dev.tierwise.verify;

/// What kind of work a request asks for, as far as a look at its words tells.
public enum Task {
    /// A question with lettered options.
    CHOICE,
    /// One label out of a closed list that the prompt names.
    CLASSIFICATION,
    /// Facts taken out of a given text.
    EXTRACTION,
    /// A given text made shorter.
    SUMMARY,
    /// A given text in another language.
    TRANSLATION,
    /// A calculation or a proof.
    MATHS,
    /// A program, or a question on one.
    CODE,
    /// JSON, and nothing else is known of it.
    STRUCTURED,
    /// Everything else.
    CHAT
}
