package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;

/// Street addresses: `12 Main St`, `Calle Mayor 5, 2º B`, `Hauptstraße 7`.
final class Addresses {
    private static final int WORDS = 6;

    private final Pass pass;
    private final char[] chars;
    private final int length;

    Addresses(Pass pass) {
        this.pass = pass;
        chars = pass.chars;
        length = pass.length;
    }

    /// A number with words and a kind of street after it; the end or 0.
    int street(int start, int end) {
        if (end - start > 6) {
            return 0;
        }
        int at = end;
        if (Letters.letter(pass.charAt(at)) && !Letters.wordly(pass.charAt(at + 1))) {
            at++;
        }
        for (int words = 0; words < 5; words++) {
            int next = at;
            while (next < length && next - at < 2 && (chars[next] == ' ' || chars[next] == '.')) {
                next++;
            }
            if (next == at || next == length || pass.charAt(next - 1) != ' ') {
                return 0;
            }
            int to = next;
            while (to < length
                    && to - next < 24
                    && (Letters.wordly(chars[to]) || chars[to] == '\'' || chars[to] == '-')) {
                to++;
            }
            pass.steps += to - at;
            if (to == next || Letters.kind(chars[next]) == Letters.LOWER) {
                return 0;
            }
            if (words > 0
                    && Cues.role(pass.cue(next)) == Cues.SUFFIX
                    && pass.wordEndWithin(next) == to) {
                return found(start, direction(to));
            }
            at = to;
        }
        return 0;
    }

    /// `NW` and the like behind the street.
    private int direction(int end) {
        int to = pass.wordEndWithin(end + 1);
        boolean is = pass.charAt(end) == ' ' && to - end > 1 && to - end <= 3;
        for (int i = end + 1; is && i < to; i++) {
            is = "NSEW".indexOf(chars[i]) >= 0;
        }
        return is ? to : end;
    }

    /// Whether the word at `start` is a kind of street though it is no cue: `C/`, `…straße`.
    boolean named(int start, int end) {
        boolean spanish =
                end - start == 1
                        && (chars[start] | 32) == 'c'
                        && pass.charAt(end) == '/'
                        && !Letters.wordly(pass.charAt(start - 1));
        return spanish || german(start, end);
    }

    /// Whether the word at `start` ends as German streets do.
    private boolean german(int start, int end) {
        if (end - start < 7) {
            return false;
        }
        int at = end - 1;
        if (chars[at] != 'e') {
            return false;
        }
        boolean sharp =
                chars[at - 1] == 'ß'
                        && chars[at - 2] == 'a'
                        && chars[at - 3] == 'r'
                        && chars[at - 4] == 't';
        return sharp
                || (chars[at - 1] == 's'
                        && chars[at - 2] == 's'
                        && chars[at - 3] == 'a'
                        && chars[at - 4] == 'r'
                        && chars[at - 5] == 't');
    }

    /// A kind of street with its name and a number after it; the end or 0.
    int prefixed(int start, int end) {
        int at = end;
        boolean named = false;
        for (int words = 0; words < WORDS; words++) {
            int next = at;
            while (next < length && next - at < 4 && " .,:º°/´'-".indexOf(chars[next]) >= 0) {
                next++;
            }
            if (next == length || (next == at && words > 0)) {
                return 0;
            }
            if (Letters.digit(chars[next])) {
                return named || german(start, end) ? found(start, floor(digits(next))) : 0;
            }
            if (named
                    && (chars[next] == 's' || chars[next] == 'S')
                    && pass.charAt(next + 1) == '/'
                    && (pass.charAt(next + 2) | 32) == 'n') {
                return found(start, next + 3);
            }
            int to = pass.wordEndWithin(next);
            if (to == next) {
                return 0;
            }
            named |=
                    Letters.kind(chars[next]) == Letters.UPPER
                            || (Cues.role(pass.cue(start)) == Cues.PREFIX
                                    && to - next > 3
                                    && end - start > 3);
            at = to;
        }
        return 0;
    }

    private int digits(int from) {
        int at = from;
        while (at < length
                && at - from < 12
                && (Letters.digit(chars[at])
                        || (chars[at] == '-' && Letters.digit(pass.charAt(at + 1))))) {
            at++;
        }
        return at;
    }

    /// Floor and door behind the number, such as `, 2º B`.
    private int floor(int end) {
        int at = end;
        for (int parts = 0; parts < 3; parts++) {
            int next = at;
            while (next < length && next - at < 2 && (chars[next] == ',' || chars[next] == ' ')) {
                next++;
            }
            int to = next;
            while (to < length
                    && to - next < 3
                    && (Letters.wordly(chars[to]) || chars[to] == 'º')) {
                to++;
            }
            boolean door =
                    to - next <= 3
                            && to > next
                            && !Letters.wordly(pass.charAt(to))
                            && (Letters.digit(chars[next])
                                    || (Letters.kind(chars[next]) == Letters.UPPER
                                            && to - next == 1));
            if (!door) {
                break;
            }
            at = to;
        }
        return at;
    }

    private int found(int start, int end) {
        pass.lastAddress = end;
        pass.add(start, end, Kind.ADDRESS, .75);
        return end;
    }
}
