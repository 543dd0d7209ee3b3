package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;
import java.util.Map;

/// Undoes one layer of the escapes of HTML, addresses (`%41`) and JSON.
final class Escapes {
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, String> ENTITIES =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", " "),
                    Map.entry("commat", "@"),
                    Map.entry("period", "."),
                    Map.entry("comma", ","),
                    Map.entry("colon", ":"),
                    Map.entry("sol", "/"),
                    Map.entry("num", "#"),
                    Map.entry("plus", "+"),
                    Map.entry("lpar", "("),
                    Map.entry("rpar", ")"),
                    Map.entry("lowbar", "_"),
                    Map.entry("hyphen", "-"),
                    Map.entry("dash", "-"),
                    Map.entry("ndash", "-"),
                    Map.entry("mdash", "-"),
                    Map.entry("Tab", " "),
                    Map.entry("NewLine", "\n"),
                    Map.entry("shy", ""),
                    Map.entry("zwj", ""),
                    Map.entry("zwnj", ""));

    private final char[] chars;
    private final int length;
    private final Output out;
    private boolean changed;
    private int at;

    private Escapes(Plain text) {
        chars = text.chars();
        length = text.length();
        out = new Output(text, length);
    }

    /// The text without one layer of escapes, or itself when there is none.
    static Plain undone(Plain text) {
        char[] chars = text.chars();
        int i = 0;
        while (i < text.length() && chars[i] != '&' && chars[i] != '%' && chars[i] != '\\') {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        var escapes = new Escapes(text);
        escapes.run();
        return escapes.changed ? escapes.out.plain() : text;
    }

    private void run() {
        while (at < length) {
            char c = chars[at];
            boolean done =
                    switch (c) {
                        case '&' -> entity();
                        case '%' -> percent();
                        case '\\' -> backslash();
                        default -> false;
                    };
            if (!done) {
                out.add(c, at, at + 1);
                at++;
            }
        }
    }

    private boolean entity() {
        if (at + 2 < length && chars[at + 1] == '#') {
            return numeric();
        }
        int end = at + 1;
        while (end < length && end - at <= LONGEST_ENTITY && Letters.letter(chars[end])) {
            end++;
        }
        if (end == at + 1 || end >= length || chars[end] != ';') {
            return false;
        }
        String text = ENTITIES.get(new String(chars, at + 1, end - at - 1));
        if (text == null) {
            return false;
        }
        out.addAll(text, at, end + 1);
        at = end + 1;
        changed = true;
        return true;
    }

    private boolean numeric() {
        boolean hex = (chars[at + 2] | 32) == 'x';
        int from = hex ? at + 3 : at + 2;
        int end = from;
        int point = 0;
        while (end < length && end - from < 8) {
            int digit = Character.digit(chars[end], hex ? 16 : 10);
            if (digit < 0 || chars[end] > 127) {
                break;
            }
            point = point * (hex ? 16 : 10) + digit;
            end++;
        }
        if (end == from || !Character.isValidCodePoint(point)) {
            return false;
        }
        int next = end < length && chars[end] == ';' ? end + 1 : end;
        out.addAll(Character.toString(point), at, next);
        at = next;
        changed = true;
        return true;
    }

    /// UTF-8 in `%` escapes; bytes that are none stay.
    private boolean percent() {
        int first = octet(at);
        if (first < 0) {
            return false;
        }
        int more =
                first < 0x80 ? 0 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : -1;
        if (more < 0) {
            return false;
        }
        int point = more == 0 ? first : first & 0x3F >> more;
        for (int k = 1; k <= more; k++) {
            int octet = octet(at + 3 * k);
            if (octet < 0x80 || octet > 0xBF) {
                return false;
            }
            point = point << 6 | (octet & 0x3F);
        }
        if (!Character.isValidCodePoint(point)) {
            return false;
        }
        int end = at + 3 * (more + 1);
        out.addAll(Character.toString(point), at, end);
        at = end;
        changed = true;
        return true;
    }

    private int octet(int from) {
        if (from + 2 >= length || chars[from] != '%') {
            return -1;
        }
        return hex(from + 1, 2);
    }

    /// The number of `count` hex digits at `from`, or -1.
    private int hex(int from, int count) {
        if (from + count > length) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = chars[i] < 128 ? Character.digit(chars[i], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /// A run of backslashes counts once, so that escapes of escapes need no further layer.
    private boolean backslash() {
        int end = at;
        while (end < length && chars[end] == '\\') {
            end++;
        }
        char c = end < length ? chars[end] : ' ';
        int count = c == 'u' ? 4 : c == 'x' ? 2 : 0;
        int value = count > 0 ? hex(end + 1, count) : -1;
        int simple = "nrt\"'/".indexOf(c);
        if (value >= 0) {
            out.add((char) value, at, end + 1 + count);
            at = end + 1 + count;
        } else if (simple >= 0) {
            out.add("\n\n\t\"'/".charAt(simple), at, end + 1);
            at = end + 1;
        } else {
            // the run as a whole, or a long one would be looked at again from each of its places
            out.copy(at, end);
            at = end;
            return true;
        }
        changed = true;
        return true;
    }
}
