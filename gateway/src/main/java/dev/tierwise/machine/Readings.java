package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers and lines of what tools write. Nothing here throws, and nothing is below zero: what is
/// no number, such as `[N/A]`, is missing.
final class Readings {
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    private Readings() {}

    /// A whole number.
    static OptionalLong whole(@Nullable String text) {
        return text != null && WHOLE.matcher(text.strip()).matches()
                ? OptionalLong.of(Long.parseLong(text.strip()))
                : OptionalLong.empty();
    }

    /// A whole number of units, in bytes.
    static @Nullable Figure figure(@Nullable String text, double unit, String source) {
        OptionalLong number = whole(text);
        return number.isPresent() ? Figure.measured(number.getAsLong() * unit, source) : null;
    }

    /// `name: value` lines, or with another mark between; the first of a name counts.
    static Map<String, String> pairs(String text, char mark) {
        var pairs = new HashMap<String, String>();
        text.lines()
                .forEach(line -> {
                    int at = line.indexOf(mark);
                    if (at > 0) {
                        pairs.putIfAbsent(
                                line.substring(0, at).strip(), line.substring(at + 1).strip());
                    }
                });
        return pairs;
    }

    /// The first line that says anything, cut after 200 characters.
    static String firstLine(String text) {
        Optional<String> line =
                text.lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst();
        return line.map(s -> s.length() > 200 ? s.substring(0, 200) + "…" : s).orElse("nothing");
    }
}
