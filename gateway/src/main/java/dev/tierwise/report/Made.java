package dev.tierwise.report;

/// What came of asking for a report.
public sealed interface Made {
    /// The report, which may be of no requests at all.
    ///
    /// @param report the report
    record Done(Report report) implements Made {}

    /// There is no ledger to report on.
    ///
    /// @param message which file is missing and what makes it
    record Missing(String message) implements Made {}

    /// There is a ledger, but it cannot be read.
    ///
    /// @param message what is wrong with which file and how to mend it
    record Unreadable(String message) implements Made {}
}
