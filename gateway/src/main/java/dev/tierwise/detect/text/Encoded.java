package dev.tierwise.detect.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Base64 and hex that stand for text.
final class Encoded {
    private static final byte[] SIX = new byte[128];
    private static final int LINE = 60;

    static {
        Arrays.fill(SIX, (byte) -1);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < letters.length(); i++) {
            SIX[letters.charAt(i)] = (byte) i;
        }
        SIX['-'] = 62;
        SIX['_'] = 63;
    }

    private Encoded() {}

    /// The end of a run that goes on over line breaks, as long base64 does.
    static int wholeEnd(char[] chars, int from, int to, int length) {
        int end = to;
        int lineStart = from;
        while (end - lineStart >= LINE
                && end + 1 < length
                && chars[end] == '\n'
                && six(chars[end + 1]) >= 0) {
            lineStart = end + 1;
            end = lineStart;
            while (end < length && (six(chars[end]) >= 0 || chars[end] == '=')) {
                end++;
            }
        }
        return end;
    }

    /// Writes the text that a run stands for; false when it is none.
    static boolean decode(char[] chars, int from, int to, StringBuilder text) {
        return hex(chars, from, to, text) || base64(chars, from, to, text);
    }

    private static boolean hex(char[] chars, int from, int to, StringBuilder text) {
        int start = to - from > 2 && chars[from] == '0' && chars[from + 1] == 'x' ? from + 2 : from;
        int size = to - start;
        if (size < 14 || size % 2 != 0) {
            return false;
        }
        byte[] bytes = new byte[readable(chars, start) ? size / 2 : 0];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(chars[start + 2 * i]);
            int low = digit(chars[start + 2 * i + 1]);
            if (high < 0 || low < 0) {
                return false;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes.length > 0 && text(bytes, bytes.length, text);
    }

    /// Whether the first two digits of hex are a character that text may begin with.
    private static boolean readable(char[] chars, int start) {
        int high = digit(chars[start]);
        return high >= 2 && digit(chars[start + 1]) >= 0;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static int six(char c) {
        return c < 128 ? SIX[c] : -1;
    }

    private static boolean base64(char[] chars, int from, int to, StringBuilder text) {
        int end = to;
        while (end > from && chars[end - 1] == '=') {
            end--;
        }
        int size = end - from;
        if (size < 10 || size % 4 == 1 || !begins(chars, from)) {
            return false;
        }
        byte[] bytes = new byte[size / 4 * 3 + 3];
        int count = 0;
        int bits = 0;
        int held = 0;
        for (int i = from; i < end; i++) {
            if (chars[i] == '\n') {
                continue;
            }
            int six = six(chars[i]);
            if (six < 0) {
                return false;
            }
            held = held << 6 | six;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                byte octet = (byte) (held >> bits);
                if ((octet >= 0 && octet < 9) || octet == 127) {
                    return false;
                }
                bytes[count++] = octet;
            }
        }
        return text(bytes, count, text);
    }

    /// Whether the first three bytes may be text: turns nearly every word away at once.
    private static boolean begins(char[] chars, int from) {
        int held = 0;
        for (int i = from; i < from + 4; i++) {
            int six = six(chars[i]);
            if (six < 0) {
                return false;
            }
            held = held << 6 | six;
        }
        return printable(held >> 16) && printable(held >> 8) && printable(held);
    }

    private static boolean printable(int octet) {
        int low = octet & 0xFF;
        return (low >= ' ' && low < 127) || low == '\n' || low == '\t' || low >= 0x80;
    }

    private static boolean text(byte[] bytes, int count, StringBuilder text) {
        int words = 0;
        for (int i = 0; i < count; i++) {
            if (!printable(bytes[i]) && bytes[i] >= 0) {
                return false;
            }
            words += bytes[i] < 0 || Character.isLetterOrDigit(bytes[i]) || bytes[i] == ' ' ? 1 : 0;
        }
        if (words * 10 < count * 4) {
            return false;
        }
        try {
            text.append(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count)));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
