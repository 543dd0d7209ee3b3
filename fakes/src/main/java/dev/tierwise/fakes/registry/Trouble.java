package dev.tierwise.fakes.registry;

import java.util.concurrent.atomic.AtomicInteger;

/// What goes wrong with a file, and how often.
public final class Trouble {
    /// All is well.
    public static final Trouble NONE = always(Kind.NONE, 0);

    /// The ways in which it can go wrong.
    public enum Kind {
        /// Not at all.
        NONE,
        /// The connection ends after so many bytes.
        CUT,
        /// Nothing comes after so many bytes.
        STALL,
        /// A piece of 64 KiB every 20 ms.
        SLOW,
        /// Ranges are not known: all of the file comes.
        NO_RANGES,
        /// The last byte is another one.
        CORRUPT,
        /// This status instead of the file.
        STATUS
    }

    private final Kind kind;
    private final long figure;
    private final AtomicInteger left;

    private Trouble(Kind kind, long figure, int times) {
        this.kind = kind;
        this.figure = figure;
        this.left = new AtomicInteger(times);
    }

    /// Until another is set.
    ///
    /// @param figure bytes or a status, as the kind says
    public static Trouble always(Kind kind, long figure) {
        return new Trouble(kind, figure, Integer.MAX_VALUE);
    }

    /// For so many requests.
    ///
    /// @param figure bytes or a status, as the kind says
    public static Trouble times(int times, Kind kind, long figure) {
        return new Trouble(kind, figure, times);
    }

    /// This one, or none when it has been used up.
    Trouble take() {
        return left.getAndDecrement() > 0 ? this : NONE;
    }

    Kind kind() {
        return kind;
    }

    long figure() {
        return figure;
    }
}
