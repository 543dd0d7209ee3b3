package dev.tierwise.evaluate;

import java.util.ArrayList;
import java.util.List;

/// A table: names in the first column, figures in the others.
///
/// @param head one a column
/// @param rows as long as the head
record Table(List<String> head, List<List<String>> rows) {
    static Table of(String... head) {
        return new Table(List.of(head), new ArrayList<>());
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /// In columns, without trailing blanks.
    String text() {
        int[] width = new int[head.size()];
        for (int column = 0; column < width.length; column++) {
            width[column] = width(head.get(column));
            for (List<String> row : rows) {
                width[column] = Math.max(width[column], width(row.get(column)));
            }
        }
        var text = new StringBuilder();
        line(text, head, width);
        rows.forEach(row -> line(text, row, width));
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static void line(StringBuilder text, List<String> cells, int[] width) {
        var line = new StringBuilder();
        for (int column = 0; column < width.length; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width[column] - width(cell) + 2));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
