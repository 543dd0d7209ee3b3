package dev.tierwise.evaluate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// By what a prompt is known again in another dataset: its letters and digits, all of them, and
/// those before its options, so that a question is the same one with other options. Hashes: no text
/// is kept.
///
/// @param whole of the whole text
/// @param stem of what stands before the options; the whole where that is too short to mean
///   anything
record Wording(long whole, long stem) {
    private static final int SHORTEST_STEM = 60;
    private static final Pattern OPTIONS = Pattern.compile("\\n\\s*\\(?A[).:] ");
    private static final long START = 0xcbf29ce484222325L;
    private static final long STEP = 0x100000001b3L;

    /// Of a text.
    static Wording of(String text) {
        long whole = hash(text, text.length());
        Matcher options = OPTIONS.matcher(text);
        int end = options.find() ? options.start() : 0;
        return end < SHORTEST_STEM
                ? new Wording(whole, whole)
                : new Wording(whole, hash(text, end));
    }

    /// One of `lots` parts, the same for all prompts with this stem.
    int lot(long seed, int lots) {
        long mixed = (stem ^ seed) * 0x9E3779B97F4A7C15L;
        return (int) Long.remainderUnsigned(mixed >>> 32, lots);
    }

    /// FNV-1a (Fowler, Noll, Vo) over letters and digits in small letters.
    private static long hash(String text, int end) {
        long hash = START;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                hash = (hash ^ Character.toLowerCase(c)) * STEP;
            }
        }
        return hash;
    }
}
