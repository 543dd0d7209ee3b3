package dev.tierwise.ledger;

import java.time.Instant;

/// A stretch of time.
///
/// @param from its first moment, to the millisecond
/// @param until the first moment after it
public record Span(Instant from, Instant until) {
    /// All of time.
    public static final Span ALL = new Span(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));

    public Span {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a span ends before it begins");
        }
    }

    /// From `from` to the end of time.
    public static Span since(Instant from) {
        return new Span(from, from.isAfter(ALL.until) ? from : ALL.until);
    }
}
