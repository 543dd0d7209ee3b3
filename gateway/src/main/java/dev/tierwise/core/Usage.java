package dev.tierwise.core;

/// Tokens spent on one answer.
///
/// @param input tokens of the prompt, those read from a cache included
/// @param cachedInput the part of `input` that the upstream read from its prompt cache
/// @param output tokens of the answer, those spent on reasoning included
/// @param estimated whether the figures were counted from characters because the upstream gave none
public record Usage(long input, long cachedInput, long output, boolean estimated) {
    /// No tokens at all, as in an attempt that failed before it was answered.
    public static final Usage NONE = new Usage(0, 0, 0, false);

    /// Characters of UTF-8 that make one token, about. English prose in common tokenisers runs at 4
    /// to 4.5; code, tables and other scripts at 2.5 to 3.5. The low figure keeps estimates of room
    /// in a context window on the safe side.
    public static final double BYTES_PER_TOKEN = 3.5;

    public Usage {
        if (input < 0 || output < 0 || cachedInput < 0) {
            throw new IllegalArgumentException("negative token count");
        }
        cachedInput = Math.min(cachedInput, input);
    }

    /// The tokens that text of `bytes` UTF-8 bytes makes, about.
    public static long tokensOf(long bytes) {
        return (long) Math.ceil(bytes / BYTES_PER_TOKEN);
    }
}
