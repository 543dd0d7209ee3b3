package dev.tierwise.fit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a table among the resources, as `catalogue/MakeShapes.java` writes them: the first
/// line that is no comment names the columns, and `-` is a missing figure.
final class Table {
    private Table() {}

    /// One line.
    record Row(Map<String, String> cells) {
        /// What the column says; null when nothing is known.
        @Nullable String text(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalStateException("no column " + column + " in " + cells.keySet());
            }
            return cell.equals("-") ? null : cell;
        }

        /// What the column says.
        String known(String column) {
            String text = text(column);
            if (text == null) {
                throw new IllegalStateException("column " + column + " is empty in " + cells);
            }
            return text;
        }

        @Nullable Long count(String column) {
            String text = text(column);
            return text == null ? null : Long.valueOf(text);
        }

        @Nullable Integer small(String column) {
            String text = text(column);
            return text == null ? null : Integer.valueOf(text);
        }
    }

    static List<Row> read(String name) {
        String text;
        try (InputStream resource = Table.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "the resource dev/tierwise/fit/" + name + " is missing");
            }
            text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read dev/tierwise/fit/" + name, broken);
        }
        List<String> lines =
                text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        List<String> columns = List.of(lines.getFirst().split("\t", -1));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            if (cells.length != columns.size()) {
                throw new IllegalStateException(
                        name + ": " + cells.length + " cells, not " + columns.size() + ": " + line);
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(columns.get(i), cells[i]);
            }
            rows.add(new Row(row));
        }
        return List.copyOf(rows);
    }
}
