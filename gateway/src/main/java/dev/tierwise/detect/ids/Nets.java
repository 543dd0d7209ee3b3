package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;

/// Addresses of mail, web and network.
final class Nets {
    private static final int LONGEST_URL = 2000;

    private final Pass pass;
    private final char[] chars;
    private final int length;

    Nets(Pass pass) {
        this.pass = pass;
        chars = pass.chars;
        length = pass.length;
    }

    /// Looks around the `@` at `at` and says where to go on.
    int mail(int at) {
        int start = at;
        while (start > 0 && at - start < Pass.LONGEST && local(chars[start - 1])) {
            start--;
        }
        while (start < at && !Letters.wordly(chars[start])) {
            start++;
        }
        int end = at + 1;
        int dot = -1;
        while (end < length && end - at < 255) {
            char c = chars[end];
            if (c == '.' && Letters.wordly(pass.charAt(end + 1))) {
                dot = end;
            } else if (!Letters.wordly(c) && c != '-') {
                break;
            }
            end++;
        }
        pass.steps += end - start;
        if (start == at || dot <= at + 1 || end - dot < 3 || !Letters.letter(chars[dot + 1])) {
            return at + 1;
        }
        pass.add(start, end, Kind.EMAIL, .97);
        return end;
    }

    private static boolean local(char c) {
        return Letters.wordly(c) || "._%+-'".indexOf(c) >= 0;
    }

    /// What a word begins: an address with a scheme, or one of hex digits; the end or 0.
    int word(int start, int end) {
        char next = pass.charAt(end);
        if (next == ':') {
            boolean scheme =
                    pass.charAt(end + 1) == '/' && pass.charAt(end + 2) == '/' && end - start <= 5;
            return scheme ? url(start, end + 3) : end - start <= 4 ? hex(start) : 0;
        }
        boolean www =
                next == '.'
                        && end - start == 3
                        && (chars[start] | 32) == 'w'
                        && (chars[start + 1] | 32) == 'w'
                        && (chars[start + 2] | 32) == 'w';
        return www
                ? url(start, end + 1)
                : Letters.digit(next) && end - start <= 3 ? number(start) : 0;
    }

    /// What a number begins; the end or 0.
    int number(int start) {
        if (Letters.wordly(pass.charAt(start - 1))) {
            return 0;
        }
        for (int i = start; i < start + 5; i++) {
            char c = pass.charAt(i);
            if (c == ':') {
                return hex(start);
            }
            if (c == '.') {
                return four(start);
            }
            if (c > 'f' || Character.digit(c, 16) < 0) {
                return 0;
            }
        }
        return 0;
    }

    /// A colon may begin an address: `::1`. Says where to go on.
    int sign(int at) {
        boolean begins =
                pass.charAt(at + 1) == ':'
                        && !Letters.wordly(pass.charAt(at - 1))
                        && Character.digit(pass.charAt(at + 2), 16) >= 0;
        int end = begins ? hex(at) : 0;
        return end > 0 ? end : at + 1;
    }

    private int url(int start, int from) {
        int end = from;
        int row = 0;
        int longest = 0;
        boolean dot = false;
        boolean person = false;
        while (end < length
                && end - start < LONGEST_URL
                && chars[end] > ' '
                && "\"<>)]}'`".indexOf(chars[end]) < 0) {
            char c = chars[end];
            row = Letters.digit(c) ? row + 1 : 0;
            longest = Math.max(longest, row);
            dot |= c == '.';
            person |= c == '~' || (c == '=' && row(end + 1) >= 4);
            end++;
        }
        pass.steps += end - start;
        while (end > from && ".,;:?!".indexOf(chars[end - 1]) >= 0) {
            end--;
        }
        boolean about = person || longest >= 6 || told(from, end);
        if (dot && (about || pass.alone(start, end))) {
            pass.add(start, end, about ? Kind.URL : Kind.LINK, .6);
            return end;
        }
        // credentials and addresses within are looked for as well
        return from;
    }

    private int row(int from) {
        int at = from;
        while (at < length && at - from < 5 && Letters.digit(chars[at])) {
            at++;
        }
        return at - from;
    }

    private boolean told(int from, int end) {
        int at = from;
        while (at < end && chars[at] != '/') {
            at++;
        }
        for (; at + 4 < end; at++) {
            if (chars[at] == '/') {
                int to = pass.wordEndWithin(at + 1);
                if (PATHS.get(Letters.hash(chars, at + 1, to)) > 0
                        && pass.charAt(to) == '/'
                        && to + 2 < end) {
                    return true;
                }
            }
        }
        return false;
    }

    private static final dev.tierwise.detect.text.WordTable PATHS =
            new dev.tierwise.detect.text.WordTable(16);

    static {
        for (String path :
                "u user users profile profiles in patient patients member people person portal"
                        .split(" ", -1)) {
            PATHS.put(path, 1);
        }
    }

    private int four(int start) {
        int at = start;
        boolean large = false;
        int value = 0;
        for (int part = 0; part < 4; part++) {
            value = 0;
            int to = at;
            while (to < length && to - at < 4 && Letters.digit(chars[to])) {
                value = value * 10 + chars[to++] - '0';
            }
            if (to == at || to - at > 3 || value > 255 || (part < 3 && pass.charAt(to) != '.')) {
                return 0;
            }
            large |= value > 31;
            at = part < 3 ? to + 1 : to;
        }
        char next = pass.charAt(at);
        boolean on = Letters.wordly(next) || (next == '.' && Letters.digit(pass.charAt(at + 1)));
        boolean nobody =
                (chars[start] == '1'
                                && pass.charAt(start + 1) == '2'
                                && pass.charAt(start + 2) == '7')
                        || chars[start] == '0';
        if (on || (!large && !pass.alone(start, at)) || (nobody && !pass.alone(start, at))) {
            return 0;
        }
        pass.add(start, at, Kind.IP, .8);
        return at;
    }

    /// Hex digits with colons: a network card or an address of version 6.
    private int hex(int start) {
        int at = start;
        int groups = 0;
        int pairs = 0;
        boolean gap = false;
        boolean digit = false;
        boolean zero = true;
        while (at < length && at - start < 46) {
            int to = at;
            while (to < length
                    && to - at < 5
                    && chars[to] < 128
                    && Character.digit(chars[to], 16) >= 0) {
                digit |= Letters.digit(chars[to]);
                zero &= chars[to] == '0';
                to++;
            }
            if (to - at > 4) {
                return 0;
            }
            if (to > at && pass.charAt(to) == '.') {
                int four = groups > 0 ? four(at) : 0;
                return four > 0 ? found(start, four, Kind.IP, .8) : 0;
            }
            groups += to > at ? 1 : 0;
            pairs += to - at == 2 ? 1 : 0;
            at = to;
            if (pass.charAt(to) != ':' || (gap && pass.charAt(to + 1) == ':')) {
                break;
            }
            boolean twice = pass.charAt(to + 1) == ':';
            gap |= twice;
            at = twice ? to + 2 : to + 1;
        }
        pass.steps += at - start;
        if (Letters.wordly(pass.charAt(at)) || (pass.charAt(at - 1) == ':' && !gap)) {
            return 0;
        }
        if (pairs == 6 && groups == 6 && !gap) {
            return zero ? 0 : found(start, at, Kind.MAC, .9);
        }
        boolean six =
                groups == 8
                        || (gap && digit && groups >= 2 && groups < 8)
                        || (gap && pass.alone(start, at));
        return six && groups >= (gap ? 1 : 8) ? found(start, at, Kind.IP, .8) : 0;
    }

    private int found(int start, int end, Kind kind, double score) {
        pass.add(start, end, kind, score);
        return end;
    }
}
