package dev.tierwise.ledger;

/// What came of opening a ledger for writing.
public sealed interface Opened {
    /// It takes records.
    ///
    /// @param ledger the open ledger, which the receiver must close
    record Ready(Ledger ledger) implements Opened {}

    /// It cannot take records.
    ///
    /// @param message what is wrong, with which file, and how to mend it
    record Failed(String message) implements Opened {}
}
