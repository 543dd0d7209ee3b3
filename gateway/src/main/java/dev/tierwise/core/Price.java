package dev.tierwise.core;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a model's tokens cost from a day on.
///
/// @param from first day (UTC) on which the price holds
/// @param input billionths of a dollar per million tokens read
/// @param cachedInput the same for tokens read from the upstream's prompt cache
/// @param output the same for tokens written
public record Price(LocalDate from, long input, long cachedInput, long output) {
    private static final long MILLION = 1_000_000;

    /// Nothing per token, at any time: a model on the user's own machine.
    public static final List<Price> FREE = List.of(new Price(LocalDate.EPOCH, 0, 0, 0));

    public Price {
        if (input < 0 || cachedInput < 0 || output < 0) {
            throw new IllegalArgumentException("negative price");
        }
    }

    /// The cost of `usage`, rounded half up to a billionth of a dollar.
    public Money of(Usage usage) {
        long fresh = usage.input() - usage.cachedInput();
        long perMillion =
                Math.addExact(
                        Math.multiplyExact(fresh, input),
                        Math.addExact(
                                Math.multiplyExact(usage.cachedInput(), cachedInput),
                                Math.multiplyExact(usage.output(), output)));
        return new Money((perMillion + MILLION / 2) / MILLION);
    }

    /// The price in force on `day`: the latest that has begun. Empty when none has.
    public static Optional<Price> on(LocalDate day, List<Price> prices) {
        Price best = null;
        for (Price price : prices) {
            if (!price.from.isAfter(day) && (best == null || price.from.isAfter(best.from))) {
                best = price;
            }
        }
        return Optional.ofNullable(best);
    }
}
