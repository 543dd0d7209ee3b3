package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hardware whose memory bandwidth is published. Immutable.
public final class Hardware {
    private static final double GIGA = 1e9;
    private static final double GIBIBYTE = 1L << 30;
    private static final Pattern OTHER = Pattern.compile("laptop|mobile|max-q|notebook");

    private final List<Known> all;

    private Hardware(List<Known> all) {
        this.all = all;
    }

    /// One entry.
    ///
    /// @param name the words that its name has, in lower case, such as `5070 ti`
    /// @param bandwidth in bytes a second
    /// @param memory that it was seen with, in bytes: a card's least, a Mac's most; null when
    ///   nobody said
    public record Known(String name, Figure bandwidth, @Nullable Figure memory) {}

    /// Those that ship with the product; reads their table.
    public static Hardware load() {
        return new Hardware(Table.read("hardware.tsv").stream().map(Hardware::known).toList());
    }

    private static Known known(Table.Row row) {
        String source = row.known("source");
        Long memory = row.count("memory_gb");
        return new Known(
                row.known("name"),
                Figure.published(Double.parseDouble(row.known("bandwidth_gb_s")) * GIGA, source),
                memory == null
                        ? null
                        : Figure.published(memory * GIBIBYTE, "machines with published speeds"));
    }

    /// All, in the order of the table.
    public List<Known> all() {
        return all;
    }

    /// The entry whose name stands as words in a device's name, the most exact first. Cards of
    /// portable machines share names with faster ones and are not known.
    public Optional<Known> named(String device) {
        String name = device.toLowerCase(Locale.ROOT);
        if (OTHER.matcher(name).find()) {
            return Optional.empty();
        }
        return all.stream().filter(it -> stands(it.name, name)).findFirst();
    }

    private static boolean stands(String words, String name) {
        int at = name.indexOf(words);
        while (at >= 0) {
            int end = at + words.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
            boolean ends = end == name.length() || !Character.isLetterOrDigit(name.charAt(end));
            if (begins && ends) {
                return true;
            }
            at = name.indexOf(words, at + 1);
        }
        return false;
    }
}
