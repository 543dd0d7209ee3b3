package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import org.jspecify.annotations.Nullable;

/// How much of a device's memory models may take, in bytes.
final class Budget {
    /// Kept free on a card, as llama.cpp's `--fit` does.
    private static final double CARD_MARGIN = Size.GIB;

    /// Of the memory that graphics and processor share, where the platform says nothing better.
    static final double SHARE = 0.75;

    private Budget() {}

    /// Of a card's own memory.
    static @Nullable Figure card(@Nullable Figure free) {
        return free == null
                ? null
                : Figure.estimated(
                        Math.max(0, free.value() - CARD_MARGIN),
                        Size.words(free.value()) + " (" + free.source() + ") less 1 GiB");
    }

    /// Of shared memory.
    ///
    /// @param limit what graphics may take at most, with its source
    /// @param available what can be had now
    /// @param total by which the reserve goes
    static @Nullable Figure shared(
            @Nullable Figure limit, @Nullable Figure available, @Nullable Figure total) {
        if (limit == null || available == null || total == null) {
            return null;
        }
        Figure less = limit.value() <= available.value() ? limit : available;
        double reserve = reserve(total.value());
        return Figure.estimated(
                Math.max(0, less.value() - reserve),
                Size.words(less.value())
                        + " ("
                        + less.source()
                        + ") less "
                        + Size.words(reserve)
                        + " for the system");
    }

    /// Of main memory, for the processor.
    static @Nullable Figure processor(@Nullable Figure available, @Nullable Figure total) {
        return shared(available, available, total);
    }

    /// The usual share of main memory.
    static @Nullable Figure usualLimit(@Nullable Figure total) {
        return total == null ? null : Figure.estimated(total.value() * SHARE, "75 % of the memory");
    }

    /// What Metal lets graphics take by default: about two thirds of up to 36 GB, three quarters of
    /// more.
    static Figure metalLimit(double total) {
        return total <= 36 * Size.GIB
                ? Figure.estimated(total * 2 / 3, "two thirds of the memory, as Metal has it")
                : Figure.estimated(total * SHARE, "75 % of the memory, as Metal has it");
    }

    /// What the system may come to need beyond what it has: a sixteenth, between 256 MiB and 2 GiB.
    private static double reserve(double total) {
        return Math.clamp(total / 16, Size.GIB / 4, 2 * Size.GIB);
    }
}
