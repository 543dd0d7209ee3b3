package dev.tierwise.prove;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/// Ways to write a canary so that a careless reader does not see it. All can be undone by a
/// machine.
enum Disguise {
    PLAIN,
    ZERO_WIDTH,
    SOFT_HYPHEN,
    FULL_WIDTH,
    ARABIC_DIGITS,
    MATH_BOLD,
    ODD_DASHES,
    ENTITIES,
    PERCENT,
    BASE64,
    HEX,
    ESCAPES;

    /// `value`, disguised.
    String of(String value) {
        return switch (this) {
            case PLAIN -> value;
            case ZERO_WIDTH -> String.join("\u200b", value.split(""));
            case SOFT_HYPHEN -> value.substring(0, 3) + "\u00ad" + value.substring(3);
            case FULL_WIDTH -> fullWidth(value);
            case ARABIC_DIGITS -> digits(value, 0x0660);
            case MATH_BOLD -> digits(value, 0x1D7CE);
            case ODD_DASHES -> value.replace('-', '\u2013').replace(' ', '\u00a0');
            case ENTITIES -> entities(value);
            case PERCENT -> percent(value);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes(sentence(value)));
            case HEX -> HexFormat.of().formatHex(bytes(sentence(value)));
            case ESCAPES -> escapes(value);
        };
    }

    private static String sentence(String value) {
        return "it is " + value + " as was said";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String fullWidth(String text) {
        var made = new StringBuilder();
        text.chars().forEach(c -> made.append((char) (c > 0x20 && c < 0x7f ? c + 0xFEE0 : c)));
        return made.toString();
    }

    private static String digits(String text, int zero) {
        var made = new StringBuilder();
        text.chars().forEach(c -> made.appendCodePoint(c >= '0' && c <= '9' ? zero + c - '0' : c));
        return made.toString();
    }

    private static String entities(String text) {
        var made = new StringBuilder();
        text.chars().forEach(c -> made.append("&#").append(c).append(';'));
        return made.toString();
    }

    private static String percent(String text) {
        var made = new StringBuilder();
        for (byte b : bytes(text)) {
            made.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return made.toString();
    }

    private static String escapes(String text) {
        var made = new StringBuilder();
        text.chars().forEach(c -> made.append("\\u%04x".formatted(c)));
        return made.toString();
    }
}
