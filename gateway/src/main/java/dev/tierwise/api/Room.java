package dev.tierwise.api;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that the bodies of all requests under way may take together. Without it a few large
/// requests at once would exhaust the heap, and take every other request with them. Thread-safe.
public final class Room {
    /// What the gateway itself needs of the heap.
    private static final long OWN = 64L << 20;

    /// A body is in memory as it came, as it goes out, and in the buffers of the connection.
    private static final int COPIES = 4;

    private static final long LEAST = 8L << 20;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    private Room(long bytes) {
        this.bytes = bytes;
    }

    /// What a heap has room for.
    ///
    /// @param heap the most bytes that the heap may grow to
    public static Room of(long heap) {
        return new Room(Math.max(LEAST, (heap - OWN) / COPIES));
    }

    /// Takes `wanted` bytes, or nothing where so much is not free.
    boolean take(long wanted) {
        if (taken.addAndGet(wanted) <= bytes) {
            return true;
        }
        taken.addAndGet(-wanted);
        return false;
    }

    /// Gives bytes back.
    void give(long given) {
        taken.addAndGet(-given);
    }

    /// All of it, in bytes.
    long bytes() {
        return bytes;
    }
}
