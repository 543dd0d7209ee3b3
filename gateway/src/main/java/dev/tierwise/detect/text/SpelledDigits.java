package dev.tierwise.detect.text;

/// Values said one character at a time: `five five five`, `2 1 9 - 4 9`, `D E six eight`.
final class SpelledDigits {
    private static final WordTable DIGITS = new WordTable(64);
    private static final int WORDS = 4;
    private static final int SINGLES = 6;

    static {
        String[] names = {
            "zero oh cero null zero", "one uno una eins un", "two dos zwei deux",
                    "three tres drei trois",
            "four cuatro vier quatre", "five cinco funf cinq", "six seis sechs",
                    "seven siete sieben sept",
            "eight ocho acht huit", "nine nueve neun neuf"
        };
        for (int digit = 0; digit < names.length; digit++) {
            for (String name : names[digit].split(" ", -1)) {
                DIGITS.put(name, digit + 1);
            }
        }
    }

    private SpelledDigits() {}

    /// The digit that a word says, or -1.
    static int digit(char[] chars, int from, int to) {
        boolean may = to - from > 1 && DIGITS.may(chars[from], chars[from + 1]);
        return may ? DIGITS.get(Letters.hash(chars, from, to)) - 1 : -1;
    }

    /// Writes what is spelled from `from` on and returns its end; minus the end of what was looked
    /// at when it is too little to be a value.
    static int read(char[] chars, int from, int length, StringBuilder meant) {
        int at = from;
        int end = from;
        int words = 0;
        int singles = 0;
        while (at < length) {
            int gap = at;
            while (at < length && chars[at] == ' ') {
                at++;
            }
            if (at == length || at - gap > 3) {
                break;
            }
            int to = at;
            while (to < length && Letters.letter(chars[to])) {
                to++;
            }
            int digit = to - at > 1 ? digit(chars, at, to) : -1;
            if (to - at > 1 && digit < 0) {
                break;
            }
            if (to == at
                    && Letters.digit(chars[at])
                    && to + 1 < length
                    && Letters.digit(chars[to + 1])) {
                break;
            }
            if (at - gap > 1) {
                meant.append(' ');
            }
            if (digit >= 0) {
                meant.append((char) ('0' + digit));
                words++;
                at = to;
            } else {
                meant.append(chars[at++]);
                singles++;
            }
            end = at;
            if (at < length && chars[at] > ' ' && chars[at] != '-' && chars[at] != ',') {
                if (!joins(chars[at])) {
                    break;
                }
            }
        }
        boolean enough = words >= WORDS || (singles >= SINGLES && words + singles > SINGLES);
        return enough ? end : -end;
    }

    private static boolean joins(char c) {
        return c == '.' || c == ')' || c == '(' || c == '@' || c == '/' || c == ':';
    }
}
