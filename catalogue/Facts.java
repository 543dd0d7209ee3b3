import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Facts that were collected by hand: a table with a header, and in its comments the sources that
/// the rows name by a key.
///
/// @param sources what a key stands for
/// @param rows cells by column
record Facts(Map<String, String> sources, List<Map<String, String>> rows) {
    static Facts read(Path file) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> columns = List.of();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                int colon = line.indexOf(": ");
                String key = colon < 0 ? "" : line.substring(2, colon);
                if (!key.isEmpty() && !key.contains(" ")) {
                    sources.put(key, line.substring(colon + 2));
                }
            } else if (columns.isEmpty()) {
                columns = List.of(line.split("\t", -1));
            } else if (!line.isBlank()) {
                rows.add(row(file, columns, line, sources));
            }
        }
        return new Facts(sources, rows);
    }

    private static Map<String, String> row(
            Path file, List<String> columns, String line, Map<String, String> sources) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    file + ": " + cells.length + " cells, not " + columns.size() + ": " + line);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(columns.get(i), cells[i]);
        }
        if (!sources.containsKey(row.get("source"))) {
            throw new IllegalArgumentException(file + ": no source in: " + line);
        }
        return row;
    }
}
