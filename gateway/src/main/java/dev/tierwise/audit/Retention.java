package dev.tierwise.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/// How long records are kept.
///
/// @param keep the time; six months or more, whichever months those are
public record Retention(Period keep) {
    private static final Period SHORTEST = Period.ofMonths(6);

    /// Six years, which 45 CFR 164.316(b)(2) asks of a HIPAA entity's documentation.
    public static final Retention USUAL = new Retention(Period.ofYears(6));

    /// @throws IllegalArgumentException with the reason when `keep` is under six months
    public Retention {
        for (int month = 1; month <= 12; month++) {
            LocalDate day = LocalDate.of(2025, month, 1);
            if (day.plus(keep).isBefore(day.plus(SHORTEST))) {
                throw new IllegalArgumentException(
                        "audit records must be kept for 6 months at least (EU AI Act art. 26(6));"
                                + " a HIPAA entity keeps them for 6 years (45 CFR 164.316(b)(2))."
                                + " "
                                + keep
                                + " is less; give 6 months or more, such as P6Y.");
            }
        }
    }

    /// The moment before which records may be dropped.
    Instant limit(Instant now) {
        return now.atOffset(ZoneOffset.UTC).minus(keep).toInstant();
    }

    /// What came of dropping old records.
    public sealed interface Result {
        /// Old segments are gone; a signed statement says so.
        ///
        /// @param through the last record dropped
        /// @param newest when it was written
        record Dropped(long through, String newest) implements Result {}

        /// No segment is old as a whole.
        record Nothing() implements Result {}

        /// Nothing was dropped.
        ///
        /// @param message why, and how to mend it
        record Failed(String message) implements Result {}
    }
}
