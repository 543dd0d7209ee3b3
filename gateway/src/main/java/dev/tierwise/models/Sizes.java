package dev.tierwise.models;

import java.util.Locale;

/// Amounts of bytes for people.
public final class Sizes {
    private Sizes() {}

    /// Bytes with three digits at most, such as `1.98 GB`; decimal units, as registries show them.
    public static String shown(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %cB", value, "kMGTPE".charAt(unit));
    }
}
