package dev.tierwise.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of a table as `catalogue/MakeEvidence.java` writes them: the first line that is no
/// comment names the columns, and `-` is a missing cell.
///
/// @param rows in the table's order
record Rows(List<Row> rows) {
    /// One line.
    record Row(String name, int line, Map<String, String> cells) {
        /// What the column says, `-` included.
        String cell(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw wrong(column);
            }
            return cell;
        }

        /// What the column says; null when nothing is known.
        @Nullable String text(String column) {
            String cell = cell(column);
            return cell.equals("-") ? null : cell;
        }

        /// What the column says; it has to say something.
        String known(String column) {
            String cell = text(column);
            if (cell == null) {
                throw wrong(column);
            }
            return cell;
        }

        double number(String column) {
            try {
                return Double.parseDouble(cell(column));
            } catch (NumberFormatException e) {
                throw wrong(column);
            }
        }

        /// What is wrong with the line.
        IllegalArgumentException wrong(String column) {
            return new IllegalArgumentException(
                    name
                            + ", line "
                            + line
                            + ": column "
                            + column
                            + " has no such value: "
                            + cells);
        }
    }

    static Rows read(String name) {
        try (InputStream resource = Rows.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the product lacks its file evidence/" + name);
            }
            return parse(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read evidence/" + name, broken);
        }
    }

    static Rows parse(String name, String text) {
        List<Row> rows = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        List<String> columns = List.of();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank() || lines[i].startsWith("#")) {
                continue;
            }
            List<String> cells = List.of(lines[i].split("\t", -1));
            if (columns.isEmpty()) {
                columns = cells;
            } else if (cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        name
                                + ", line "
                                + (i + 1)
                                + ": "
                                + cells.size()
                                + " cells, not "
                                + columns.size());
            } else {
                Map<String, String> row = new HashMap<>();
                for (int j = 0; j < cells.size(); j++) {
                    row.put(columns.get(j), cells.get(j));
                }
                rows.add(new Row(name, i + 1, row));
            }
        }
        return new Rows(rows);
    }

    void each(Consumer<Row> action) {
        rows.forEach(action);
    }
}
