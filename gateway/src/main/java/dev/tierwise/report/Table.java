package dev.tierwise.report;

import java.util.ArrayList;
import java.util.List;

/// A table of text: the first column to the left, all others to the right.
final class Table {
    private static final int WIDEST_CELL = 32;

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    /// Adds a row of as many cells as there are headings.
    void add(List<String> cells) {
        rows.add(cells.stream().map(Table::clean).toList());
    }

    /// The lines, headings and a rule first.
    List<String> lines() {
        int[] widths = widths();
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        lines.add(1, "─".repeat(width));
        return lines;
    }

    /// `cell` without characters that would move a terminal's cursor or colour: names of tasks come
    /// from whoever sends a request.
    static String clean(String cell) {
        String visible = cell.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]", "?");
        return visible.length() <= WIDEST_CELL
                ? visible
                : visible.substring(0, WIDEST_CELL - 1) + "…";
    }

    private int[] widths() {
        var widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? cell + space : "  " + space + cell);
        }
        return line.toString().stripTrailing();
    }
}
