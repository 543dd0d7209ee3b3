package dev.tierwise.engine.chat;

/// How far a rendering may go.
///
/// @param characters of output, in UTF-16 units
/// @param steps of evaluation; long strings take one for every eight characters
/// @param depth of expressions, blocks and macros within each other
public record Limits(int characters, long steps, int depth) {
    /// For prompts of a megabyte, in well under a second.
    public static final Limits USUAL = new Limits(8 << 20, 20_000_000, 256);

    /// All must be positive and the output fit a string.
    public Limits {
        if (characters < 1 || characters > Text.MOST_CHARACTERS || steps < 1 || depth < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
