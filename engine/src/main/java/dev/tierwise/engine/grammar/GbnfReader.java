package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a grammar in llama.cpp's notation: rules `name ::= alternatives` of texts, sets of
/// characters, names, groups and counts; `#` begins a comment.
final class GbnfReader {
    private final Rules rules;
    private final String text;
    private final Map<String, Integer> names = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private int at;

    GbnfReader(Rules rules, String text) {
        this.rules = rules;
        this.text = text;
    }

    int read() {
        blanks(true);
        while (at < text.length()) {
            String name = name();
            blanks(false);
            if (!text.startsWith("::=", at)) {
                throw wrong("`::=` is missing after `" + name + "`");
            }
            at += 3;
            blanks(true);
            if (!made.add(name)) {
                throw wrong("the rule `" + name + "` stands twice");
            }
            int rule = named(name);
            for (List<Integer> row : alternatives(false)) {
                rules.add(rule, row);
            }
            blanks(true);
        }
        for (String name : names.keySet()) {
            if (!made.contains(name)) {
                throw wrong("there is no rule `" + name + "`");
            }
        }
        if (!made.contains("root")) {
            throw wrong("there is no rule `root`");
        }
        return named("root");
    }

    private Rules.Unfit wrong(String what) {
        int line = (int) text.substring(0, Math.min(at, text.length())).lines().count();
        return new Rules.Unfit(what, "line " + Math.max(1, line));
    }

    private int named(String name) {
        return names.computeIfAbsent(name, _ -> rules.rule());
    }

    /// Skips white space and comments; line ends only where `lines` is set.
    private void blanks(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r')) {
                at++;
            } else {
                return;
            }
        }
    }

    private String name() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || text.charAt(at) == '-'
                        || text.charAt(at) == '_')) {
            at++;
        }
        if (at == from) {
            throw wrong("a name of a rule is expected");
        }
        return text.substring(from, at);
    }

    private List<List<Integer>> alternatives(boolean nested) {
        var rows = new ArrayList<List<Integer>>();
        rows.add(row(nested));
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            blanks(true);
            rows.add(row(nested));
        }
        return rows;
    }

    private List<Integer> row(boolean nested) {
        var row = new ArrayList<Integer>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '|' || c == ')' || c == '\n' || c == '\r') {
                break;
            }
            List<Integer> one = item();
            row.addAll(counted(one));
            blanks(nested);
        }
        return row;
    }

    private List<Integer> item() {
        char c = text.charAt(at);
        return switch (c) {
            case '"' -> literal();
            case '[' -> List.of(set());
            case '.' -> {
                at++;
                yield List.of(rules.characters(0, 0x10ffff));
            }
            case '(' -> {
                at++;
                blanks(true);
                int group = rules.any(alternatives(true));
                blanks(true);
                if (!text.startsWith(")", at)) {
                    throw wrong("a `(` is not closed");
                }
                at++;
                yield List.of(group);
            }
            default -> List.of(named(name()));
        };
    }

    private List<Integer> counted(List<Integer> one) {
        if (at >= text.length()) {
            return one;
        }
        char c = text.charAt(at);
        if ("*+?{".indexOf(c) < 0) {
            return one;
        }
        int symbol = rules.group(one);
        at++;
        switch (c) {
            case '*' -> {
                return rules.times(symbol, 0, -1);
            }
            case '+' -> {
                return rules.times(symbol, 1, -1);
            }
            case '?' -> {
                return rules.times(symbol, 0, 1);
            }
            default -> {
                int close = text.indexOf('}', at);
                String inside = close < 0 ? "" : text.substring(at, close).replace(" ", "");
                if (!inside.matches("\\d{1,4}(,\\d{0,4})?")) {
                    throw wrong("`{" + inside + "}` is no count");
                }
                at = close + 1;
                int comma = inside.indexOf(',');
                int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
                String rest = comma < 0 ? inside : inside.substring(comma + 1);
                int most = rest.isEmpty() ? -1 : Integer.parseInt(rest);
                if (most >= 0 && most < least) {
                    throw wrong("`{" + inside + "}` allows nothing");
                }
                return rules.times(symbol, least, most);
            }
        }
    }

    private List<Integer> literal() {
        at++;
        var literal = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            literal.appendCodePoint(character());
        }
        if (at >= text.length()) {
            throw wrong("a text is not closed");
        }
        at++;
        return rules.text(literal.toString());
    }

    private int set() {
        at++;
        boolean not = text.startsWith("^", at);
        if (not) {
            at++;
        }
        var ranges = new Ranges();
        while (at < text.length() && text.charAt(at) != ']') {
            int from = character();
            int to = from;
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                at++;
                to = character();
            }
            if (to < from) {
                throw wrong("a range of characters runs backwards");
            }
            ranges.add(from, to);
        }
        if (at >= text.length()) {
            throw wrong("a `[` is not closed");
        }
        at++;
        int[] flat = (not ? ranges.others() : ranges).flat();
        if (flat.length == 0) {
            throw wrong("a set of characters is empty");
        }
        return rules.characters(flat);
    }

    private int character() {
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        if (character != '\\') {
            return character;
        }
        if (at >= text.length()) {
            throw wrong("it ends with a backslash");
        }
        char letter = text.charAt(at++);
        int digits =
                switch (letter) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        if (digits > 0) {
            String hex = at + digits <= text.length() ? text.substring(at, at + digits) : "";
            if (!hex.matches("[0-9a-fA-F]+") || Long.parseLong(hex, 16) > 0x10ffff) {
                throw wrong("`\\" + letter + "` wants " + digits + " digits");
            }
            at += digits;
            return (int) Long.parseLong(hex, 16);
        }
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '[', ']', '-', '^' -> letter;
            default -> throw wrong("`\\" + letter + "` is not known");
        };
    }
}
