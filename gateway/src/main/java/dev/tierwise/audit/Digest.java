package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, and hashes as text. One thread at a time.
final class Digest {
    static final int BYTES = 32;
    static final int HEX = 64;

    /// What stands for the hash of the line before the first.
    static final String NONE = "0".repeat(HEX);

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The hash of a line: of the hash before it and its bytes without the end of line. `hash`
    /// holds the former and then the result.
    void next(byte[] hash, byte[] bytes, int from, int length) {
        sha.update(hash, 0, BYTES);
        sha.update(bytes, from, length);
        try {
            sha.digest(hash, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are enough for SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String of(byte[] bytes) {
        return hex(new Digest().sha.digest(bytes));
    }

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static void hex(byte[] hash, byte[] into, int at) {
        for (int i = 0; i < BYTES; i++) {
            into[at + 2 * i] = DIGITS[(hash[i] >> 4) & 15];
            into[at + 2 * i + 1] = DIGITS[hash[i] & 15];
        }
    }

    /// Reads 64 small hexadecimal digits.
    ///
    /// @return false when they are none
    static boolean read(byte[] text, int at, byte[] hash) {
        for (int i = 0; i < BYTES; i++) {
            int high = value(text[at + 2 * i]);
            int low = value(text[at + 2 * i + 1]);
            if ((high | low) < 0) {
                return false;
            }
            hash[i] = (byte) (high << 4 | low);
        }
        return true;
    }

    static byte[] read(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static int value(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }
}
