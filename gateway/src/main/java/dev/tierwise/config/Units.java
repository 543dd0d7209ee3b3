package dev.tierwise.config;

import java.math.BigDecimal;
import java.time.Duration;

/// Quantities as the file writes them. The schema has checked their form before.
final class Units {
    private Units() {}

    /// A duration such as `30s`; units are `ms`, `s`, `m`, `h` and `d`.
    static Duration duration(String text) {
        int unit = unitStart(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case String other -> throw new IllegalArgumentException("no unit of time: " + other);
        };
    }

    /// Bytes of a size such as `32MiB`.
    static long bytes(String text) {
        int unit = unitStart(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            case "GiB" -> amount << 30;
            case String other -> throw new IllegalArgumentException("no unit of size: " + other);
        };
    }

    /// Billionths of a dollar in `dollars`.
    ///
    /// @throws ArithmeticException where a billionth is too coarse
    static long nanos(BigDecimal dollars) {
        return dollars.movePointRight(9).longValueExact();
    }

    private static int unitStart(String text) {
        int at = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
