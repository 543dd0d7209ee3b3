package dev.tierwise.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From when on a report counts.
///
/// @param from the first moment that counts
/// @param words the same in words, such as `7d ago`
public record Since(Instant from, String words) {
    /// From the first request on.
    public static final Since ALWAYS = new Since(Instant.EPOCH, "the first request");

    /// What [#parse] takes, for help and error texts.
    public static final String FORMS =
            "a time back such as 30m, 24h, 7d or 4w, or a UTC date such as 2026-11-01";

    private static final Pattern BACK = Pattern.compile("([1-9]\\d{0,4})([mhdw])");

    /// Reads `words` as one of [#FORMS], or as a moment such as `2026-11-01T08:00:00Z`; empty when
    /// they are none of these.
    ///
    /// @param now what a time back counts from
    public static Optional<Since> parse(String words, Instant now) {
        Matcher back = BACK.matcher(words);
        if (back.matches()) {
            Duration length = unit(back.group(2)).multipliedBy(Long.parseLong(back.group(1)));
            return Optional.of(new Since(now.minus(length), words + " ago"));
        }
        return moment(words).map(from -> new Since(from, words));
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private static Optional<Instant> moment(String words) {
        try {
            return Optional.of(
                    words.contains("T")
                            ? Instant.parse(words)
                            : LocalDate.parse(words).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
