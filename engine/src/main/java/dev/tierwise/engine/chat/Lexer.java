package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Cuts a template into words, with Jinja's rules of white space as `transformers` sets them:
/// `trim_blocks` (the line break after a block goes) and `lstrip_blocks` (so does the indentation
/// before one), both overruled by `-` and `+` at the bounds of a tag. After Jinja's "Template
/// Designer Documentation", section "Whitespace Control".
final class Lexer {
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*+raw\\s*+(-%\\}\\s*+|%\\})");
    private static final Pattern END_RAW =
            Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+(\\+%\\}|-%\\}\\s*+|%\\}\\n?)");
    private static final Pattern NUMBER =
            Pattern.compile("[0-9](_?[0-9])*+(\\.[0-9](_?[0-9])*+)?([eE][+-]?[0-9](_?[0-9])*+)?");
    private static final Pattern NAME =
            Pattern.compile("[\\w&&[^0-9]]\\w*+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Set<String> DOUBLE = Set.of("==", "!=", "<=", ">=", "//", "**");
    private static final String SINGLE = "+-*/%~<>=.,:|()[]{}";

    private final String source;
    private final List<Lexeme> out = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarts = true;

    Lexer(String template) {
        var plain = template.replace("\r\n", "\n").replace('\r', '\n');
        source = plain.endsWith("\n") ? plain.substring(0, plain.length() - 1) : plain;
    }

    List<Lexeme> lexemes() {
        while (at < source.length()) {
            var tag = nextTag();
            if (tag < 0) {
                data(source.substring(at));
                at = source.length();
            } else {
                tag(tag);
            }
        }
        out.add(new Lexeme(Lexeme.Kind.END, "", line));
        return out;
    }

    private int nextTag() {
        for (var i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
            if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void tag(int tag) {
        var kind = source.charAt(tag + 1);
        var sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        data(before(source.substring(at, tag), kind, sign));
        var raw = RAW.matcher(source).region(tag, source.length());
        at = tag;
        if (kind == '%' && raw.lookingAt()) {
            skipTo(raw.end());
            raw();
            return;
        }
        at = tag + (sign == '-' || (sign == '+' && kind != '{') ? 3 : 2);
        if (kind == '#') {
            var end = source.indexOf("#}", at);
            if (end < 0) {
                throw new Trouble("a comment that does not end", line);
            }
            close(end, "#}", true);
            return;
        }
        var block = kind == '%';
        out.add(new Lexeme(block ? Lexeme.Kind.BLOCK : Lexeme.Kind.PRINT, "", line));
        inside(block);
    }

    /// The text before a tag with what white space the tag takes from it.
    private String before(String text, char kind, char sign) {
        if (sign == '-') {
            var to = text.length();
            while (to > 0 && Python.isSpace(text.charAt(to - 1))) {
                to--;
            }
            countLines(text.substring(to));
            return text.substring(0, to);
        }
        if (sign == '+' || kind == '{') {
            return text;
        }
        var start = text.lastIndexOf('\n') + 1;
        if ((start == 0 && !lineStarts) || !text.substring(start).isBlank()) {
            return text;
        }
        return text.substring(0, start);
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            out.add(new Lexeme(Lexeme.Kind.DATA, text, line));
            countLines(text);
        }
    }

    private void raw() {
        var end = END_RAW.matcher(source);
        if (!end.find(at)) {
            throw new Trouble("a raw block that does not end", line);
        }
        var sign = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
        lineStarts = source.charAt(at - 1) == '\n';
        data(before(source.substring(at, end.start()), '%', sign));
        at = end.start();
        skipTo(end.end());
    }

    private void skipTo(int end) {
        countLines(source.substring(at, end));
        at = end;
        lineStarts = end > 0 && source.charAt(end - 1) == '\n';
    }

    /// Ends a tag whose closing mark stands at `mark`, perhaps with a sign before it.
    private void close(int mark, String closing, boolean trims) {
        var before = mark > at ? source.charAt(mark - 1) : ' ';
        var end = mark + closing.length();
        if (before == '-') {
            while (end < source.length() && Python.isSpace(source.charAt(end))) {
                end++;
            }
        } else if (before != '+' && trims && end < source.length() && source.charAt(end) == '\n') {
            end++;
        }
        skipTo(end);
    }

    private void inside(boolean block) {
        var closing = block ? "%}" : "}}";
        var open = new ArrayList<Character>();
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                line += source.charAt(at++) == '\n' ? 1 : 0;
            }
            if (at >= source.length()) {
                throw new Trouble("a tag that does not end with '" + closing + "'", line);
            }
            var signed = (block && source.charAt(at) == '+') || source.charAt(at) == '-';
            var mark = signed ? at + 1 : at;
            if (open.isEmpty() && source.startsWith(closing, mark)) {
                out.add(
                        new Lexeme(
                                block ? Lexeme.Kind.BLOCK_END : Lexeme.Kind.PRINT_END, "", line));
                close(mark, closing, block);
                return;
            }
            word(open);
        }
    }

    private void word(List<Character> open) {
        var letter = source.charAt(at);
        var number = NUMBER.matcher(source).region(at, source.length());
        var name = NAME.matcher(source).region(at, source.length());
        if (letter == '"' || letter == '\'') {
            string(letter);
        } else if (number.lookingAt()) {
            var text = number.group().replace("_", "");
            var real = number.group(2) != null || number.group(4) != null;
            add(real ? Lexeme.Kind.REAL : Lexeme.Kind.WHOLE, text, number.end());
        } else if (name.lookingAt()) {
            add(Lexeme.Kind.NAME, name.group(), name.end());
        } else if (at + 2 <= source.length() && DOUBLE.contains(source.substring(at, at + 2))) {
            add(Lexeme.Kind.SIGN, source.substring(at, at + 2), at + 2);
        } else if (SINGLE.indexOf(letter) >= 0) {
            balance(letter, open);
            add(Lexeme.Kind.SIGN, String.valueOf(letter), at + 1);
        } else {
            throw new Trouble("the character '" + letter + "' has no meaning in a tag", line);
        }
    }

    private void add(Lexeme.Kind kind, String text, int end) {
        out.add(new Lexeme(kind, text, line));
        at = end;
    }

    private void balance(char letter, List<Character> open) {
        var opening = "([{".indexOf(letter);
        var closing = ")]}".indexOf(letter);
        if (opening >= 0) {
            open.add(")]}".charAt(opening));
        } else if (closing >= 0 && (open.isEmpty() || open.removeLast() != letter)) {
            throw new Trouble("a '" + letter + "' that nothing opens", line);
        }
    }

    private void string(char quote) {
        var text = new StringBuilder();
        var i = at + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            if (source.charAt(i) == '\\' && i + 1 < source.length()) {
                i = escape(i + 1, text);
            } else {
                text.append(source.charAt(i++));
            }
        }
        if (i >= source.length()) {
            throw new Trouble("a string that does not end", line);
        }
        var start = at;
        add(Lexeme.Kind.STRING, text.toString(), i + 1);
        countLines(source.substring(start, at));
    }

    /// Python's escapes; `i` is after the backslash. Gives where to go on.
    private int escape(int i, StringBuilder text) {
        var letter = source.charAt(i);
        var known = "nrtbfav\\'\"\n".indexOf(letter);
        if (known >= 0) {
            text.append(letter == '\n' ? "" : "\n\r\t\b\f\u0007\u000b\\'\"".charAt(known));
            return i + 1;
        }
        var digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
        if (digits > 0) {
            var end = Math.min(source.length(), i + 1 + digits);
            var hex = source.substring(i + 1, end);
            if (hex.length() < digits || !hex.chars().allMatch(Lexer::isHex)) {
                throw new Trouble("an escape with too few digits in a string", line);
            }
            var code = Long.parseLong(hex, 16);
            if (code > Character.MAX_CODE_POINT) {
                throw new Trouble("an escape of no character in a string", line);
            }
            text.appendCodePoint((int) code);
            return end;
        }
        if (letter >= '0' && letter <= '7') {
            var end = i;
            while (end < i + 3 && end < source.length() && isOctal(source.charAt(end))) {
                end++;
            }
            text.append((char) Integer.parseInt(source.substring(i, end), 8));
            return end;
        }
        text.append('\\').append(letter);
        return i + 1;
    }

    private static boolean isHex(int letter) {
        return Character.digit(letter, 16) >= 0 && letter < 128;
    }

    private static boolean isOctal(char letter) {
        return letter >= '0' && letter <= '7';
    }

    private void countLines(String text) {
        for (var i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            line++;
        }
    }
}
