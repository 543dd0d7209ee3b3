package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;

/// Dates with more than a year. A year alone is none (45 CFR 164.514(b)(2)(i)(C)).
final class Dates {
    private static final int MAY = 5;
    private static final int MARCH = 3;

    /// `date of birth, as far as we know: 3 May 1951`.
    private static final int NEAR_BIRTH = 40;

    private final Pass pass;
    private final char[] chars;
    private final int length;

    Dates(Pass pass) {
        this.pass = pass;
        chars = pass.chars;
        length = pass.length;
    }

    /// Looks at what follows a month's name; the end of the date or 0.
    int month(int start, int end, int month) {
        boolean capital = Letters.kind(chars[start]) == Letters.UPPER;
        boolean common = month == MAY || month == MARCH || end - start <= 3;
        int at = skip(end);
        if (word(at, "de")) {
            at = skip(at + 2);
        } else if ((pass.charAt(at) | 32) == 'd' && word(at + 1, "el")) {
            at = skip(at + 4);
        }
        int digits = digits(at);
        if (digits == 0 || Letters.letter(pass.charAt(start - 1))) {
            return 0;
        }
        int value = value(at, at + digits);
        if (digits == 4 && year(value)) {
            return common && !capital && !Letters.letter(pass.charAt(end + 1))
                    ? 0
                    : found(start, at + digits, .7);
        }
        if (digits > 2 || value < 1 || value > 31) {
            return 0;
        }
        int to = ordinal(at + digits);
        if (Letters.wordly(pass.charAt(to)) || pass.charAt(to) == '/') {
            return 0;
        }
        int year = yearAfter(to);
        if (common && !capital && year == to) {
            return 0;
        }
        if (pass.charAt(to) == '%' || (year == to && Cues.role(pass.cue(to + 1)) == Cues.UNIT)) {
            return 0;
        }
        return found(start, Math.max(to, year), .85);
    }

    /// A day and a month's name after it; the end of the date or 0.
    int dayFirst(int start, int end) {
        int day = value(start, end);
        if (end - start > 2 || day < 1 || day > 31) {
            return 0;
        }
        int at = skip(ordinal(end));
        if (word(at, "of") || word(at, "de")) {
            at = skip(at + 2);
        }
        if (!Letters.letter(pass.charAt(at)) || at == end) {
            return 0;
        }
        int cue = pass.cue(at);
        if (Cues.role(cue) != Cues.MONTH) {
            return 0;
        }
        int to = pass.wordEndWithin(at);
        int year = yearAfter(to);
        boolean common = Cues.month(cue) == MAY || Cues.month(cue) == MARCH || to - at <= 3;
        if (common && year == to && Letters.kind(chars[at]) != Letters.UPPER) {
            return 0;
        }
        return found(start, year, .85);
    }

    private boolean word(int at, String word) {
        return (pass.charAt(at) | 32) == word.charAt(0)
                && (pass.charAt(at + 1) | 32) == word.charAt(1)
                && pass.charAt(at + 2) == ' ';
    }

    /// The end of the year that follows, or `from`.
    private int yearAfter(int from) {
        int at = skip(from);
        if (word(at, "de") || word(at, "of")) {
            at = skip(at + 2);
        } else if ((pass.charAt(at) | 32) == 'd' && word(at + 1, "el")) {
            at = skip(at + 4);
        }
        if (pass.charAt(at) == '\'') {
            at++;
        }
        int digits = digits(at);
        boolean two =
                (digits == 2 && pass.charAt(at - 1) == '\'')
                        || (digits == 2 && at == from + 1 && pass.charAt(from) == '-');
        return (digits == 4 && year(value(at, at + 4))) || two ? at + digits : from;
    }

    private int skip(int from) {
        int at = from;
        while (at < length && at - from < 3 && " .,-/".indexOf(chars[at]) >= 0) {
            at++;
        }
        return at;
    }

    /// The end of `st`, `nd`, `rd`, `th` or a sign of order.
    private int ordinal(int from) {
        char a = (char) (pass.charAt(from) | 32);
        char b = (char) (pass.charAt(from + 1) | 32);
        boolean order =
                (a == 's' && b == 't')
                        || (a == 'n' && b == 'd')
                        || (a == 'r' && b == 'd')
                        || (a == 't' && b == 'h');
        if (order && !Letters.letter(pass.charAt(from + 2))) {
            return from + 2;
        }
        return pass.charAt(from) == 'º' ? from + 1 : from;
    }

    private int digits(int from) {
        int at = from;
        while (at < length && at - from < 6 && Letters.digit(chars[at])) {
            at++;
        }
        return at - from;
    }

    int value(int from, int to) {
        int value = 0;
        for (int i = from; i < to && i - from < 9; i++) {
            value = value * 10 + chars[i] - '0';
        }
        return value;
    }

    static boolean year(int value) {
        return value >= 1880 && value < 2100;
    }

    private int found(int start, int end, double score) {
        if (start - pass.lastBirthCue < NEAR_BIRTH) {
            pass.add(start, end, Kind.BIRTH_DATE, 1);
        } else {
            pass.add(start, end, Kind.DATE, score);
        }
        return end;
    }

    /// Three groups of digits as a date; the end or 0.
    int three(Groups g) {
        if (g.count < 3 || g.sign(0) != g.sign(1) || "-/.".indexOf(g.sign(0)) < 0) {
            return g.count >= 2 ? two(g) : 0;
        }
        int a = value(g.start[0], g.end[0]);
        int b = value(g.start[1], g.end[1]);
        int c = value(g.start[2], g.end[2]);
        int end = g.end[2];
        if (g.size(0) == 4 && year(a) && g.size(1) <= 2 && g.size(2) <= 2) {
            return monthDay(b, c) ? found(g.start[0], end, .9) : 0;
        }
        boolean small = g.size(0) <= 2 && g.size(1) <= 2 && (monthDay(a, b) || monthDay(b, a));
        if (small && g.size(2) == 4 && year(c)) {
            return found(g.start[0], end, .9);
        }
        boolean dotted = g.sign(0) == '.';
        if (small && g.size(2) == 2 && !(dotted && g.count > 3)) {
            boolean padded = g.size(0) == 2 || g.size(1) == 2;
            boolean told = near(g.start[0]) || pass.alone(g.start[0], end);
            boolean slash =
                    (g.sign(0) == '/' && padded)
                            || (g.sign(0) == '-' && g.size(0) == 2 && g.size(1) == 2);
            return told || slash ? found(g.start[0], end, told ? .8 : .6) : 0;
        }
        return 0;
    }

    /// Month and day, or month and year: only where words say that a date is meant.
    private int two(Groups g) {
        if (g.sign(0) != '/' || (g.count > 2 && g.sign(1) == '/') || g.size(0) > 2) {
            return 0;
        }
        int a = value(g.start[0], g.end[0]);
        int b = value(g.start[1], g.end[1]);
        boolean month = g.size(1) == 4 && a >= 1 && a <= 12 && year(b) && g.size(0) == 2;
        boolean day =
                g.size(1) == 2
                        && g.size(0) >= 1
                        && (monthDay(a, b)
                                || monthDay(b, a)
                                || (a >= 1 && a <= 12 && g.size(0) == 2));
        boolean told = near(g.start[0]) || on(g.start[0]);
        return month || (day && told) ? found(g.start[0], g.end[1], .6) : 0;
    }

    private boolean near(int start) {
        return start - pass.lastDateCue < 24;
    }

    private boolean on(int start) {
        return start >= 3
                && chars[start - 1] == ' '
                && (chars[start - 2] | 32) == 'n'
                && (chars[start - 3] | 32) == 'o'
                && !Letters.letter(pass.charAt(start - 4));
    }

    private static boolean monthDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }
}
