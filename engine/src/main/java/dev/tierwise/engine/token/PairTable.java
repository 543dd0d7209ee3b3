package dev.tierwise.engine.token;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// A fixed map from pairs of non-negative ints to a slot, for hundreds of thousands of pairs
/// without an object each. Filled once, then read by any number of threads.
final class PairTable {
    private static final long EMPTY = -1;

    private final long[] keys;
    private final int[] slots;

    /// Drawn anew each time, so that no file can be written whose pairs all meet in one place.
    private final long mix = ThreadLocalRandom.current().nextLong() | 1;

    PairTable(int pairs) {
        var capacity = Integer.highestOneBit(Math.max(8, pairs * 2) - 1) * 2;
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        slots = new int[capacity];
    }

    /// Keeps the first of two equal pairs.
    void put(int left, int right, int slot) {
        var at = place(left, right);
        if (keys[at] == EMPTY) {
            keys[at] = key(left, right);
            slots[at] = slot;
        }
    }

    /// The slot of a pair, or -1.
    int find(int left, int right) {
        var at = place(left, right);
        return keys[at] == EMPTY ? -1 : slots[at];
    }

    private int place(int left, int right) {
        var key = key(left, right);
        var mixed = key * mix;
        var at = (int) (mixed >>> 32) & (keys.length - 1);
        while (keys[at] != EMPTY && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private static long key(int left, int right) {
        return ((long) left << 32) | right;
    }
}
