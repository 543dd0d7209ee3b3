package dev.tierwise.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names of products, and the tables that know them.
final class Words {
    private static final Pattern MARKS = Pattern.compile("\\((r|tm)\\)|[^a-z0-9+.]+");

    private Words() {}

    /// A name in small letters and digits, its words one blank apart: `nvidia a100 sxm4 80gb`.
    static String plain(String name) {
        return MARKS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /// Whether plain words occur in a plain name, one after the other and whole: `m4` is not in
    /// `m40`.
    static boolean within(String name, String words) {
        return (" " + name + " ").contains(" " + words + " ");
    }

    /// The rows of a table of the product, without comments, split at tabs into so many columns.
    static List<String[]> rows(String resource, int columns) {
        try (InputStream in = Words.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the product lacks its file " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> columns(line, columns, resource))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] columns(String line, int columns, String resource) {
        String[] row = line.split("\t", -1);
        if (row.length != columns) {
            throw new IllegalStateException(resource + " has " + row.length + " columns: " + line);
        }
        return row;
    }
}
