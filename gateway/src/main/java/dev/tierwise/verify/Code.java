package dev.tierwise.verify;

import java.util.Locale;
import java.util.Set;

/// One piece of code, looked at in one pass.
final class Code {
    private static final Set<String> PYTHON = Set.of("python", "py", "python3");
    private static final Set<String> LIKE_C =
            Set.of(
                    "java",
                    "c",
                    "cpp",
                    "c++",
                    "cs",
                    "csharp",
                    "c#",
                    "go",
                    "kotlin",
                    "swift",
                    "php",
                    "javascript",
                    "js",
                    "typescript",
                    "ts",
                    "scala",
                    "dart");
    private static final int DEEPEST = 500;

    /// What a look came to.
    enum Verdict {
        /// Nothing against it.
        SOUND,
        /// A language or quotes that cannot be followed.
        UNSURE,
        BRACKETS_DO_NOT_MATCH,
        BRACKETS_STAY_OPEN,
        INDENTATION_DOES_NOT_FIT,
        JSON_DOES_NOT_PARSE;

        boolean isBroken() {
            return this != SOUND && this != UNSURE;
        }

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final String text;
    private final boolean python;
    private final boolean sql;
    private final char[] open = new char[DEEPEST];
    private int deep;
    private boolean unsure;
    private boolean mismatch;
    private int at;

    private Code(String text, boolean python, boolean sql) {
        this.text = text;
        this.python = python;
        this.sql = sql;
    }

    /// Looks at code in a language as code blocks name it.
    static Verdict look(String language, String text) {
        if (text.isBlank()) {
            return Verdict.UNSURE;
        }
        if (language.equals("json")) {
            return JsonCheck.read(text) == null ? json(text) : Verdict.SOUND;
        }
        boolean python = PYTHON.contains(language);
        boolean sql = language.equals("sql");
        if (!python && !sql && !LIKE_C.contains(language)) {
            return Verdict.UNSURE;
        }
        return new Code(text, python, sql).verdict();
    }

    /// JSON for people may have comments and dots.
    private static Verdict json(String text) {
        boolean sketch = text.contains("//") || text.contains("...") || text.contains("…");
        return sketch ? Verdict.UNSURE : Verdict.JSON_DOES_NOT_PARSE;
    }

    private Verdict verdict() {
        boolean session = python && text.startsWith(">>>");
        while (at < text.length() && !unsure && !mismatch) {
            step();
        }
        if (unsure || session || text.contains("...")) {
            return Verdict.UNSURE; // left out on purpose
        }
        if (mismatch) {
            return Verdict.BRACKETS_DO_NOT_MATCH;
        }
        if (deep > 0) {
            return Verdict.BRACKETS_STAY_OPEN;
        }
        return python && !Indentation.fits(text) ? Verdict.INDENTATION_DOES_NOT_FIT : Verdict.SOUND;
    }

    private void step() {
        char c = text.charAt(at);
        if (isComment(c)) {
            skipComment();
        } else if (c == '"' || c == '\'' || c == '`') {
            quote(c);
        } else {
            bracket(c);
            at++;
        }
    }

    private boolean isComment(char c) {
        return python
                ? c == '#'
                : sql
                        ? c == '-' && text.startsWith("--", at)
                        : c == '/' && (text.startsWith("//", at) || text.startsWith("/*", at));
    }

    private void skipComment() {
        boolean block = !python && !sql && text.startsWith("/*", at);
        int end = block ? text.indexOf("*/", at + 2) : text.indexOf('\n', at);
        unsure = block && end < 0;
        at = end < 0 ? text.length() : end + (block ? 2 : 0);
    }

    /// Jumps over a string. One that does not end in its line makes the look unsure: an apostrophe
    /// in a pattern or a template, most likely.
    private void quote(char mark) {
        String triple = String.valueOf(mark).repeat(3);
        if (mark != '`' && text.startsWith(triple, at)) {
            int end = text.indexOf(triple, at + 3);
            unsure = end < 0;
            at = end < 0 ? text.length() : end + 3;
            return;
        }
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != mark) {
            if (text.charAt(i) == '\n' && mark != '`') {
                unsure = true;
                return;
            }
            i += text.charAt(i) == '\\' && !sql ? 2 : 1;
        }
        unsure = i >= text.length();
        at = i + 1;
    }

    private void bracket(char c) {
        if (c == '(' || c == '[' || c == '{') {
            if (deep == DEEPEST) {
                unsure = true;
                return;
            }
            open[deep++] = c;
        } else if (c == ')' || c == ']' || c == '}') {
            char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
            mismatch = deep == 0 || open[--deep] != wanted;
        }
    }

    /// The indentation of Python: a colon at a line's end opens a deeper block, and a block ends
    /// where one began.
    private static final class Indentation {
        private Indentation() {}

        static boolean fits(String text) {
            var levels = new int[DEEPEST];
            int top = 0;
            boolean opened = false;
            boolean first = true;
            int inside = 0;
            if (text.contains("\"\"\"") || text.contains("'''") || text.contains("\\\n")) {
                return true; // lines that are no statements
            }
            for (String line : text.split("\n", 5_000)) {
                String bare = line.strip();
                if (bare.isEmpty() || bare.startsWith("#")) {
                    continue;
                }
                if (inside <= 0) {
                    int indent = indent(line);
                    if (first) {
                        levels[0] = indent;
                    } else if (opened != indent > levels[top]) {
                        return false;
                    } else if (opened && ++top < DEEPEST) {
                        levels[top] = indent;
                    }
                    while (top > 0 && levels[top] > indent) {
                        top--;
                    }
                    if (levels[top] != indent || top >= DEEPEST - 1) {
                        return top >= DEEPEST - 1;
                    }
                    first = false;
                }
                inside += depth(bare);
                opened = inside <= 0 && withoutComment(bare).endsWith(":");
            }
            return true;
        }

        private static int indent(String line) {
            int width = 0;
            for (int i = 0; i < line.length() && Character.isWhitespace(line.charAt(i)); i++) {
                width += line.charAt(i) == '\t' ? 8 : 1;
            }
            return width;
        }

        private static String withoutComment(String line) {
            int at = line.indexOf(" #");
            return at < 0 ? line : line.substring(0, at).stripTrailing();
        }

        /// Brackets that this line leaves open, strings aside.
        private static int depth(String line) {
            int depth = 0;
            char quote = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (quote != 0) {
                    i += c == '\\' ? 1 : 0;
                    quote = c == quote ? 0 : quote;
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else if (c == '#') {
                    break;
                } else {
                    depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                }
            }
            return depth;
        }
    }
}
