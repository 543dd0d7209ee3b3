package dev.tierwise.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Final answers in one form, so that equal ones are equal strings.
final class Canonical {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 12;
    private static final int LONGEST_NUMBER = 60;

    /// Digits that count where a division was needed: models write 0.333333 and 1/3.
    private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);

    /// Words that a number's unit cannot be: they change its value.
    private static final Set<String> NOT_UNITS =
            Set.of(
                    "pi",
                    "sqrt",
                    "i",
                    "e",
                    "x",
                    "y",
                    "z",
                    "n",
                    "k",
                    "a",
                    "b",
                    "c",
                    "infinity",
                    "or",
                    "and",
                    "to",
                    "mod",
                    "log",
                    "ln",
                    "sin",
                    "cos",
                    "tan",
                    "million",
                    "billion",
                    "thousand",
                    "hundred",
                    "dozen",
                    "trillion");

    private static final String[] HEDGES = {
        "approximately", "about", "around", "roughly", "≈", "~", "exactly"
    };

    private Canonical() {}

    static String of(String text) {
        return of(cut(text), 0);
    }

    /// For literals of programs: case, and spaces within quotes, count; quotes around the whole do
    /// not, because JSON answers lose them.
    static String code(String text) {
        String bare = unwrap(cut(text));
        String inner = unquoted(bare);
        if (inner != null) {
            return inner;
        }
        var out = new StringBuilder(bare.length());
        char quote = 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (quote != 0) {
                out.append(c == quote ? '\'' : c);
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
                out.append('\'');
            } else if (c != ' ' || !isInBrackets(bare)) {
                out.append(c);
            }
        }
        BigDecimal number = Numerals.read(out.toString());
        return number == null ? out.toString() : "=" + plain(number);
    }

    private static boolean isInBrackets(String text) {
        return !text.isEmpty() && "[({".indexOf(text.charAt(0)) >= 0;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static String of(String text, int depth) {
        String bare = unwrap(Tex.plain(unwrap(text)));
        if (depth > DEEPEST) {
            return squeeze(bare);
        }
        String number = number(bare);
        if (number != null) {
            return number;
        }
        String inner = unquoted(bare);
        if (inner != null) {
            return of(inner, depth + 1);
        }
        String named = afterName(bare);
        if (named != null) {
            return of(named, depth + 1);
        }
        String list = list(bare, depth);
        return list == null ? squeeze(bare) : list;
    }

    /// `x = 5` says 5.
    private static @Nullable String afterName(String text) {
        int at = text.indexOf('=');
        boolean named = at > 0 && at + 1 < text.length() && text.indexOf('=', at + 1) < 0;
        String name = named ? text.substring(0, at).strip() : "";
        return !name.isEmpty() && name.length() <= 2 && Character.isLetter(name.charAt(0))
                ? text.substring(at + 1).strip()
                : null;
    }

    /// A bracketed or bare list, its items in one form; order counts only in brackets that keep it.
    private static @Nullable String list(String text, int depth) {
        if (text.isEmpty()) {
            return null;
        }
        int open = "[({".indexOf(text.charAt(0));
        boolean closed = open >= 0 && closes(text);
        String inside = closed ? text.substring(1, text.length() - 1) : text;
        List<String> parts = split(inside);
        if (!closed && parts.size() < 2) {
            return null;
        }
        if (closed && open == 1 && parts.size() == 1) {
            return of(parts.getFirst(), depth + 1); // brackets around one thing
        }
        var items = new ArrayList<String>();
        for (String part : parts) {
            items.add(of(part, depth + 1));
        }
        boolean ordered = closed && open < 2;
        if (!ordered) {
            items.sort(null);
        }
        String mark = closed ? text.substring(0, 1) : "{";
        return mark + String.join(",", items);
    }

    /// Whether the first bracket closes at the very end.
    private static boolean closes(String text) {
        int deep = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            deep += "[({".indexOf(c) >= 0 ? 1 : "])}".indexOf(c) >= 0 ? -1 : 0;
            if (deep == 0) {
                return i == text.length() - 1;
            }
        }
        return false;
    }

    /// Parts at commas outside of brackets and quotes, and at " or " and " and " of a bare list.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int deep = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || (c == '\'' && opensQuote(text, i))) {
                quote = c;
            } else if ("[({".indexOf(c) >= 0) {
                deep++;
            } else if ("])}".indexOf(c) >= 0) {
                deep--;
            } else if (deep == 0 && (c == ',' || c == ';' || isWordOr(text, i))) {
                parts.add(text.substring(start, i).strip());
                start = c == ' ' ? i + (text.startsWith(" or ", i) ? 4 : 5) : i + 1;
            }
        }
        parts.add(start <= text.length() ? text.substring(start).strip() : "");
        parts.removeIf(String::isEmpty);
        return parts;
    }

    private static boolean opensQuote(String text, int at) {
        return at == 0 || " ,:[({".indexOf(text.charAt(at - 1)) >= 0;
    }

    private static boolean isWordOr(String text, int at) {
        return text.startsWith(" or ", at) || text.startsWith(" and ", at);
    }

    private static @Nullable String number(String text) {
        String rest = text;
        for (String hedge : HEDGES) {
            if (rest.regionMatches(true, 0, hedge, 0, hedge.length())) {
                rest = rest.substring(hedge.length()).strip();
            }
        }
        int end = Numerals.end(rest);
        if (end <= 0 || end > LONGEST_NUMBER || !isUnit(rest, end)) {
            return null;
        }
        BigDecimal number = Numerals.read(rest.substring(0, end));
        return number == null ? null : "=" + plain(number);
    }

    /// Whether nothing but a unit stands from `from` on: few words, no digits, nothing that would
    /// change the value.
    private static boolean isUnit(String text, int from) {
        String unit = text.substring(from);
        String bare = unit.strip();
        if (bare.isEmpty() || bare.equals("%") || bare.equals("%.")) {
            return true;
        }
        if (bare.length() > 30 || !Character.isLetter(bare.charAt(0))) {
            return bare.equals("€") || bare.equals("£") || bare.equals("¢") || bare.equals("°");
        }
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            boolean power =
                    c == '^' || (i > 0 && bare.charAt(i - 1) == '^' && Character.isDigit(c));
            if (!Character.isLetter(c) && " /.²³".indexOf(c) < 0 && !power) {
                return false;
            }
        }
        String[] words = bare.toLowerCase(Locale.ROOT).split("[ /^.]+", -1);
        boolean attached = unit.charAt(0) != ' ';
        return words.length <= 4
                && !NOT_UNITS.contains(words[0])
                && !(attached && words[0].length() == 1);
    }

    private static String plain(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        BigDecimal kept = bare.scale() <= 0 ? bare : bare.round(DIGITS).stripTrailingZeros();
        return kept.signum() == 0 ? "0" : kept.toString();
    }

    /// Without spaces and case.
    private static String squeeze(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    /// Without spaces, emphasis, code ticks and a final stop around it.
    private static String unwrap(String text) {
        int from = 0;
        int to = text.length();
        boolean moved = true;
        while (moved && from < to) {
            moved = false;
            char first = text.charAt(from);
            char last = text.charAt(to - 1);
            if (Character.isWhitespace(first) || first == '`') {
                from++;
                moved = true;
            } else if (Character.isWhitespace(last) || last == '`') {
                to--;
                moved = true;
            } else if (last == '.' && to - from > 1 && text.charAt(to - 2) != '.') {
                to--;
                moved = true;
            } else if (to - from > 4
                    && text.startsWith("**", from)
                    && text.startsWith("**", to - 2)) {
                from += 2;
                to -= 2;
                moved = true;
            }
        }
        return text.substring(from, to);
    }

    /// What stands in quotes that go around the whole; null when they do not.
    private static @Nullable String unquoted(String text) {
        int length = text.length();
        if (length < 2) {
            return null;
        }
        char quote = text.charAt(0);
        boolean around = (quote == '"' || quote == '\'') && text.charAt(length - 1) == quote;
        return around && text.indexOf(quote, 1) == length - 1
                ? text.substring(1, length - 1)
                : null;
    }
}
