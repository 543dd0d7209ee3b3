package dev.tierwise.engine.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The letters that byte-level vocabularies write bytes with: those of Latin-1 that can be seen
/// stand for themselves, the others for U+0100 onwards (`bytes_to_unicode` of OpenAI's GPT-2
/// `encoder.py`).
final class Bytes {
    private static final char[] LETTERS = letters();
    private static final int[] BYTES = bytes();

    private Bytes() {}

    /// The letter of a byte.
    static char letter(int value) {
        return LETTERS[value & 0xff];
    }

    /// What a token written in letters means; a character that is no such letter means its own
    /// UTF-8.
    static byte[] of(String letters) {
        var plain = new byte[letters.length()];
        for (var i = 0; i < plain.length; i++) {
            var letter = letters.charAt(i);
            if (letter >= BYTES.length || BYTES[letter] < 0) {
                return mixed(letters);
            }
            plain[i] = (byte) BYTES[letter];
        }
        return plain;
    }

    private static byte[] mixed(String letters) {
        var out = new java.io.ByteArrayOutputStream();
        letters.codePoints()
                .forEach(letter -> {
                    if (letter < BYTES.length && BYTES[letter] >= 0) {
                        out.write(BYTES[letter]);
                    } else {
                        out.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
                    }
                });
        return out.toByteArray();
    }

    private static char[] letters() {
        var letters = new char[256];
        var spare = 0x100;
        for (var value = 0; value < 256; value++) {
            var seen =
                    (value >= '!' && value <= '~')
                            || (value >= 0xa1 && value <= 0xac)
                            || (value >= 0xae && value <= 0xff);
            letters[value] = (char) (seen ? value : spare++);
        }
        return letters;
    }

    private static int[] bytes() {
        var bytes = new int[0x180];
        Arrays.fill(bytes, -1);
        for (var value = 0; value < 256; value++) {
            bytes[LETTERS[value]] = value;
        }
        return bytes;
    }
}
