package dev.tierwise.report;

import dev.tierwise.core.Money;
import dev.tierwise.ledger.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Figures as people read them.
final class Words {
    /// Stands where there is no figure.
    static final String NONE = "-";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `number` with its noun, which takes an s for any number but one.
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String percent(OptionalDouble share) {
        return share.isEmpty()
                ? NONE
                : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
    }

    /// Dollars to the cent, and small amounts to two digits that count.
    static String money(Money money) {
        var dollars = BigDecimal.valueOf(money.nanos(), 9);
        boolean small = dollars.signum() != 0 && dollars.abs().compareTo(BigDecimal.ONE) < 0;
        int places = small ? Math.max(2, dollars.scale() - dollars.precision() + 2) : 2;
        BigDecimal rounded = dollars.setScale(Math.min(9, places), RoundingMode.HALF_UP);
        return (rounded.signum() < 0 ? "-$" : "$")
                + String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded.abs());
    }

    static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%,.2f s", millis / 1_000);
    }

    static String median(Totals.@Nullable Quantiles times) {
        return times == null ? NONE : time(times.p50());
    }

    static String tail(Totals.@Nullable Quantiles times) {
        return times == null ? NONE : time(times.p95());
    }

    static String minute(@Nullable Instant moment) {
        return moment == null ? NONE : MINUTE.format(moment);
    }
}
