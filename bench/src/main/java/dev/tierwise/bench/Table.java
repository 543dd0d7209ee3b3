package dev.tierwise.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A Markdown table, first column to the left, the others to the right.
final class Table {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    Table(String... heads) {
        columns = heads.length;
        row(heads);
        var rules = new ArrayList<>(Collections.nCopies(columns, "--:"));
        rules.set(0, ":--");
        lines.add("|" + String.join("|", rules) + "|");
    }

    /// Adds a row; as many cells as there are heads.
    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " heads");
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    String markdown() {
        return String.join("\n", lines) + "\n";
    }
}
