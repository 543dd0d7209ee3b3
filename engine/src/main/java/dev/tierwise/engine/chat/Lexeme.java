package dev.tierwise.engine.chat;

/// A word of a template.
///
/// @param kind what it is
/// @param text as it stands, except that strings come without quotes and escapes
/// @param line counted from 1
record Lexeme(Kind kind, String text, int line) {
    enum Kind {
        DATA,
        BLOCK,
        BLOCK_END,
        PRINT,
        PRINT_END,
        NAME,
        STRING,
        WHOLE,
        REAL,
        SIGN,
        END
    }

    boolean is(Kind kind, String text) {
        return this.kind == kind && this.text.equals(text);
    }

    /// For a refusal.
    String shown() {
        return switch (kind) {
            case END -> "the end of the template";
            case BLOCK_END -> "'%}'";
            case PRINT_END -> "'}}'";
            case DATA, BLOCK, PRINT, NAME, STRING, WHOLE, REAL, SIGN ->
                    "'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'";
        };
    }
}
