package dev.tierwise.engine.chat;

/// How far a rendering may go.
///
/// @param characters of output, in UTF-16 units
/// @param steps of evaluation; a long string takes one for every four characters, a list four for
///   every item
/// @param depth of expressions, blocks and macros within each other
public record Limits(int characters, long steps, int depth) {
    /// For prompts of a megabyte, in well under a second.
    public static final Limits USUAL = new Limits(8 << 20, 10_000_000, 256);

    /// All must be positive and the output fit a string.
    public Limits {
        if (characters < 1 || characters > Text.MOST_CHARACTERS || steps < 1 || depth < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
