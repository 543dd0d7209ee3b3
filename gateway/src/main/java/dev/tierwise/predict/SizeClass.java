package dev.tierwise.predict;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How large a model is, as far as its name tells: what is known of a model before it has answered
/// anything.
public enum SizeClass {
    /// Up to 5 billion parameters.
    SMALL,
    /// Up to 16 billion.
    MEDIUM,
    /// Up to 120 billion, and the lighter hosted models.
    LARGE,
    /// The strongest hosted models.
    FRONTIER;

    private static final Pattern BILLIONS =
            Pattern.compile("(?<![a-z0-9.])(?:(\\d{1,2})x)?(\\d{1,4}(?:\\.\\d{1,3})?)b(?![a-z])");
    private static final Pattern LIGHT =
            Pattern.compile("mini(?!stral|cpm|max)|haiku|flash|lite|nano|small|gpt-3|turbo-3|luna");
    private static final Pattern TINY = Pattern.compile("phi-?3|phi-?4-mini|tiny|0\\.5b");

    /// The class of the model of that name; [#FRONTIER] where the name tells nothing, as those of
    /// large hosted models do.
    public static SizeClass of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher size = BILLIONS.matcher(lower);
        if (size.find()) {
            double experts = size.group(1) == null ? 1 : Double.parseDouble(size.group(1)) * .28;
            return of(Double.parseDouble(size.group(2)) * Math.max(1, experts));
        }
        if (TINY.matcher(lower).find()) {
            return SMALL;
        }
        return LIGHT.matcher(lower).find() ? LARGE : FRONTIER;
    }

    /// As [#of(String)], but `usual` where the name tells nothing.
    public static SizeClass of(String name, SizeClass usual) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean tells =
                BILLIONS.matcher(lower).find()
                        || TINY.matcher(lower).find()
                        || LIGHT.matcher(lower).find();
        return tells ? of(name) : usual;
    }

    /// Whether results of this class teach something about `other`. Few sets have results of the
    /// strongest models, so those of large ones count for them.
    boolean countsFor(SizeClass other) {
        return this == other || (this == LARGE && other == FRONTIER);
    }

    /// Its place among the classes, the smallest first.
    @SuppressWarnings("EnumOrdinal") // the order is that of the sizes
    int place() {
        return ordinal();
    }

    /// The class of a model with so many billions of parameters.
    public static SizeClass of(double billions) {
        return billions <= 5 ? SMALL : billions <= 16 ? MEDIUM : billions <= 120 ? LARGE : FRONTIER;
    }
}
