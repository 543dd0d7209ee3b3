package dev.tierwise.detect.ids;

import dev.tierwise.detect.text.Letters;

/// The groups of digits of one number as it is written, such as 3, 2 and 4 of `123-45-6789`.
final class Groups {
    private static final int MOST = 12;
    private static final int DIGITS = 40;

    final int[] start = new int[MOST];
    final int[] end = new int[MOST];
    final byte[] digits = new byte[DIGITS];
    final byte[] reversed = new byte[DIGITS];
    int count;

    private final Pass pass;
    private final char[] chars;
    private final int length;

    Groups(Pass pass) {
        this.pass = pass;
        chars = pass.chars;
        length = pass.length;
    }

    /// Reads the groups that begin at `from`; false when a group is too long for anything.
    boolean read(int from) {
        count = 0;
        int at = from;
        while (count < MOST) {
            int to = at;
            while (to < length && to - at < DIGITS && Letters.digit(chars[to])) {
                to++;
            }
            start[count] = at;
            end[count++] = to;
            pass.steps += to - at + 1;
            int next = gap(to);
            if (next < 0) {
                break;
            }
            at = next;
        }
        return end[0] - start[0] < DIGITS;
    }

    /// Where the next group begins; -1 when there is none near enough.
    private int gap(int from) {
        int at = from;
        while (at < length && at - from < 3 && "-./ ()".indexOf(chars[at]) >= 0) {
            at++;
        }
        return at > from && at < length && Letters.digit(chars[at]) ? at : -1;
    }

    int size(int group) {
        return group < count ? end[group] - start[group] : 0;
    }

    /// The first character between a group and the next.
    char sign(int group) {
        return group + 1 < count ? chars[end[group]] : ' ';
    }

    /// Whether the first groups are of these sizes, with single like signs between them.
    boolean are(int... sizes) {
        if (count < sizes.length) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (size(i) != sizes[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether one and the same sign stands between the first groups.
    boolean even(int groups) {
        for (int i = 0; i + 1 < groups; i++) {
            if (start[i + 1] - end[i] != 1 || chars[end[i]] != chars[end[0]]) {
                return false;
            }
        }
        return true;
    }

    /// Takes the digits of the first groups, forwards and backwards; how many there are.
    int take(int groups) {
        int n = 0;
        for (int i = 0; i < groups; i++) {
            for (int k = start[i]; k < end[i] && n < DIGITS; k++) {
                digits[n++] = (byte) (chars[k] - '0');
            }
        }
        for (int i = 0; i < n; i++) {
            reversed[i] = digits[n - 1 - i];
        }
        return n;
    }

    /// How many of the first groups have at most `most` digits together.
    int within(int most) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            n += size(i);
            if (n > most) {
                return i;
            }
        }
        return count;
    }
}
