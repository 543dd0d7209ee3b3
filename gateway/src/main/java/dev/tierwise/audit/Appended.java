package dev.tierwise.audit;

/// What came of a record.
public sealed interface Appended {
    /// It is on disk and would survive a loss of power.
    ///
    /// @param sequence its number
    record Durable(long sequence) implements Appended {}

    /// It was not taken and will not be written.
    ///
    /// @param message why, and how to mend it
    record Refused(String message) implements Appended {}

    /// It is not on disk yet; it is kept and tried again.
    ///
    /// @param message what it waits for
    record Waiting(String message) implements Appended {}
}
