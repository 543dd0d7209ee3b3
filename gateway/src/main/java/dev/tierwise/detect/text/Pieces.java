package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;

/// Looks for one disguised value at a place, and has it as it was meant.
final class Pieces {
    private static final int SHORTEST_CODE = 12;

    private static final boolean[] CODE = new boolean[128];

    static {
        for (char c = 0; c < CODE.length; c++) {
            CODE[c] = Letters.wordly(c) || "+/_-=".indexOf(c) >= 0;
        }
    }

    private final char[] chars;
    private final int length;
    private final int depth;
    private final StringBuilder meant = new StringBuilder(0);
    private boolean found;
    private int start;
    private int spanStart;
    private int end;
    private int joined;

    Pieces(Plain text, int depth) {
        chars = text.chars();
        length = text.length();
        this.depth = depth;
    }

    /// Whether the last look found something.
    boolean found() {
        return found;
    }

    /// The value as it was meant.
    CharSequence text() {
        return meant;
    }

    /// The first character that it replaces.
    int start() {
        return start;
    }

    /// The first character that it was made of.
    int spanStart() {
        return spanStart;
    }

    /// The character after the last.
    int end() {
        return end;
    }

    /// Looks at the word or sign at `at` and says where to look next.
    int at(int at) {
        found = false;
        char c = chars[at];
        if (Letters.wordly(c)) {
            return word(at);
        }
        if (c == ' ') {
            return at + 1;
        }
        if (c == '*') {
            return star(at);
        }
        if (c == '\n') {
            return line(at);
        }
        if (at + 4 < length && chars[at + 1] == ' ' && single(at + 2)) {
            return spelled(at, at + 1);
        }
        return at + 1;
    }

    private int word(int at) {
        int next = at;
        while (next < length && code(chars[next])) {
            next++;
        }
        int size = next - at;
        if (size >= SHORTEST_CODE && encoded(at, next)) {
            return end;
        }
        if (next + 2 < length && chars[next] <= ' ') {
            if (size == 1
                    ? single(next + 1)
                    : size <= 6 && SpelledDigits.digit(chars, at, next) >= 0) {
                int after = spelled(at, next);
                if (found) {
                    return after;
                }
            }
            if (SpelledMail.begins(chars, next, length)) {
                mail(at);
                if (found) {
                    return end;
                }
            }
        }
        return Math.max(next, at + 1);
    }

    private static boolean code(char c) {
        return c < CODE.length ? CODE[c] : Letters.letter(c);
    }

    /// Whether one character stands alone at `at`.
    private boolean single(int at) {
        return at < length && chars[at] > ' ' && (at + 1 == length || chars[at + 1] <= ' ');
    }

    private boolean encoded(int from, int to) {
        // lines that did not decode together are not joined again: that would be quadratic
        int last = from < joined ? to : Encoded.wholeEnd(chars, from, to, length);
        joined = Math.max(joined, last);
        meant.setLength(0);
        if (!Encoded.decode(chars, from, last, meant)) {
            return false;
        }
        if (depth == 0) {
            // encoded once too often to be opened: said, so that it is not taken for clean
            meant.setLength(0);
            meant.append(Wrapped.MARK);
            is(from, from, last);
            return true;
        }
        Plain inner = Canonical.of(Plain.same(meant.toString()));
        Plain deeper = Disguises.removed(inner, depth - 1);
        meant.setLength(0);
        meant.append(inner.chars(), 0, inner.length());
        if (deeper != null) {
            meant.append("\n\n").append(deeper.chars(), 0, deeper.length());
        }
        is(from, from, last);
        return true;
    }

    private int spelled(int from, int firstEnd) {
        meant.setLength(0);
        int to = SpelledDigits.read(chars, from, length, meant);
        if (to > from) {
            is(from, from, to);
            return to;
        }
        // what was looked at once is not looked at again, or a long row would take quadratic time
        return Math.max(firstEnd, -to);
    }

    private void mail(int from) {
        meant.setLength(0);
        int to = SpelledMail.read(chars, from, length, meant);
        if (to > from) {
            is(from, from, to);
        }
    }

    /// Markup in the middle of a value.
    private int star(int at) {
        int next = at;
        while (next < length && chars[next] == '*') {
            next++;
        }
        char before = at == 0 ? ' ' : chars[at - 1];
        char after = next == length ? ' ' : chars[next];
        boolean inside = before > ' ' && after > ' ';
        boolean digits = Letters.digit(before) || Letters.digit(after);
        if (next - at == 2 && (inside || digits)) {
            meant.setLength(0);
            is(at, at, next);
        }
        return next;
    }

    /// A line break in the middle of a value.
    private int line(int at) {
        int next = at;
        while (next < length && chars[next] <= ' ') {
            next++;
        }
        if (next == length || at == 0) {
            return next;
        }
        int before = at - 1;
        while (before > 0 && chars[before] == ' ') {
            before--;
        }
        int tokenEnd = Math.min(length, next + 40);
        boolean digits = Letters.digit(chars[before]) && Letters.digit(chars[next]);
        boolean mail =
                (next - at <= 2 && has('@', next, tokenEnd))
                        || has('@', tokenStart(before), before);
        boolean code = Letters.wordly(chars[before]) && Letters.wordly(chars[next]);
        if (next - at <= 2 && (digits || (mail && code))) {
            meant.setLength(0);
            if (next - at == 2) {
                meant.append(' ');
            }
            is(at, at, next);
            return next;
        }
        continued(at, next);
        return found ? end : next;
    }

    private int tokenStart(int from) {
        int at = from;
        int limit = Math.max(0, from - 40);
        while (at > limit && chars[at - 1] > ' ') {
            at--;
        }
        return at;
    }

    private boolean has(char sign, int from, int to) {
        for (int i = from; i < to && chars[i] > ' '; i++) {
            if (chars[i] == sign) {
                return true;
            }
        }
        return false;
    }

    /// A message that begins with the rest of a value whose head the message before has.
    private void continued(int at, int next) {
        int digits = 0;
        int to = next;
        while (to < length
                && to - next < 24
                && (Letters.wordly(chars[to]) || chars[to] == '-' || chars[to] == ' ')
                && !(chars[to] == ' ' && to + 1 < length && Letters.letter(chars[to + 1]))) {
            digits += Letters.digit(chars[to++]) ? 1 : 0;
        }
        if (digits < 3 || (at > 0 && chars[at - 1] == '\n')) {
            return;
        }
        int limit = Math.max(0, at - 120);
        int head = at - 1;
        while (head > limit && !Letters.digit(chars[head])) {
            head--;
        }
        if (head == limit) {
            return;
        }
        int from = Math.max(limit, head - 60);
        while (from < head && from > 0 && chars[from - 1] > ' ') {
            from++;
        }
        int value = tokenStart(head);
        meant.setLength(0);
        meant.append("\n\n").append(chars, from, head + 1 - from).append(chars, at, 0);
        boolean space = next > at + 1 && chars[next - 1] == ' ';
        meant.append(space ? " " : "").append(chars, next, to - next).append("\n\n");
        is(at, value, to);
    }

    private void is(int from, int span, int to) {
        found = true;
        start = from;
        spanStart = span;
        end = to;
    }
}
