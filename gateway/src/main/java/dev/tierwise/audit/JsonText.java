package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The further fields of a JSON object as bytes, each with a comma before it, without an object or
/// a text per field.
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[768];
    private int length;
    private boolean fresh;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    JsonText field(String name, String value) {
        return name(name).text(value);
    }

    /// A field that is left out when it has no value.
    JsonText optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    JsonText field(String name, long value) {
        return name(name).digits(value);
    }

    JsonText field(String name, boolean value) {
        return name(name).raw(value ? "true" : "false");
    }

    JsonText field(String name, Instant value) {
        name(name).raw("\"");
        room(Moment.LENGTH);
        Moment.write(value.toEpochMilli(), bytes, length);
        length += Moment.LENGTH;
        return raw("\"");
    }

    JsonText name(String name) {
        comma();
        return quoted(name).raw(":");
    }

    /// Begins an object or a list; its first value takes no comma.
    JsonText begin(String bracket) {
        raw(bracket);
        fresh = true;
        return this;
    }

    JsonText end(String bracket) {
        fresh = false;
        return raw(bracket);
    }

    JsonText comma() {
        if (!fresh) {
            raw(",");
        }
        fresh = false;
        return this;
    }

    JsonText text(String value) {
        return quoted(value);
    }

    private JsonText quoted(String value) {
        room(value.length() * 6 + 2);
        bytes[length++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > '~') {
                foreign(value.substring(i));
                break;
            }
            ascii(c);
        }
        bytes[length++] = '"';
        return this;
    }

    private void ascii(int c) {
        if (c < ' ') {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 15];
            return;
        }
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
        }
        bytes[length++] = (byte) c;
    }

    /// The rest of a text from its first character beyond ASCII on.
    private void foreign(String rest) {
        for (byte b : rest.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0) {
                ascii(b);
            } else {
                bytes[length++] = b;
            }
        }
    }

    private JsonText digits(long value) {
        return raw(Long.toString(value));
    }

    @SuppressWarnings("deprecation") // the bytes of ASCII, without an array
    private JsonText raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
