package dev.tierwise.detect.text;

import java.text.Normalizer;

/// What characters are, by table where they are frequent.
public final class Letters {
    /// Neither letter nor digit.
    public static final byte NONE = 0;

    /// A letter that is not upper case.
    public static final byte LOWER = 1;

    /// A letter in upper case.
    public static final byte UPPER = 2;

    /// A digit 0-9.
    public static final byte DIGIT = 3;

    private static final int TABLE = 0x250;
    private static final byte[] CLASS = new byte[TABLE];
    private static final char[] BASE = new char[TABLE];
    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    static {
        for (char c = 0; c < TABLE; c++) {
            CLASS[c] = slowClass(c);
            char lower = Character.toLowerCase(c);
            String parts = Normalizer.normalize(String.valueOf(lower), Normalizer.Form.NFD);
            BASE[c] = parts.charAt(0);
        }
        BASE['ł'] = 'l';
        BASE['Ł'] = 'l';
        BASE['ø'] = 'o';
        BASE['Ø'] = 'o';
    }

    private Letters() {}

    /// One of [#NONE], [#LOWER], [#UPPER] and [#DIGIT].
    public static byte kind(char c) {
        return c < TABLE ? CLASS[c] : slowClass(c);
    }

    /// Whether it is a letter.
    public static boolean letter(char c) {
        byte kind = kind(c);
        return kind == LOWER || kind == UPPER;
    }

    /// Whether it is a letter or a digit.
    public static boolean wordly(char c) {
        return kind(c) != NONE;
    }

    /// Whether it is a digit 0-9.
    public static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// The letter in lower case and without its accent.
    public static char base(char c) {
        return c < TABLE ? BASE[c] : Character.toLowerCase(c);
    }

    /// The hash of no characters, to begin with (64-bit FNV-1a).
    public static long seed() {
        return SEED;
    }

    /// The hash with one more character, whose case and accent do not count.
    public static long add(long hash, char c) {
        return (hash ^ base(c)) * PRIME;
    }

    /// The hash of a stretch.
    public static long hash(char[] chars, int start, int end) {
        long hash = SEED;
        for (int i = start; i < end; i++) {
            hash = add(hash, chars[i]);
        }
        return hash;
    }

    private static byte slowClass(char c) {
        if (c >= '0' && c <= '9') {
            return DIGIT;
        }
        if (Character.isUpperCase(c)) {
            return UPPER;
        }
        return Character.isLetter(c) ? LOWER : NONE;
    }
}
