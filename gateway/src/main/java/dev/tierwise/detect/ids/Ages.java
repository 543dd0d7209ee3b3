package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;
import dev.tierwise.detect.text.WordTable;

/// Ages of 90 and more; younger ones identify nobody (45 CFR 164.514(b)(2)(i)(C)).
final class Ages {
    private static final int FROM = 90;
    private static final int TO = 125;
    private static final int AGED = 1;
    private static final int BOUND = 2;
    private static final int YEARS = 3;
    private static final int OLD = 4;
    private static final int PLAIN = 5;
    private static final WordTable WORDS = new WordTable(64);

    static {
        put(AGED, "age aged edad alter wiek eta");
        put(BOUND, "over above under than below least to beyond mas menos until exceeding");
        put(YEARS, "year years yr yrs y");
        put(OLD, "old o of");
        put(PLAIN, "yo anos ano yrold anni jahre lat");
    }

    private final Pass pass;

    Ages(Pass pass) {
        this.pass = pass;
    }

    private static void put(int role, String words) {
        for (String word : words.split(" ", -1)) {
            WORDS.put(word, role);
        }
    }

    /// Looks at a number: the end of the age that it is, or 0.
    int look(int start, int end) {
        int size = end - start;
        if (size < 2 || size > 3) {
            return 0;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + pass.chars[i] - '0';
        }
        if (value < FROM || value > TO) {
            return 0;
        }
        int before = wordBefore(start);
        if (before == BOUND || pass.charAt(start - 1) == '>' || pass.charAt(start - 1) == '<') {
            return 0;
        }
        int after = after(end);
        if (after > end
                || (before == AGED
                        && !Letters.wordly(pass.charAt(end))
                        && pass.charAt(end) != '%')) {
            pass.add(start, Math.max(end, after), Kind.AGE, .8);
            return Math.max(end, after);
        }
        return 0;
    }

    private int wordBefore(int start) {
        int to = start;
        while (to > 0 && start - to < 5 && " :\"'=".indexOf(pass.charAt(to - 1)) >= 0) {
            to--;
        }
        int from = to;
        while (from > 0 && to - from < 12 && Letters.letter(pass.chars[from - 1])) {
            from--;
        }
        return from == to ? 0 : WORDS.get(Letters.hash(pass.chars, from, to));
    }

    /// The end of the words that make the number an age, or `end`.
    private int after(int end) {
        int at = skip(end);
        int to = pass.wordEndWithin(at);
        int role = to == at ? 0 : WORDS.get(Letters.hash(pass.chars, at, to));
        if (role == PLAIN) {
            return to;
        }
        if (role != YEARS) {
            return end;
        }
        int next = skip(to);
        int last = pass.wordEndWithin(next);
        boolean old = last > next && WORDS.get(Letters.hash(pass.chars, next, last)) == OLD;
        boolean ofAge = old && pass.charAt(last) == ' ' && (pass.charAt(last - 1) | 32) == 'f';
        return old
                        && (!ofAge
                                || ((pass.charAt(last + 1) | 32) == 'a'
                                        && (pass.charAt(last + 2) | 32) == 'g'))
                ? last
                : end;
    }

    private int skip(int from) {
        int at = from;
        while (at - from < 2
                && (pass.charAt(at) == ' ' || pass.charAt(at) == '-' || pass.charAt(at) == '/')) {
            at++;
        }
        return at;
    }
}
