package dev.tierwise.detect.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// From the hash of a word ([Letters#hash]) to a small number. Open addressing, at most half full;
/// two words with one 64-bit hash are taken for one.
public final class WordTable {
    private static final int LETTERS = 26;

    private final long[] keys;
    private final int[] values;
    private final int mask;
    private final boolean[] beginnings = new boolean[LETTERS * LETTERS];

    /// @param size how many words there will be at most
    public WordTable(int size) {
        int slots = Integer.highestOneBit(Math.max(size, 8)) * 4;
        keys = new long[slots];
        values = new int[slots];
        mask = slots - 1;
    }

    /// Adds a word.
    ///
    /// @param value what it is looked up for; more than 0
    public void put(String word, int value) {
        char[] chars = word.toCharArray();
        long hash = Letters.hash(chars, 0, chars.length);
        int beginning = beginning(chars[0], chars.length > 1 ? chars[1] : 'a');
        if (beginning >= 0) {
            beginnings[beginning] = true;
        }
        int slot = slot(hash);
        while (values[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & mask;
        }
        keys[slot] = hash;
        values[slot] = value;
    }

    /// Whether a word of two letters or more may be here when it begins with these: spares most
    /// words the hash.
    public boolean may(char first, char second) {
        int beginning = beginning(first, second);
        return beginning < 0 || beginnings[beginning];
    }

    private static int beginning(char first, char second) {
        int a = Letters.base(first) - 'a';
        int b = Letters.base(second) - 'a';
        return a >= 0 && a < LETTERS && b >= 0 && b < LETTERS ? a * LETTERS + b : -1;
    }

    /// The number of the word with this hash; 0 for none.
    public int get(long hash) {
        int slot = slot(hash);
        while (values[slot] != 0) {
            if (keys[slot] == hash) {
                return values[slot];
            }
            slot = slot + 1 & mask;
        }
        return 0;
    }

    /// The lines of a resource beside a class, without empty ones and comments (`#`).
    public static List<String> lines(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the product lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 29) & mask;
    }
}
