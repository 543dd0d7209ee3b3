package dev.tierwise.detect.tag;

import dev.tierwise.detect.names.Tokens;

/// What the tagger looks at, as hashes: the word, its form, its beginning and end, its neighbours,
/// what the lists know of them, and the word of the label before it. For one text and one thread.
final class Features {
    /// How many features a token has at most, without those of the tag before.
    static final int MOST = 32;

    private static final int OUTSIDE = 63;

    private final Tokens tokens;
    private final byte[] forms;

    /// Looks at the forms of all tokens.
    Features(Tokens tokens) {
        this.tokens = tokens;
        forms = new byte[tokens.count()];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = (byte) form(tokens, i);
        }
    }

    /// The hash of the last word before a colon or the name of the field; carried along a text.
    long label(int i, long before) {
        if (tokens.sign(i, ':') || tokens.sign(i, '=')) {
            int word = tokens.sign(i - 1, '"') ? i - 2 : i - 1;
            return tokens.hash(word);
        }
        return tokens.gap(i) == 2 ? 0 : before;
    }

    /// Writes the features of token `i`.
    ///
    /// @return how many
    int of(int i, long label, int[] into) {
        int n = 0;
        long word = tokens.hash(i);
        int form = form(i);
        int one = form(i - 1);
        int next = form(i + 1);
        into[n++] = word(i);
        into[n++] = key(2, word, form);
        into[n++] = key(3, form, tokens.gap(i));
        into[n++] = key(4, form, one * 64L + next);
        into[n++] = key(5, one, form(i - 2) * 64L + form);
        into[n++] = key(6, next, form(i + 2) * 64L + form);
        into[n++] = key(7, tokens.hash(i - 1), form);
        into[n++] = key(8, tokens.hash(i + 1), form);
        into[n++] = key(9, tokens.hash(i - 2), form);
        into[n++] = key(10, tokens.hash(i + 2), form);
        into[n++] = key(11, tokens.hash(i - 1), word);
        into[n++] = key(12, word, tokens.hash(i + 1));
        into[n++] = key(13, tokens.hash(i - 2), tokens.hash(i - 1));
        into[n++] = key(14, tokens.hash(i + 1), tokens.hash(i + 2));
        into[n++] = key(15, label, form);
        into[n++] = key(16, label, word);
        int bits = tokens.bits(i);
        into[n++] = key(17, bits, form);
        into[n++] = key(18, bits, tokens.bits(i - 1));
        into[n++] = key(19, bits, tokens.bits(i + 1));
        into[n++] = key(20, tokens.bits(i - 1), tokens.bits(i - 2));
        into[n++] = key(21, tokens.hash(i - 3), form);
        into[n++] = key(22, tokens.hash(i + 3), form);
        if (tokens.shape(i) != Tokens.SIGN && tokens.shape(i) != Tokens.DIGITS) {
            int a = tokens.fold(i, -1);
            int b = tokens.fold(i, -2);
            int c = tokens.fold(i, -3);
            into[n++] = key(23, a << 16 | b, form);
            into[n++] = key(24, ((long) a << 32) | (b << 16) | c, form);
            into[n++] =
                    key(
                            25,
                            ((long) tokens.fold(i, 0) << 32)
                                    | (tokens.fold(i, 1) << 16)
                                    | tokens.fold(i, 2),
                            form);
        }
        into[n++] = 1;
        return n;
    }

    /// The feature that is token `i` itself.
    int word(int i) {
        return key(1, tokens.hash(i), 0);
    }

    /// Writes the features that hold the tags of the tokens before.
    int history(int i, int tags, int[] into) {
        int one = tags & 31;
        into[0] = key(26, one, form(i));
        into[1] = key(27, one, tokens.hash(i));
        into[2] = key(28, tags & 1023, form(i));
        into[3] = key(29, one, tokens.hash(i - 1));
        into[4] = key(30, one, tokens.bits(i));
        return 5;
    }

    private int form(int i) {
        return i < 0 || i >= forms.length ? OUTSIDE : forms[i];
    }

    private static int form(Tokens tokens, int i) {
        int shape = tokens.shape(i);
        if (shape == Tokens.SIGN) {
            return 32 + (tokens.fold(i, 0) & 15);
        }
        int length = Math.min(7, tokens.end(i) - tokens.start(i));
        return shape == Tokens.DIGITS ? 8 + length : shape;
    }

    private static int key(int kind, long a, long b) {
        long h = (a * 0x9E3779B97F4A7C15L ^ b) + kind * 0xC2B2AE3D27D4EB4FL;
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        int key = (int) (h >>> 32);
        return key == 0 ? 1 : key;
    }
}
