package dev.tierwise.verify;

import java.util.Map;
import java.util.Set;

/// TeX formulas as plain text: `\dfrac{3}{4}` becomes `(3)/(4)`, `\left( x \right)` becomes `( x
/// )`. Not a parser: what it does not know keeps its name.
final class Tex {
    private static final int DEEPEST = 16;

    private static final Set<String> FRACTIONS = Set.of("frac", "dfrac", "tfrac", "cfrac");
    private static final Set<String> WRAPS =
            Set.of(
                    "text",
                    "textbf",
                    "textit",
                    "mathrm",
                    "mathbf",
                    "mbox",
                    "operatorname",
                    "boxed",
                    "fbox",
                    "mathit",
                    "mathbb",
                    "textrm");
    private static final Set<String> NOTHING =
            Set.of(
                    "left",
                    "right",
                    "big",
                    "Big",
                    "bigl",
                    "bigr",
                    "displaystyle",
                    "quad",
                    "qquad",
                    "limits",
                    "circ",
                    "degree",
                    "dots",
                    "ldots");
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("cdot", "*"),
                    Map.entry("times", "*"),
                    Map.entry("div", "/"),
                    Map.entry("pm", "±"),
                    Map.entry("infty", "infinity"),
                    Map.entry("le", "<="),
                    Map.entry("leq", "<="),
                    Map.entry("ge", ">="),
                    Map.entry("geq", ">="),
                    Map.entry("cup", "∪"),
                    Map.entry("cap", "∩"),
                    Map.entry("approx", "≈"),
                    Map.entry("lbrace", "{"),
                    Map.entry("rbrace", "}"));

    private static final String[] DEGREES = {"\\circ", "{\\circ}", "\\degree"};

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private Tex(String text) {
        this.text = text;
    }

    /// The text without TeX; the same string when it holds none.
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("\\$^_√π∞×·−–÷°".indexOf(text.charAt(i)) >= 0) {
                var tex = new Tex(text);
                tex.run(text.length(), 0);
                return tex.out.toString();
            }
        }
        return text;
    }

    private void run(int end, int depth) {
        while (at < end) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> command(end, depth);
                case '$', '°' -> at++;
                case '^', '_' -> raised(c, end, depth);
                case '√' -> {
                    at++;
                    out.append("sqrt");
                    root(end, depth);
                }
                default -> {
                    plain(c);
                    at++;
                }
            }
        }
    }

    private void raised(char mark, int end, int depth) {
        at++;
        for (String degree : DEGREES) {
            if (text.startsWith(degree, at) && at + degree.length() <= end) {
                at += degree.length();
                return;
            }
        }
        out.append(mark);
        if (at < end && text.charAt(at) == '{') {
            argument(end, depth, false);
        }
    }

    private void plain(char c) {
        switch (c) {
            case 'π' -> out.append("pi");
            case '∞' -> out.append("infinity");
            case '×', '·' -> out.append('*');
            case '−', '–' -> out.append('-');
            case '÷' -> out.append('/');
            default -> out.append(c);
        }
    }

    private void command(int end, int depth) {
        int start = ++at;
        while (at < end && isLetter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            mark(end);
            return;
        }
        String name = text.substring(start, at);
        if (FRACTIONS.contains(name)) {
            argument(end, depth, true);
            out.append('/');
            argument(end, depth, true);
        } else if (name.equals("sqrt")) {
            out.append("sqrt");
            root(end, depth);
        } else if (WRAPS.contains(name)) {
            if (at < end && text.charAt(at) == '{') {
                int close = close(end);
                at++;
                into(close, depth);
                at = Math.min(end, close + 1);
            }
        } else if (!NOTHING.contains(name)) {
            out.append(WORDS.getOrDefault(name, name));
        }
    }

    /// A backslash before something other than a letter: a space, or the sign itself.
    private void mark(int end) {
        if (at < end) {
            char c = text.charAt(at++);
            if ("{}%_&#".indexOf(c) >= 0) {
                out.append(c);
            }
        }
    }

    private void root(int end, int depth) {
        if (at < end && text.charAt(at) == '[') {
            int close = text.indexOf(']', at);
            if (close >= 0 && close < end) {
                out.append(text, at, close + 1);
                at = close + 1;
            }
        }
        boolean digit = at < end && Character.isDigit(text.charAt(at));
        if (digit) {
            int start = at;
            while (at < end && Character.isDigit(text.charAt(at))) {
                at++; // √12 without braces
            }
            out.append('(').append(text, start, at).append(')');
        } else {
            argument(end, depth, true);
        }
    }

    /// The next group, number or character, in brackets where asked or needed.
    private void argument(int end, int depth, boolean bracket) {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        if (at >= end) {
            return;
        }
        if (text.charAt(at) == '{' || text.charAt(at) == '(') {
            int close = close(end);
            boolean needed = bracket || close - at > 2;
            at++;
            out.append(needed ? "(" : "");
            into(close, depth);
            out.append(needed ? ")" : "");
            at = Math.min(end, close + 1);
            return;
        }
        out.append('(').append(text.charAt(at++)).append(')');
    }

    private void into(int close, int depth) {
        if (depth < DEEPEST) {
            run(close, depth + 1);
        } else {
            out.append(text, at, close);
            at = close;
        }
    }

    /// Where the group that opens here closes, or the end.
    private int close(int end) {
        char open = text.charAt(at);
        char shut = open == '{' ? '}' : ')';
        int deep = 0;
        for (int i = at; i < end; i++) {
            deep += text.charAt(i) == open ? 1 : text.charAt(i) == shut ? -1 : 0;
            if (deep == 0) {
                return i;
            }
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
