package dev.tierwise.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// A stretch of time to report on.
///
/// @param from its first moment
/// @param until the first moment after it
public record Period(Instant from, Instant until) {
    /// What [#parse] takes, for help and error texts.
    public static final String FORMS =
            "UTC dates such as 2026-07-01, both counted in, or moments such as"
                    + " 2026-07-01T08:00:00Z; the first must not be after the second";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    public Period {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a period ends before it begins");
        }
    }

    /// Reads the two ends in one of [#FORMS]; empty when they are none of these.
    public static Optional<Period> parse(String from, String to) {
        try {
            Instant begin = moment(from, 0);
            Instant end = moment(to, 1);
            return begin.isBefore(FIRST) || end.isAfter(LAST) || end.isBefore(begin)
                    ? Optional.empty()
                    : Optional.of(new Period(begin, end));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    private static Instant moment(String text, int days) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).plusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
