package dev.tierwise.ledger;

import java.util.Locale;

/// How a request ended, from the client's side.
public enum Outcome {
    /// The client has a whole answer.
    ANSWERED,
    /// The gateway said no before any model was called.
    REFUSED,
    /// No model gave an answer; the client has an error and not one byte of an answer.
    FAILED,
    /// The answer broke off after its first bytes had gone out.
    BROKEN,
    /// The client left before the end.
    ABANDONED;

    /// The word in the ledger and in reports, such as `answered`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
