package dev.tierwise.ledger;

/// What came of reading a ledger.
public sealed interface Reading {
    /// The sums asked for.
    ///
    /// @param figures the sums, all taken at one moment
    record Found(Figures figures) implements Reading {}

    /// There is no ledger.
    ///
    /// @param message which file is missing and what makes it
    record Missing(String message) implements Reading {}

    /// There is a ledger, but it cannot be read.
    ///
    /// @param message what is wrong with which file and how to mend it
    record Unreadable(String message) implements Reading {}
}
