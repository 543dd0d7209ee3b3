package dev.tierwise.detect.text;

/// Addresses written with words: `jane dot doe at example dot org`, `jane [at] example [dot] org`.
final class SpelledMail {
    private static final int LONGEST = 120;
    private static final WordTable SIGNS = new WordTable(8);

    static {
        SIGNS.put("at", 1);
        SIGNS.put("arroba", 1);
        SIGNS.put("dot", 2);
        SIGNS.put("punto", 2);
    }

    private SpelledMail() {}

    /// Whether a word for a sign may follow the space at `space`.
    static boolean begins(char[] chars, int space, int length) {
        if (space + 3 >= length) {
            return false;
        }
        char c = chars[space + 1];
        return c == '[' || c == '(' || c == '{' || sign(chars, space + 1, length) > 0;
    }

    /// Writes the address that begins at `from` and returns its end, or `from` when there is none.
    static int read(char[] chars, int from, int length, StringBuilder meant) {
        int limit = Math.min(length, from + LONGEST);
        int at = word(chars, from, limit, meant);
        boolean mail = false;
        boolean sure = false;
        int end = from;
        while (at < limit) {
            int open = skip(chars, at, limit);
            int sign = sign(chars, open, limit);
            if (sign == 0) {
                if (chars[at] == '@' && !mail) {
                    mail = true;
                    meant.append('@');
                    at = word(chars, at + 1, limit, meant);
                    continue;
                }
                break;
            }
            if (sign == 1 && mail) {
                break;
            }
            int next = skip(chars, wordEnd(chars, open, limit), limit);
            int to = wordEnd(chars, next, limit);
            if (to == next) {
                break;
            }
            mail |= sign == 1;
            // `look at example.com` is none
            sure |= sign == 2 || chars[open - 1] != ' ';
            meant.append(sign == 1 ? '@' : '.');
            at = word(chars, next, limit, meant);
            if (mail && (sign == 2 || (sure && dotted(meant)))) {
                end = at;
            }
        }
        return end;
    }

    private static boolean dotted(StringBuilder meant) {
        return meant.lastIndexOf(".") > meant.indexOf("@") + 1;
    }

    private static int sign(char[] chars, int from, int limit) {
        if (from + 1 >= limit || !SIGNS.may(chars[from], chars[from + 1])) {
            return 0;
        }
        int end = from;
        while (end < limit && end - from < 8 && Letters.letter(chars[end])) {
            end++;
        }
        return end - from < 2 ? 0 : SIGNS.get(Letters.hash(chars, from, end));
    }

    private static int skip(char[] chars, int from, int limit) {
        int at = from;
        while (at < limit && at - from < 4 && " []()<>{}".indexOf(chars[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static int wordEnd(char[] chars, int from, int limit) {
        int at = from;
        while (at < limit && (Letters.wordly(chars[at]) || "._+-".indexOf(chars[at]) >= 0)) {
            at++;
        }
        return at;
    }

    private static int word(char[] chars, int from, int limit, StringBuilder meant) {
        int end = wordEnd(chars, from, limit);
        meant.append(chars, from, end - from);
        return end;
    }
}
