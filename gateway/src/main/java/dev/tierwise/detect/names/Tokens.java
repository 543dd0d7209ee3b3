package dev.tierwise.detect.names;

import dev.tierwise.detect.Plain;
import java.text.Normalizer;
import java.util.Arrays;

/// A text cut into runs of letters, runs of digits and single signs, with what the lists know of
/// each. Made for one scan; not to be changed after that.
public final class Tokens {
    /// A sign.
    public static final int SIGN = 0;

    /// A word in small letters.
    public static final int LOWER = 1;

    /// A word that begins with its only capital.
    public static final int TITLE = 2;

    /// A word in capitals.
    public static final int UPPER = 3;

    /// One capital letter.
    public static final int INITIAL = 4;

    /// Any other word.
    public static final int MIXED = 5;

    /// Digits.
    public static final int DIGITS = 6;

    private static final char[] FOLDED = folded();

    private final char[] chars;
    private int count;
    private int[] starts;
    private int[] ends;
    private long[] hashes;
    private int[] bits;
    private byte[] shapes;
    private byte[] gaps;

    private Tokens(char[] chars, int length) {
        this.chars = chars;
        int guess = 16 + length / 4;
        starts = new int[guess];
        ends = new int[guess];
        hashes = new long[guess];
        bits = new int[guess];
        shapes = new byte[guess];
        gaps = new byte[guess];
    }

    /// Cuts a text and looks its words up, once for all who ask.
    public static Tokens of(Plain text) {
        return text.once(Tokens.class, Tokens::read);
    }

    private static Tokens read(Plain text) {
        Tokens tokens = cut(text.chars(), text.length());
        Gazetteer names = Gazetteer.shipped();
        Lexicon words = Lexicon.shipped();
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.word(i)) {
                tokens.bits[i] = names.lists(tokens.hashes[i]) | words.bits(tokens.hashes[i]);
            }
        }
        words.markPlaces(tokens);
        return tokens;
    }

    static Tokens cut(char[] chars, int length) {
        var tokens = new Tokens(chars, length);
        int at = 0;
        byte gap = 2;
        while (at < length) {
            char c = chars[at];
            if (c <= ' ' || c == 0xA0) {
                gap = (byte) Math.max(gap, c == '\n' || c == '\r' ? 2 : 1);
                at++;
                continue;
            }
            at = tokens.take(at, length, gap);
            gap = 0;
        }
        return tokens;
    }

    private int take(int from, int length, byte gap) {
        if (count == starts.length) {
            grow();
        }
        char c = chars[from];
        int at = from + 1;
        int capitals = 0;
        long hash = 0x9E3779B97F4A7C15L;
        byte shape = SIGN;
        if (digit(c)) {
            while (at < length && digit(chars[at])) {
                at++;
            }
            shape = DIGITS;
            hash = step(hash, '0' + Math.min(at - from, 30));
        } else if (letter(c)) {
            at = from;
            while (at < length && letter(chars[at])) {
                capitals += Character.isUpperCase(chars[at]) ? 1 : 0;
                hash = step(hash, fold(chars[at]));
                at++;
            }
            shape = (byte) shape(at - from, capitals, Character.isUpperCase(c));
        } else {
            hash = step(hash, c);
        }
        starts[count] = from;
        ends[count] = at;
        hashes[count] = mix(hash);
        shapes[count] = shape;
        gaps[count++] = gap;
        return at;
    }

    private static int shape(int length, int capitals, boolean first) {
        if (capitals == 0) {
            return LOWER;
        }
        if (capitals == length) {
            return length == 1 ? INITIAL : UPPER;
        }
        return first && capitals == 1 ? TITLE : MIXED;
    }

    private void grow() {
        int size = count * 2;
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        hashes = Arrays.copyOf(hashes, size);
        bits = Arrays.copyOf(bits, size);
        shapes = Arrays.copyOf(shapes, size);
        gaps = Arrays.copyOf(gaps, size);
    }

    /// The hash of a word: the same for capitals and accents.
    public static long hash(CharSequence word) {
        long hash = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < word.length(); i++) {
            hash = step(hash, fold(word.charAt(i)));
        }
        return mix(hash);
    }

    /// How many there are.
    public int count() {
        return count;
    }

    /// Where token `i` begins.
    public int start(int i) {
        return starts[i];
    }

    /// Where token `i` ends, exclusive.
    public int end(int i) {
        return ends[i];
    }

    /// The hash of token `i`, 0 outside of the text. Numbers of one length share theirs.
    public long hash(int i) {
        return i < 0 || i >= count ? 0 : hashes[i];
    }

    /// What the lists know of token `i`: bits of [Gazetteer] and [Lexicon].
    public int bits(int i) {
        return i < 0 || i >= count ? 0 : bits[i];
    }

    /// The shape of token `i`, such as [#TITLE]; -1 outside of the text.
    public int shape(int i) {
        return i < 0 || i >= count ? -1 : shapes[i];
    }

    /// What stands before token `i`: 0 nothing, 1 a space, 2 a new line.
    public int gap(int i) {
        return i < 0 || i >= count ? 2 : gaps[i];
    }

    /// Whether token `i` is the sign `c`.
    public boolean sign(int i, char c) {
        return i >= 0 && i < count && shapes[i] == SIGN && chars[starts[i]] == c;
    }

    /// Character `at` of token `i`, counted from its end where negative; folded; 0 past its ends.
    public char fold(int i, int at) {
        int where = at < 0 ? ends[i] + at : starts[i] + at;
        return where < starts[i] || where >= ends[i] ? 0 : fold(chars[where]);
    }

    boolean word(int i) {
        int shape = shape(i);
        return shape > SIGN && shape < DIGITS;
    }

    boolean capital(int i) {
        int shape = shape(i);
        return shape >= TITLE && shape <= MIXED && Character.isUpperCase(chars[starts[i]]);
    }

    void mark(int i, int bit) {
        bits[i] |= bit;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : Character.isLetter(c);
    }

    private static char fold(char c) {
        return c < FOLDED.length ? FOLDED[c] : Character.toLowerCase(c);
    }

    private static long step(long hash, int c) {
        return (hash ^ c) * 0x100000001B3L;
    }

    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }

    private static char[] folded() {
        char[] folded = new char[0x180];
        for (char c = 0; c < folded.length; c++) {
            String plain = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            folded[c] = Character.toLowerCase(plain.charAt(0));
        }
        return folded;
    }
}
