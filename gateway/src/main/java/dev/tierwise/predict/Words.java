package dev.tierwise.predict;

import java.util.Arrays;

/// A set of hashed words and pairs of words. For one thread.
final class Words {
    /// The most words that are looked at.
    static final int MOST = 2_048;

    private static final int START = 0x811C9DC5;
    private static final int FACTOR = 0x01000193;
    private static final int FREE = -1;

    private final int[] table;
    private final byte[] counts;
    private int size;
    private int tokens;
    private int last;

    /// @param characters of the text to come
    Words(int characters) {
        int most = Math.clamp(characters, 16, MOST);
        table = new int[Integer.highestOneBit(most * 2) * 2];
        Arrays.fill(table, FREE);
        counts = new byte[table.length];
    }

    /// One more word.
    ///
    /// @return false when there are enough
    boolean add(int hash) {
        if (tokens == MOST) {
            return false;
        }
        put(spread(hash) & (Sight.WORDS - 1));
        if (tokens > 0) {
            int pair = spread(last * 0x9E3779B1 + Integer.rotateLeft(hash, 15));
            put(Sight.WORDS + Integer.remainderUnsigned(pair, Sight.BUCKETS - Sight.WORDS));
        }
        last = hash;
        tokens++;
        return true;
    }

    /// What comes next does not follow on what came.
    int tokens() {
        return tokens;
    }

    /// How many different features there are.
    int size() {
        return size;
    }

    private void put(int bucket) {
        int mask = table.length - 1;
        int at = bucket & mask;
        while (table[at] != FREE) {
            if (table[at] == bucket) {
                counts[at] = (byte) Math.min(counts[at] + 1, Byte.MAX_VALUE);
                return;
            }
            at = (at + 1) & mask;
        }
        if (size < table.length * 3 / 4) {
            table[at] = bucket;
            counts[at] = 1;
            size++;
        }
    }

    /// All of them, in no order.
    int[] toArray() {
        int[] all = new int[size];
        int count = 0;
        for (int bucket : table) {
            if (bucket != FREE) {
                all[count++] = bucket;
            }
        }
        return all;
    }

    /// How often each of [#toArray] stands there.
    byte[] counts() {
        byte[] all = new byte[size];
        int count = 0;
        for (int at = 0; at < table.length; at++) {
            if (table[at] != FREE) {
                all[count++] = counts[at];
            }
        }
        return all;
    }

    /// Goes on with a hash by one character (FNV-1a).
    static int next(int hash, char c) {
        return (hash ^ c) * FACTOR;
    }

    static int start() {
        return START;
    }

    static int hash(String word) {
        int hash = START;
        for (int i = 0; i < word.length(); i++) {
            hash = next(hash, word.charAt(i));
        }
        return hash;
    }

    /// Mixes all bits into the low ones (the finaliser of MurmurHash3).
    private static int spread(int hash) {
        int x = hash;
        x = (x ^ x >>> 16) * 0x85EBCA6B;
        x = (x ^ x >>> 13) * 0xC2B2AE35;
        return x ^ x >>> 16;
    }
}
