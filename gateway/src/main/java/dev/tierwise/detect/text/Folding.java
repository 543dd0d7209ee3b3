package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;
import java.text.Normalizer;
import java.util.Arrays;

/// Unicode's many ways to write the same, one character at a time, and look-alikes word by word.
final class Folding {
    /// Letters of other scripts that look like Latin ones (after Unicode's confusables.txt).
    private static final String LIKE =
            "АВЕКМНОРСТУХЅІЈԌԚԜаеорсухѕіјԁԛԝһӏгкмтнвԍѵα" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοορνικτυχγӕеԐ";

    private static final String LATIN =
            "ABEKMHOPCTYXSIJGQWaeopcyxsijdqwhlrkmthbgva" + "ABEZHIKMNOPTYXoopviktuxyaeE";

    private Folding() {}

    /// The text folded, or itself when nothing changes.
    static Plain of(Plain text) {
        char[] chars = text.chars();
        int length = text.length();
        int first = 0;
        while (first < length && stays(chars[first])) {
            first++;
        }
        if (first == length) {
            return text;
        }
        Output out = new Output(text, length + 16);
        out.copy(0, first);
        int i = first;
        while (i < length) {
            i = one(chars, i, length, out);
        }
        return looks(out.plain());
    }

    private static boolean stays(char c) {
        return c < 128 ? (c >= ' ' && c != 127) || c == '\n' || c == '\t' : c >= 0xC0 && c <= 0x17F;
    }

    /// Folds the character at `i` and says where the next one is.
    private static int one(char[] chars, int i, int length, Output out) {
        char c = chars[i];
        if (stays(c)) {
            out.add(c, i, i + 1);
            return i + 1;
        }
        if (Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(chars[i + 1])) {
            wide(Character.toCodePoint(c, chars[i + 1]), i, out);
            return i + 2;
        }
        char folded = Table.FOLD[c];
        if (folded == Table.MARK) {
            compose(c, i, out);
        } else if (folded == Table.LONG) {
            out.addAll(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC), i, i + 1);
        } else if (folded != Table.DROP) {
            out.add(folded, i, i + 1);
        }
        return i + 1;
    }

    /// A character beyond the first 65,536. Tags are invisible letters that models read.
    private static void wide(int point, int i, Output out) {
        if (point >= 0xE0020 && point < 0xE007F) {
            out.add((char) (point - 0xE0000), i, i + 2);
        } else if (Character.isDigit(point)) {
            out.add((char) ('0' + Character.digit(point, 10)), i, i + 2);
        } else if (!dropped(point)) {
            String one = Character.toString(point);
            String folded = point < 0x20000 ? Normalizer.normalize(one, Normalizer.Form.NFKC) : one;
            out.addAll(folded, i, i + 2);
        }
    }

    private static boolean dropped(int point) {
        return Character.getType(point) == Character.FORMAT
                || (point >= 0xE0000 && point <= 0xE0FFF)
                || (point >= 0xFE00 && point <= 0xFE0F);
    }

    /// A mark goes into the letter before it, or away: marks are also a way to hide a word.
    private static void compose(char mark, int i, Output out) {
        if (out.length() == 0 || out.last() < 'A') {
            return;
        }
        String both = Normalizer.normalize("" + out.last() + mark, Normalizer.Form.NFC);
        if (both.length() == 1) {
            out.merge(both.charAt(0), i + 1);
        }
    }

    /// Writes look-alikes as Latin letters where a word mixes scripts, or where the text is mostly
    /// Latin and has no letter of the other script that could not be.
    private static Plain looks(Plain text) {
        char[] chars = text.chars();
        int length = text.length();
        boolean foreign = false;
        boolean any = false;
        int others = 0;
        int latins = 0;
        for (int i = 0; i < length; i++) {
            if (other(chars[i])) {
                any = true;
                others++;
                foreign |= Table.LOOK[chars[i] - Table.FIRST] == 0;
            } else if (chars[i] < 128 && Letters.letter(chars[i])) {
                latins++;
            }
        }
        if (!any) {
            return text;
        }
        foreign |= others > latins;
        for (int i = 0; i < length; i++) {
            if (chars[i] > ' ') {
                int end = i;
                boolean latin = false;
                boolean mixed = false;
                for (; end < length && chars[end] > ' '; end++) {
                    latin |= (chars[end] < 128 && Letters.letter(chars[end])) || chars[end] == '@';
                    mixed |= other(chars[end]);
                }
                if (mixed && (latin || !foreign)) {
                    replace(chars, i, end);
                }
                i = end;
            }
        }
        return text;
    }

    /// The array is this class's own: it was made by [Output].
    private static void replace(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (other(chars[i])) {
                char latin = Table.LOOK[chars[i] - Table.FIRST];
                chars[i] = latin == 0 ? chars[i] : latin;
            }
        }
    }

    private static boolean other(char c) {
        return c >= Table.FIRST && c < Table.AFTER;
    }

    /// What each character becomes; made when the first one needs it.
    private static final class Table {
        static final char DROP = 0;
        static final char LONG = 1;
        static final char MARK = 2;
        static final char FIRST = 0x370;
        static final char AFTER = 0x530;
        static final char[] FOLD = new char[0x10000];
        static final char[] LOOK = new char[AFTER - FIRST];

        static {
            for (int c = 0; c < FOLD.length; c++) {
                FOLD[c] = fold((char) c);
            }
            Arrays.fill(LOOK, (char) 0);
            for (int i = 0; i < LIKE.length(); i++) {
                LOOK[LIKE.charAt(i) - FIRST] = LATIN.charAt(i);
            }
        }

        private static char fold(char c) {
            if (c == '\n' || c == '\t') {
                return c;
            }
            if (c == '\u2028' || c == '\u2029' || c == '\u0085' || c == '\r') {
                return '\n';
            }
            if (Character.isSurrogate(c)) {
                return '\uFFFD';
            }
            int type = Character.getType(c);
            return switch (type) {
                case Character.CONTROL, Character.FORMAT -> DROP;
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                        dropped(c) || c == 0x34F ? DROP : MARK;
                case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(c, 10));
                case Character.DASH_PUNCTUATION -> '-';
                case Character.SPACE_SEPARATOR -> ' ';
                default -> compatible(c);
            };
        }

        private static char compatible(char c) {
            switch (c) {
                case '\u2018', '\u2019', '\u02BC', '\u00B4', '\u2032' -> {
                    return '\'';
                }
                case '\u201C', '\u201D', '\u00AB', '\u00BB' -> {
                    return '"';
                }
                case '\u2212', '\u02D7', '\u2043' -> {
                    return '-';
                }
                case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800' -> {
                    return DROP;
                }
                default -> {}
            }
            if ((c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4)) {
                return c;
            }
            if (c == 'º' || c == 'ª' || c == '°') {
                return c;
            }
            String folded = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
            if (folded.length() != 1) {
                return LONG;
            }
            char one = folded.charAt(0);
            return Character.getType(one) == Character.DASH_PUNCTUATION ? '-' : one;
        }
    }
}
