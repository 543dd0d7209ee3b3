package dev.tierwise.verify;

import dev.tierwise.verify.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads what stands between two equals signs as [Term]s. For one piece of text.
final class Terms {
    private static final Set<String> ACTS =
            Set.of(
                    "of",
                    "times",
                    "plus",
                    "minus",
                    "half",
                    "twice",
                    "double",
                    "triple",
                    "mod",
                    "modulo",
                    "divided",
                    "by",
                    "squared",
                    "cubed",
                    "log",
                    "ln",
                    "sin",
                    "cos",
                    "tan",
                    "sqrt",
                    "pi",
                    "per",
                    "million",
                    "billion",
                    "thousand",
                    "hundred",
                    "dozen",
                    "choose",
                    "less",
                    "more",
                    "than",
                    "base",
                    "remainder",
                    "root",
                    "power",
                    "degrees",
                    "sum",
                    "product",
                    "binom",
                    "and",
                    "or");

    private static final Set<String> UNITS =
            Set.of(
                    "kg", "km", "cm", "mm", "ml", "mg", "lb", "lbs", "hr", "hrs", "ft", "oz", "kw",
                    "gb", "mb", "kb", "am", "pm", "min", "sec", "mph", "kmh", "usd", "eur", "th");

    private final String text;
    private final int to;
    private final List<Term> terms = new ArrayList<>();
    private int at;

    private Terms(String text, int from, int to) {
        this.text = text;
        this.at = from;
        this.to = to;
    }

    static List<Term> of(String text, int from, int to) {
        var terms = new Terms(text, from, to);
        terms.bullet();
        while (terms.at < to) {
            terms.next();
        }
        return terms.terms;
    }

    /// A dash or star and a space at the beginning of a line is no sign of a number.
    private void bullet() {
        boolean line = at == 0 || text.charAt(at - 1) == '\n';
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        if (line
                && at + 1 < to
                && "-*•+".indexOf(text.charAt(at)) >= 0
                && text.charAt(at + 1) == ' ') {
            at++;
        }
    }

    private void next() {
        char c = text.charAt(at);
        if (Texts.isDigit(c) || (c == '.' && isDigitAt(at + 1) && !isDigitAt(at - 1))) {
            number();
        } else if (Character.isLetter(c)) {
            word();
        } else if (c == '\\') {
            command();
        } else if (c == '*' && at + 1 < to && text.charAt(at + 1) == '*') {
            terms.add(Term.of(isDigitAt(at - 1) && isDigitAt(at + 2) ? Kind.UNKNOWN : Kind.BREAK));
            at += 2;
        } else {
            at++;
            sign(c);
        }
    }

    private void sign(char c) {
        switch (c) {
            case ' ', '\t', '$', '€', '£', '`', '\u00a0' -> {}
            case '+', '-', '*', '/' -> terms.add(Term.operator(c));
            case '−', '–' -> terms.add(Term.operator('-'));
            case '×', '·', '⋅' -> terms.add(Term.operator('*'));
            case '÷' -> terms.add(Term.operator('/'));
            case '(', '[' -> terms.add(Term.of(Kind.OPEN));
            case ')', ']' -> terms.add(Term.of(Kind.CLOSE));
            case '^' -> power();
            case '²' -> terms.add(new Term(Kind.POWER, 2, -1, ' '));
            case '³' -> terms.add(new Term(Kind.POWER, 3, -1, ' '));
            case '%' -> percent();
            case ':' ->
                    terms.add(
                            Term.of(
                                    isDigitAt(at - 2) && isDigitAt(at)
                                            ? Kind.UNKNOWN
                                            : Kind.BREAK));
            case '.', ',', ';', '"', '>', '→', '≈', '\n', '⇒', '?', '<', '\'', '’', '°' ->
                    terms.add(Term.of(Kind.BREAK));
            default -> terms.add(Term.of(Kind.UNKNOWN));
        }
    }

    private void percent() {
        if (!terms.isEmpty() && terms.getLast().kind() == Kind.NUMBER) {
            Term number = terms.removeLast();
            terms.add(new Term(Kind.PERCENT, number.value() / 100, number.decimals(), ' '));
        } else {
            terms.add(Term.of(Kind.UNKNOWN));
        }
    }

    private void power() {
        boolean brace = at < to && text.charAt(at) == '{';
        int start = brace ? at + 1 : at;
        int end = start;
        while (end < to && end - start < 3 && Texts.isDigit(text.charAt(end))) {
            end++;
        }
        boolean closed = !brace || (end < to && text.charAt(end) == '}');
        if (end == start || !closed) {
            terms.add(Term.of(Kind.UNKNOWN));
            return;
        }
        terms.add(new Term(Kind.POWER, Integer.parseInt(text, start, end, 10), -1, ' '));
        at = brace ? end + 1 : end;
    }

    private void number() {
        boolean attached = at > 0 && isWordy(text.charAt(at - 1));
        double value = 0;
        double scale = 1;
        int decimals = -1;
        for (; at < to; at++) {
            char c = text.charAt(at);
            if (Texts.isDigit(c)) {
                value = value * 10 + (c - '0');
                if (decimals >= 0) {
                    decimals++;
                    scale *= 10;
                }
            } else if (c == '.' && decimals < 0 && isDigitAt(at + 1)) {
                decimals = 0;
            } else if (c != ',' || decimals >= 0 || !isThousand()) {
                break;
            }
        }
        boolean more = at < to && text.charAt(at) == '.' && isDigitAt(at + 1);
        terms.add(
                attached || more
                        ? Term.of(Kind.UNKNOWN)
                        : new Term(Kind.NUMBER, value / scale, Math.max(0, decimals), ' '));
    }

    private boolean isThousand() {
        return isDigitAt(at + 1) && isDigitAt(at + 2) && isDigitAt(at + 3) && !isDigitAt(at + 4);
    }

    private boolean isDigitAt(int place) {
        return place >= 0 && place < text.length() && Texts.isDigit(text.charAt(place));
    }

    private static boolean isWordy(char c) {
        return Character.isLetter(c) || c == '_' || c == '\\';
    }

    private void word() {
        int start = at;
        while (at < to && Character.isLetter(text.charAt(at))) {
            at++;
        }
        boolean number = start > 0 && Texts.isDigit(text.charAt(start - 1));
        char after = at < to ? text.charAt(at) : ' ';
        if (at - start == 1
                && (text.charAt(start) == 'x' || text.charAt(start) == 'X')
                && isTimes(start)) {
            terms.add(Term.operator('*'));
        } else if ((number && isVariable(start)) || "^_({[²³\\".indexOf(after) >= 0) {
            terms.add(Term.of(Kind.UNKNOWN));
        } else if (at - start < 12 && ACTS.contains(Texts.lower(text, start, at))) {
            terms.add(Term.of(Kind.ACTS));
        } else {
            terms.add(Term.of(at - start == 1 ? Kind.UNKNOWN : Kind.WORD));
        }
    }

    /// Whether the letters behind a number are variables, as in `2xy`, and no unit.
    private boolean isVariable(int start) {
        int length = at - start;
        return length == 1 || (length < 4 && !UNITS.contains(Texts.lower(text, start, at)));
    }

    /// `3 x 4`: an x between numbers, spaces around it.
    private boolean isTimes(int x) {
        int before = x - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        int after = x + 1;
        while (after < to && (text.charAt(after) == ' ' || text.charAt(after) == '$')) {
            after++;
        }
        boolean left = before >= 0 && (isDigitAt(before) || ")%".indexOf(text.charAt(before)) >= 0);
        boolean right = after < to && (isDigitAt(after) || text.charAt(after) == '(');
        return left && right;
    }

    private void command() {
        int start = ++at;
        while (at < to && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        switch (name) {
            case "times", "cdot" -> terms.add(Term.operator('*'));
            case "div" -> terms.add(Term.operator('/'));
            case "left", "right", "quad", "qquad" -> {}
            case "frac", "dfrac", "tfrac" -> fraction();
            case "approx", "n", "implies", "Rightarrow", "rightarrow" ->
                    terms.add(Term.of(Kind.BREAK));
            case "" -> mark();
            default -> terms.add(Term.of(Kind.UNKNOWN));
        }
    }

    private void mark() {
        char c = at < to ? text.charAt(at++) : ' ';
        switch (c) {
            case ',', ';', '!', ' ', ':', '$' -> {}
            case '%' -> percent();
            case '(', ')', '[', ']', '"', '\\' -> terms.add(Term.of(Kind.BREAK));
            default -> terms.add(Term.of(Kind.UNKNOWN));
        }
    }

    /// Only of two whole numbers: `\frac{3}{4}`.
    private void fraction() {
        int middle = braced(at);
        int end = middle < 0 ? -1 : braced(middle);
        if (end < 0) {
            terms.add(Term.of(Kind.UNKNOWN));
            return;
        }
        double top = Double.parseDouble(text.substring(at + 1, middle - 1));
        double bottom = Double.parseDouble(text.substring(middle + 1, end - 1));
        terms.add(
                bottom == 0 ? Term.of(Kind.UNKNOWN) : new Term(Kind.NUMBER, top / bottom, -1, ' '));
        at = end;
    }

    /// Behind the group of digits that opens here, or -1.
    private int braced(int open) {
        if (open >= to || text.charAt(open) != '{') {
            return -1;
        }
        int end = open + 1;
        while (end < to && end - open < 15 && Texts.isDigit(text.charAt(end))) {
            end++;
        }
        return end > open + 1 && end < to && text.charAt(end) == '}' ? end + 1 : -1;
    }
}
