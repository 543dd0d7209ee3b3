package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;
import java.util.Arrays;

/// Characters with where they came from, while they are being written. Positions are those of the
/// plain text that is read; [#plain] has those of the first text of all.
final class Output {
    private final Plain source;
    private char[] chars;
    private int[] starts;
    private int[] ends;
    private int length;

    Output(Plain source, int size) {
        this.source = source;
        chars = new char[size];
        starts = new int[size];
        ends = new int[size];
    }

    int length() {
        return length;
    }

    char last() {
        return length == 0 ? ' ' : chars[length - 1];
    }

    /// One character that stands for the stretch `[from, to)` of the source.
    void add(char c, int from, int to) {
        if (length == chars.length) {
            int size = length * 2 + 128;
            chars = Arrays.copyOf(chars, size);
            starts = Arrays.copyOf(starts, size);
            ends = Arrays.copyOf(ends, size);
        }
        chars[length] = c;
        starts[length] = source.origin(from);
        ends[length] = source.originEnd(to);
        length++;
    }

    void addAll(CharSequence all, int from, int to) {
        for (int i = 0; i < all.length(); i++) {
            add(all.charAt(i), from, to);
        }
    }

    void copy(int from, int to) {
        char[] read = source.chars();
        for (int i = from; i < to; i++) {
            add(read[i], i, i + 1);
        }
    }

    /// Puts another character in the place of the last one, which it covers too.
    void merge(char c, int to) {
        chars[length - 1] = c;
        ends[length - 1] = source.originEnd(to);
    }

    Plain plain() {
        return Plain.of(chars, starts, ends, length);
    }
}
