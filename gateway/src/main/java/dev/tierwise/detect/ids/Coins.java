package dev.tierwise.detect.ids;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Addresses of Bitcoin and Ethereum.
final class Coins {
    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int WHOLE = 25;

    private Coins() {}

    static boolean is(char[] chars, int start, int end) {
        int size = end - start;
        if (size == 42 && chars[start] == '0' && chars[start + 1] == 'x') {
            return all(chars, start + 2, end, "0123456789abcdefABCDEF");
        }
        if (size >= 42
                && size <= 62
                && chars[start] == 'b'
                && chars[start + 1] == 'c'
                && chars[start + 2] == '1') {
            return all(chars, start + 3, end, "qpzry9x8gf2tvdw0s3jn54khce6mua7l");
        }
        boolean first = chars[start] == '1' || chars[start] == '3';
        return first
                && size >= 26
                && size <= 35
                && all(chars, start, end, BASE58)
                && summed(chars, start, end);
    }

    private static boolean all(char[] chars, int start, int end, String allowed) {
        for (int i = start; i < end; i++) {
            if (allowed.indexOf(chars[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether the last four bytes are the first of a double SHA-256 of the others.
    private static boolean summed(char[] chars, int start, int end) {
        BigInteger value = BigInteger.ZERO;
        for (int i = start; i < end; i++) {
            value =
                    value.multiply(BigInteger.valueOf(58))
                            .add(BigInteger.valueOf(BASE58.indexOf(chars[i])));
        }
        byte[] bytes = value.toByteArray();
        byte[] whole = new byte[WHOLE];
        int from = Math.max(0, bytes.length - WHOLE);
        System.arraycopy(bytes, from, whole, WHOLE - (bytes.length - from), bytes.length - from);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] sum = sha.digest(sha.digest(Arrays.copyOf(whole, WHOLE - 4)));
            return Arrays.equals(sum, 0, 4, whole, WHOLE - 4, WHOLE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
