package dev.tierwise.machine;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes of memory as people write them. Memory is sold in powers of two, whatever the letters say:
/// `24G`, `24GB` and `24GiB` are the same, 24 times 2 to the 30th bytes.
final class Size {
    static final double MIB = 1 << 20;
    static final double GIB = 1 << 30;

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{1,9}(?:\\.\\d{1,6})?)\\s?([MGT])(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final double MOST = 1L << 50;

    private Size() {}

    /// The bytes; nothing when this is no size, or one of nothing, or of more than a pebibyte.
    static OptionalLong parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        double unit =
                switch (form.group(2).toUpperCase(Locale.ROOT)) {
                    case "M" -> MIB;
                    case "G" -> GIB;
                    default -> GIB * 1024;
                };
        double bytes = Double.parseDouble(form.group(1)) * unit;
        return bytes >= 1 && bytes <= MOST
                ? OptionalLong.of(Math.round(bytes))
                : OptionalLong.empty();
    }

    /// In words for people: `23.5 GiB`.
    static String words(double bytes) {
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / MIB)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
}
