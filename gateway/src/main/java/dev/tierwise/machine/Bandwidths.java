package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Published bandwidths of memory, out of `bandwidths.tsv`: the first row that holds counts. Rows
/// are compared by whole words, because `m4` is also in `Tesla M40`. Chips for laptops have no row:
/// they bear the names of faster cards.
final class Bandwidths {
    private static final List<Row> ROWS =
            Words.rows("bandwidths.tsv", 4).stream().map(Row::of).toList();
    private static final Pattern LAPTOP = Pattern.compile("\\b(laptop|mobile|max q)\\b");

    /// @param memory in gigabytes (powers of two); 0 where any will do
    private record Row(String words, double gigabytes, int memory, String source) {
        static Row of(String[] cells) {
            return new Row(
                    cells[0],
                    Double.parseDouble(cells[1]),
                    cells[2].isEmpty() ? 0 : Integer.parseInt(cells[2]),
                    cells[3]);
        }

        boolean holds(String plain, long size) {
            return Words.within(plain, words) && (memory == 0 || memory == size);
        }
    }

    private Bandwidths() {}

    /// Bytes a second.
    ///
    /// @param name as its maker or its driver calls it
    /// @param memory its size in bytes, which tells some chips of one name apart; 0 when unknown
    static Optional<Figure> of(String name, double memory) {
        String plain = Words.plain(name);
        if (isForLaptops(plain)) {
            return Optional.empty();
        }
        long size = Math.round(memory / Size.GIB);
        return ROWS.stream()
                .filter(row -> row.holds(plain, size))
                .findFirst()
                .map(row -> Figure.published(row.gigabytes() * 1e9, row.source()));
    }

    /// Whether a plain name is that of a chip for laptops.
    static boolean isForLaptops(String plain) {
        return LAPTOP.matcher(plain).find();
    }
}
