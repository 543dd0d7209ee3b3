package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// A string that knows which of its characters come from outside the template. Whatever is cut from
/// it or joined to it keeps that knowledge. Two are equal when their characters are.
final class Text implements Value, Comparable<Text> {
    /// No string of a rendering may be longer.
    static final int MOST_CHARACTERS = 1 << 24;

    static final Text EMPTY = new Text("", new int[0]);

    private final String value;

    /// Starts and ends of foreign ranges in turn, rising, none of them empty.
    private final int[] foreign;

    private Text(String value, int[] foreign) {
        this.value = value;
        this.foreign = foreign;
    }

    /// Written by the template, or as safe as if it were.
    static Text own(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, new int[0]);
    }

    /// Written by somebody else.
    static Text foreign(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, new int[] {0, value.length()});
    }

    String value() {
        return value;
    }

    int[] foreign() {
        return foreign.clone();
    }

    int length() {
        return value.length();
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    Text slice(int from, int to) {
        if (from == 0 && to == value.length()) {
            return this;
        }
        var builder = new Builder();
        builder.add(this, from, to);
        return builder.build();
    }

    /// Python's `strip` and its kin: takes `drop` (white space when empty) off the ends.
    Text strip(String drop, boolean start, boolean end) {
        var from = 0;
        var to = value.length();
        while (start && from < to && drops(drop, value.codePointAt(from))) {
            from += Character.charCount(value.codePointAt(from));
        }
        while (end && to > from && drops(drop, value.codePointBefore(to))) {
            to -= Character.charCount(value.codePointBefore(to));
        }
        return slice(from, to);
    }

    private static boolean drops(String drop, int letter) {
        return drop.isEmpty() ? Python.isSpace(letter) : drop.indexOf(letter) >= 0;
    }

    /// Every stretch of one origin changed by itself.
    Text map(UnaryOperator<String> change) {
        var builder = new Builder();
        var from = 0;
        for (var i = 0; i < foreign.length; i += 2) {
            builder.add(own(change.apply(value.substring(from, foreign[i]))));
            builder.add(foreign(change.apply(value.substring(foreign[i], foreign[i + 1]))));
            from = foreign[i + 1];
        }
        builder.add(own(change.apply(value.substring(from))));
        return builder.build();
    }

    Text replace(Text old, Text fresh, long most) {
        var builder = new Builder();
        var left = most < 0 ? Long.MAX_VALUE : most;
        var from = 0;
        if (old.isEmpty()) {
            // Python puts it before every character and at the end.
            while (left-- > 0) {
                builder.add(fresh);
                if (from == length()) {
                    break;
                }
                var next = from + Character.charCount(value.codePointAt(from));
                builder.add(this, from, next);
                from = next;
            }
            builder.add(this, from, length());
            return builder.build();
        }
        for (var at = value.indexOf(old.value); at >= 0 && left-- > 0; ) {
            builder.add(this, from, at);
            builder.add(fresh);
            from = at + old.length();
            at = value.indexOf(old.value, from);
        }
        builder.add(this, from, length());
        return builder.build();
    }

    /// Python's `split` by a separator that is not empty, `most` times at most unless negative.
    List<Value> split(String separator, long most, Meter meter) {
        var parts = new ArrayList<Value>();
        var from = 0;
        var at = value.indexOf(separator);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            meter.items(2);
            parts.add(slice(from, at));
            from = at + separator.length();
            at = value.indexOf(separator, from);
        }
        parts.add(slice(from, length()));
        return parts;
    }

    /// Python's `split` without a separator: by runs of white space.
    List<Value> split(long most, Meter meter) {
        var parts = new ArrayList<Value>();
        var rest = strip("", true, false);
        var start = length() - rest.length();
        while (start < length()) {
            if (most >= 0 && parts.size() >= most) {
                parts.add(slice(start, length()).strip("", false, true));
                break;
            }
            var end = start;
            while (end < length() && !Python.isSpace(value.codePointAt(end))) {
                end += Character.charCount(value.codePointAt(end));
            }
            meter.items(2);
            parts.add(slice(start, end));
            start = end;
            while (start < length() && Python.isSpace(value.codePointAt(start))) {
                start += Character.charCount(value.codePointAt(start));
            }
        }
        return parts;
    }

    @Override
    public int compareTo(Text other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && text.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /// The length alone: what is in it may be a secret.
    @Override
    public String toString() {
        return "Text[" + value.length() + " characters]";
    }

    /// Joins texts; refuses to grow beyond [#MOST_CHARACTERS].
    static final class Builder {
        private final StringBuilder value = new StringBuilder();
        private int[] foreign = new int[8];
        private int bounds;
        private final int most;

        Builder() {
            this(MOST_CHARACTERS);
        }

        Builder(int most) {
            this.most = most;
        }

        Builder add(Text text) {
            return add(text, 0, text.length());
        }

        Builder add(String own) {
            room(own.length());
            value.append(own);
            return this;
        }

        Builder add(Text text, int from, int to) {
            room(to - from);
            var shift = value.length() - from;
            value.append(text.value, from, to);
            for (var i = 0; i < text.foreign.length; i += 2) {
                var start = Math.max(from, text.foreign[i]);
                var end = Math.min(to, text.foreign[i + 1]);
                if (start < end) {
                    mark(start + shift, end + shift);
                }
            }
            return this;
        }

        private void mark(int start, int end) {
            if (bounds > 0 && foreign[bounds - 1] == start) {
                foreign[bounds - 1] = end;
                return;
            }
            if (bounds == foreign.length) {
                foreign = Arrays.copyOf(foreign, bounds * 2);
            }
            foreign[bounds++] = start;
            foreign[bounds++] = end;
        }

        private void room(int more) {
            if (value.length() + (long) more > most) {
                throw new Trouble("makes more than " + most + " characters");
            }
        }

        int length() {
            return value.length();
        }

        Text build() {
            return new Text(value.toString(), Arrays.copyOf(foreign, bounds));
        }
    }
}
