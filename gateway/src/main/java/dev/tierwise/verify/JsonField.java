package dev.tierwise.verify;

import org.jspecify.annotations.Nullable;

/// Finds the field `answer` in JSON that may be broken: cut off, with line breaks, quotes or
/// backslashes in strings that JSON would want escaped, in a code block, with words around it.
final class JsonField {
    private static final String[] NAMES = {"answer", "final_answer", "result"};
    private static final int LONGEST = 4_000;

    /// A value and its place.
    ///
    /// @param value as text, escapes of strings undone
    record Value(String value, int start, int end) {}

    private JsonField() {}

    /// A form that the model was to fill in and did not.
    static final Value BLANK = new Value("", 0, 0);

    /// The last such field of the text that is filled in; [#BLANK] when all are blank; null when
    /// there is none.
    static @Nullable Value last(String text) {
        Value blank = null;
        for (String name : NAMES) {
            int at = text.length();
            for (int tries = 0; tries < 4 && (at = text.lastIndexOf(name, at - 1)) >= 0; tries++) {
                int colon = colon(text, at, name.length());
                if (colon >= 0) {
                    Value value = value(text, colon + 1);
                    if (value != null && !isBlank(value.value())) {
                        return value;
                    }
                    blank = value == null ? blank : BLANK;
                }
                if (at == 0) {
                    break;
                }
            }
        }
        return blank;
    }

    /// A form to be filled in, repeated by a model that did not stop.
    private static boolean isBlank(String value) {
        return value.length() > 1 && value.chars().allMatch(c -> c == '_');
    }

    /// The colon after a quoted name, or -1. The quote before it may be missing, the one behind
    /// not.
    private static int colon(String text, int name, int length) {
        int at = name + length;
        boolean quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
        if (!quoted) {
            return -1;
        }
        at = skip(text, at + 1);
        return at < text.length() && text.charAt(at) == ':' ? at : -1;
    }

    private static @Nullable Value value(String text, int from) {
        int at = skip(text, from);
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (c == '"') {
            return string(text, at);
        }
        int end = "[{".indexOf(c) >= 0 ? group(text, at) : bare(text, at);
        return end == at ? null : new Value(text.substring(at, end).strip(), at, end);
    }

    /// A string. A quote ends it only where JSON could go on after it.
    private static @Nullable Value string(String text, int quote) {
        int stop = Math.min(text.length(), quote + LONGEST);
        var out = new StringBuilder();
        int i = quote + 1;
        for (; i < stop; i++) {
            char c = text.charAt(i);
            if (c == '"' && isEnd(text, i + 1)) {
                break;
            }
            if (c == '\\' && i + 1 < stop) {
                i += escape(text, i, out);
            } else {
                out.append(c);
            }
        }
        boolean cut = i >= text.length() && out.isEmpty();
        return cut ? null : new Value(out.toString(), quote + 1, i);
    }

    /// Undoes one escape; gives how many characters beyond the backslash it took. Before letters a
    /// backslash is more often TeX than a form feed.
    private static int escape(String text, int at, StringBuilder out) {
        char next = text.charAt(at + 1);
        boolean word = at + 2 < text.length() && Character.isLetter(text.charAt(at + 2));
        switch (next) {
            case '"', '\\', '/' -> out.append(next);
            case 'n' -> out.append(word ? "\\n" : "\n");
            case 't' -> out.append(word ? "\\t" : "\t");
            default -> out.append('\\').append(next);
        }
        return 1;
    }

    private static boolean isEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at >= text.length() || ",}`\n\r".indexOf(text.charAt(at)) >= 0;
    }

    private static int group(String text, int from) {
        int deep = 0;
        int stop = Math.min(text.length(), from + LONGEST);
        for (int i = from; i < stop; i++) {
            char c = text.charAt(i);
            deep += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
            if (deep == 0) {
                return i + 1;
            }
        }
        return stop;
    }

    private static int bare(String text, int from) {
        int stop = Math.min(text.length(), from + LONGEST);
        int i = from;
        while (i < stop && ",}\n`".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
