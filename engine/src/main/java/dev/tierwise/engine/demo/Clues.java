package dev.tierwise.engine.demo;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a text looks like from outside: hashes of its words, of their beginnings and of pairs of
/// neighbours. Immutable; knows nothing of any model.
public final class Clues {
    private static final Pattern WORD = Pattern.compile("[\\p{L}']+|\\p{N}+|[^\\s\\p{L}\\p{N}]");
    private static final int STEM = 5;

    private Clues() {}

    /// Where words, stems and pairs go.
    public interface Sink {
        /// Takes one.
        ///
        /// @param hash any number
        void add(int hash);
    }

    /// Hands over every clue of a text.
    public static void each(String text, int bits, Sink sink) {
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        String last = "";
        while (words.find()) {
            String word = shape(words.group());
            sink.add(hash("w", word, bits));
            if (word.length() > STEM) {
                sink.add(hash("s", word.substring(0, STEM), bits));
            }
            sink.add(hash("b", last + " " + word, bits));
            last = word;
        }
    }

    /// Hands over the words alone.
    public static void words(String text, int bits, Sink sink) {
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            sink.add(hash("w", shape(words.group()), bits));
        }
    }

    private static String shape(String word) {
        return Character.isDigit(word.charAt(0)) ? "0" : word;
    }

    private static int hash(String kind, String text, int bits) {
        int h = 0x811c9dc5; // FNV-1a, Fowler, Noll and Vo
        for (int i = 0; i < kind.length(); i++) {
            h = (h ^ kind.charAt(i)) * 0x01000193;
        }
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x01000193;
        }
        h ^= h >>> 15;
        h *= 0x2c1b3c6d;
        h ^= h >>> 12;
        return h >>> (32 - bits);
    }
}
