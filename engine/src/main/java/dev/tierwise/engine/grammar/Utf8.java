package dev.tierwise.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Ranges of code points as ranges of bytes (RFC 3629).
final class Utf8 {
    private static final int[] LAST_OF_LENGTH = {0x7f, 0x7ff, 0xffff, 0x10ffff};

    private Utf8() {}

    /// Rows of byte ranges that together match the characters from `from` to `to`; each row has
    /// first and last of its bytes in turn. Surrogates are no characters and left out.
    static List<int[]> sequences(int from, int to) {
        var rows = new ArrayList<int[]>();
        if (from <= 0xdfff && to >= 0xd800) {
            whole(from, Math.min(to, 0xd7ff), rows);
            whole(Math.max(from, 0xe000), to, rows);
        } else {
            whole(from, to, rows);
        }
        return rows;
    }

    private static void whole(int from, int to, List<int[]> rows) {
        int begin = from;
        for (int last : LAST_OF_LENGTH) {
            if (begin <= Math.min(to, last)) {
                split(begin, Math.min(to, last), rows);
                begin = last + 1;
            }
        }
    }

    /// Splits a range of characters of one length until first and last differ in such a way that
    /// each byte runs through a range of its own.
    private static void split(int from, int to, List<int[]> rows) {
        for (int low = 1; low < 4; low++) {
            int mask = (1 << (6 * low)) - 1;
            if ((from & ~mask) != (to & ~mask)) {
                if ((from & mask) != 0) {
                    split(from, from | mask, rows);
                    split((from | mask) + 1, to, rows);
                    return;
                }
                if ((to & mask) != mask) {
                    split(from, (to & ~mask) - 1, rows);
                    split(to & ~mask, to, rows);
                    return;
                }
            }
        }
        byte[] first = bytes(from);
        byte[] last = bytes(to);
        int[] row = new int[first.length * 2];
        for (int i = 0; i < first.length; i++) {
            row[2 * i] = first[i] & 0xff;
            row[2 * i + 1] = last[i] & 0xff;
        }
        rows.add(row);
    }

    private static byte[] bytes(int character) {
        return Character.toString(character).getBytes(StandardCharsets.UTF_8);
    }
}
