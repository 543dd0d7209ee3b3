package dev.tierwise.audit;

/// What came of opening a trail for writing.
public sealed interface Opened {
    /// It takes records.
    ///
    /// @param trail the open trail, which the receiver must close
    record Ready(Trail trail) implements Opened {}

    /// It cannot take records: another process writes it, the disk cannot be written, or what is
    /// there is not what was written.
    ///
    /// @param message what is wrong, where, and how to mend it
    record Failed(String message) implements Opened {}
}
