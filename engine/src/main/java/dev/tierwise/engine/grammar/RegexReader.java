package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.List;

/// Reads a regular expression that describes a whole text: the part of ECMA-262's that a grammar
/// can follow. Look-around, back references and word boundaries are refused by name.
final class RegexReader {
    private static final int MOST_TIMES = 2_000;

    private final Rules rules;
    private final String text;
    private final Ranges within = new Ranges();
    private final boolean quoted;
    private int at;

    /// @param quoted whether it stands within a JSON string, where quotes, backslashes and control
    ///   characters cannot stand as they are
    RegexReader(Rules rules, String text, boolean quoted) {
        this.rules = rules;
        this.text = text;
        this.quoted = quoted;
        if (quoted) {
            within.add(0x20, 0x21);
            within.add(0x23, 0x5b);
            within.add(0x5d, 0x10ffff);
        } else {
            within.add(0, 0x10ffff);
        }
    }

    int read() {
        if (text.startsWith("^")) {
            at++;
        }
        int all = either();
        if (at < text.length()) {
            throw wrong("there is a `)` too many");
        }
        return all;
    }

    private Rules.Unfit wrong(String what) {
        return new Rules.Unfit(what, "character " + at + " of the expression");
    }

    private int either() {
        var rows = new ArrayList<List<Integer>>();
        rows.add(row());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            rows.add(row());
        }
        return rules.any(rows);
    }

    private List<Integer> row() {
        var row = new ArrayList<Integer>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            if (text.charAt(at) == '$' && at == text.length() - 1) {
                at++;
                break;
            }
            row.addAll(counted(one()));
        }
        return row;
    }

    private int one() {
        int character = text.codePointAt(at);
        switch (character) {
            case '(' -> {
                return group();
            }
            case '[' -> {
                return set(bracket());
            }
            case '.' -> {
                at++;
                var any = new Ranges();
                any.add('\n', '\n');
                any.add('\r', '\r');
                return set(any.others());
            }
            case '\\' -> {
                at++;
                return set(escape());
            }
            case '^', '$' -> throw wrong("an anchor in the middle");
            case '*', '+', '?', '{' -> throw wrong("nothing stands before the quantifier");
            default -> {
                at += Character.charCount(character);
                var single = new Ranges();
                single.add(character, character);
                return set(single);
            }
        }
    }

    private int set(Ranges ranges) {
        int[] flat = ranges.within(within).flat();
        if (flat.length == 0) {
            throw wrong(
                    quoted
                            ? "quotes, backslashes and control characters cannot stand in this text"
                            : "a set of characters is empty");
        }
        return rules.characters(flat);
    }

    private int group() {
        at++;
        if (text.startsWith("?", at)) {
            if (!text.startsWith("?:", at)) {
                throw wrong("look-around and named groups are not known");
            }
            at += 2;
        }
        int inner = either();
        if (at >= text.length()) {
            throw wrong("a group is not closed");
        }
        at++;
        return inner;
    }

    private List<Integer> counted(int symbol) {
        if (at >= text.length()) {
            return List.of(symbol);
        }
        List<Integer> row =
                switch (text.charAt(at)) {
                    case '*' -> times(symbol, 0, -1);
                    case '+' -> times(symbol, 1, -1);
                    case '?' -> times(symbol, 0, 1);
                    case '{' -> braces(symbol);
                    default -> List.of(symbol);
                };
        // how eager it is makes no difference to what matches
        if (row.size() != 1 || row.getFirst() != symbol) {
            if (at < text.length() && text.charAt(at) == '?') {
                at++;
            } else if (at < text.length() && text.charAt(at) == '+') {
                throw wrong("possessive quantifiers are not known");
            }
        }
        return row;
    }

    private List<Integer> times(int symbol, int least, int most) {
        at++;
        return rules.times(symbol, least, most);
    }

    private List<Integer> braces(int symbol) {
        int close = text.indexOf('}', at);
        if (close < 0) {
            throw wrong("a `{` is not closed");
        }
        String inside = text.substring(at + 1, close);
        int comma = inside.indexOf(',');
        int least = count(comma < 0 ? inside : inside.substring(0, comma));
        String rest = comma < 0 ? inside : inside.substring(comma + 1);
        int most = rest.isEmpty() ? -1 : count(rest);
        if (most >= 0 && most < least) {
            throw wrong("`{" + inside + "}` allows nothing");
        }
        at = close + 1;
        return rules.times(symbol, least, most);
    }

    private int count(String digits) {
        if (!digits.matches("\\d{1,4}") || Integer.parseInt(digits) > MOST_TIMES) {
            throw wrong("`" + digits + "` is no count up to " + MOST_TIMES);
        }
        return Integer.parseInt(digits);
    }

    private Ranges bracket() {
        at++;
        boolean not = text.startsWith("^", at);
        if (not) {
            at++;
        }
        var ranges = new Ranges();
        while (at < text.length() && text.charAt(at) != ']') {
            Ranges one = member();
            int[] flat = one.flat();
            boolean single = flat.length == 2 && flat[0] == flat[1];
            if (single
                    && at + 1 < text.length()
                    && text.charAt(at) == '-'
                    && text.charAt(at + 1) != ']') {
                at++;
                int[] last = member().flat();
                if (last.length != 2 || last[0] != last[1] || last[0] < flat[0]) {
                    throw wrong("a range of characters runs backwards");
                }
                ranges.add(flat[0], last[0]);
            } else {
                ranges.add(one);
            }
        }
        if (at >= text.length()) {
            throw wrong("a `[` is not closed");
        }
        at++;
        return not ? ranges.others() : ranges;
    }

    private Ranges member() {
        if (at >= text.length()) {
            throw wrong("a `[` is not closed");
        }
        if (text.charAt(at) == '\\') {
            at++;
            return escape();
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        var single = new Ranges();
        single.add(character, character);
        return single;
    }

    /// After the backslash.
    private Ranges escape() {
        if (at >= text.length()) {
            throw wrong("it ends with a backslash");
        }
        char letter = text.charAt(at++);
        var ranges = new Ranges();
        switch (letter) {
            case 'd', 'D' -> ranges.add('0', '9');
            case 'w', 'W' -> {
                ranges.add('0', '9');
                ranges.add('A', 'Z');
                ranges.add('_', '_');
                ranges.add('a', 'z');
            }
            case 's', 'S' -> {
                ranges.add('\t', '\r');
                ranges.add(' ', ' ');
                ranges.add(0xa0, 0xa0);
            }
            case 'n' -> ranges.add('\n', '\n');
            case 'r' -> ranges.add('\r', '\r');
            case 't' -> ranges.add('\t', '\t');
            case 'u', 'x' -> {
                int length = letter == 'u' ? 4 : 2;
                if (at + length > text.length()) {
                    throw wrong("`\\" + letter + "` wants " + length + " digits");
                }
                String digits = text.substring(at, at + length);
                if (!digits.matches("[0-9a-fA-F]+")) {
                    throw wrong("`\\" + letter + "` wants " + length + " digits");
                }
                at += length;
                int code = Integer.parseInt(digits, 16);
                ranges.add(code, code);
            }
            default -> {
                if (Character.isLetterOrDigit(letter)) {
                    throw wrong("`\\" + letter + "` is not known");
                }
                ranges.add(letter, letter);
            }
        }
        return Character.isUpperCase(letter) ? ranges.others() : ranges;
    }
}
