package dev.tierwise.detect.ids;

import dev.tierwise.detect.Family;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;

/// Codes of letters and digits, such as `EM-123456`.
final class Codes {
    private final Pass pass;
    private final char[] chars;
    private final int length;
    private final Forms forms;
    private int digits;
    private int letters;

    Codes(Pass pass) {
        this.pass = pass;
        chars = pass.chars;
        length = pass.length;
        forms = new Forms(pass);
    }

    /// Whether two letters begin a code that is written in groups.
    boolean spaced(int start, int end) {
        return end - start <= 4 && pass.charAt(end) == ' ' && Letters.digit(pass.charAt(end + 1));
    }

    /// Looks at the code at `start`: the end of what was found, or 0.
    int look(int start) {
        if (Letters.wordly(pass.charAt(start - 1))) {
            return 0;
        }
        int end = end(start);
        int found = forms.iban(start);
        if (found == 0 && (digits > 0 || end - start == 17 || end - start == 2)) {
            found = forms.look(start, end, letters, digits);
        }
        return found > 0 ? found : named(start, end);
    }

    private int end(int start) {
        digits = 0;
        letters = 0;
        int at = start;
        int limit = Math.min(length, start + Pass.LONGEST);
        while (at < limit) {
            char c = chars[at];
            if (Letters.digit(c)) {
                digits++;
            } else if (Letters.letter(c)) {
                letters++;
            } else if (!(joins(c) && Letters.wordly(pass.charAt(at + 1)))) {
                break;
            }
            at++;
        }
        pass.steps += at - start;
        return at;
    }

    private static boolean joins(char c) {
        return c == '-' || c == '/' || c == '.' || c == '_';
    }

    /// A code that words before it name; the end or 0.
    private int named(int start, int end) {
        Kind kind = pass.label.kind();
        if (kind == null || end - start >= Pass.LONGEST) {
            return 0;
        }
        if (kind == Kind.BIC || kind == Kind.PLATE || kind == Kind.POSTCODE) {
            return forms.named(kind, start, end);
        }
        int to = letters == 0 ? digitsEnd(start) : end;
        if (pass.charAt(to) == '(' || (pass.label.bare() && slashed(start, to))) {
            return 0;
        }
        if (digits < fewest(kind) || (kind.family() == Family.PHONE && letters > 0)) {
            return 0;
        }
        if (letters == 0 && (amount(start, to) || wrong(kind, start, to))) {
            return 0;
        }
        if (letters > 0 && quantity(start, to)) {
            return 0;
        }
        pass.add(start, to, kind, pass.label.strong() ? .8 : .6);
        return to;
    }

    /// A path or a version rather than a code.
    private boolean slashed(int start, int end) {
        for (int i = start; i < end; i++) {
            if (chars[i] == '/' || chars[i] == '.') {
                return true;
            }
        }
        return false;
    }

    private int digitsEnd(int start) {
        int at = start;
        digits = 0;
        while (at < length
                && (Letters.digit(chars[at])
                        || ((chars[at] == '-' || chars[at] == '/')
                                && Letters.digit(pass.charAt(at + 1))))) {
            digits += Letters.digit(chars[at]) ? 1 : 0;
            at++;
        }
        return at;
    }

    private int fewest(Kind kind) {
        if (pass.label.bare()) {
            return 5;
        }
        if (!pass.label.strong()) {
            return kind == Kind.PHONE || letters == 0 ? 6 : 5;
        }
        return pass.label.gap() > 0 ? 5 : letters > 0 ? 3 : 4;
    }

    /// Whether a number is a year, money, a share or a quantity.
    private boolean amount(int start, int end) {
        char before = pass.charAt(start - 1);
        char after = pass.charAt(end);
        boolean decimal = (after == '.' || after == ',') && Letters.digit(pass.charAt(end + 1));
        if (before == '$' || before == '€' || before == '£' || after == '%' || decimal) {
            return true;
        }
        int next = after == ' ' ? end + 1 : end;
        boolean unit =
                Letters.letter(pass.charAt(next))
                        && pass.wordEndWithin(next) - next > 1
                        && Cues.role(pass.cue(next)) == Cues.UNIT;
        if (unit) {
            return true;
        }
        if (end - start == 4
                && ((chars[start] == '1' && chars[start + 1] == '9')
                        || (chars[start] == '2' && chars[start + 1] == '0'))) {
            return !(pass.label.strong()
                            && !pass.label.bare()
                            && pass.label.gap() == 0
                            && before != ' ')
                    && !(pass.label.kind() == Kind.MEDICAL_RECORD
                            && pass.label.gap() == 0
                            && pass.label.strong());
        }
        return false;
    }

    /// Digits with a unit right behind, such as `2000mg`.
    private boolean quantity(int start, int end) {
        int at = start;
        while (at < end && Letters.digit(chars[at])) {
            at++;
        }
        return at > start
                && at < end
                && pass.wordEndWithin(at) == end
                && Cues.role(pass.cue(at)) == Cues.UNIT;
    }

    private boolean wrong(Kind kind, int start, int end) {
        if (!Checks.decides(kind)) {
            return false;
        }
        byte[] values = new byte[Pass.LONGEST];
        int n = 0;
        for (int i = start; i < end && n < values.length; i++) {
            if (Letters.digit(chars[i])) {
                values[n++] = (byte) (chars[i] - '0');
            }
        }
        return Checks.of(kind, values, n) == 0;
    }
}
