package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;

/// Makes text plain, in linear time. What a reader or a model sees as the same comes out the same:
/// compatibility forms (NFKC), digits of any script, dashes, spaces, invisible characters,
/// look-alikes of Latin letters, and the escapes of HTML, addresses and JSON.
public final class Canonical {
    /// Changes when the same text comes out differently.
    public static final String VERSION = "plain-1";

    /// How many times escapes within escapes are undone.
    static final int DEPTH = 3;

    private static final boolean[] SUSPECT = new boolean[128];

    static {
        for (char c : "&%\\".toCharArray()) {
            SUSPECT[c] = true;
        }
        for (char c = 0; c < ' '; c++) {
            SUSPECT[c] = c != '\n' && c != '\t' && c != '\r';
        }
        SUSPECT[127] = true;
    }

    private Canonical() {}

    /// The text in plain form; ordinary text is taken as it is.
    public static Plain of(String text) {
        return of(Plain.same(text));
    }

    static Plain of(Plain text) {
        Plain plain = text;
        int suspect = suspect(plain.chars(), plain.length());
        if (suspect < 0) {
            return plain;
        }
        plain = Folding.of(plain);
        for (int depth = 0; depth < DEPTH; depth++) {
            Plain less = Escapes.undone(plain);
            if (less == plain) {
                break;
            }
            plain = Folding.of(less);
        }
        return plain;
    }

    /// The first character that cannot simply stay; -1 for none. Letters of western Europe can.
    static int suspect(char[] chars, int length) {
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c < 128 ? SUSPECT[c] : c < 0xC0 || c > 0x17F) {
                return i;
            }
        }
        return -1;
    }
}
