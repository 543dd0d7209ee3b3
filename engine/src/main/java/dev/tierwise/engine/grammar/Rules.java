package dev.tierwise.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Rules of a grammar over bytes, while it is put together. A rule has alternatives, an alternative
/// is a row of symbols: sets of bytes, or rules. For one thread.
final class Rules {
    /// More would be no grammar of an answer but an attempt to fill the memory.
    private static final int MOST = 200_000;

    private final List<List<List<Integer>>> rules = new ArrayList<>();
    private final List<BitSet> sets = new ArrayList<>();
    private int symbols;

    /// Ends the reading of a grammar that cannot be used; never leaves this package.
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String problem;
        private final String where;

        Unfit(String problem, String where) {
            super(problem, null, false, false);
            this.problem = problem;
            this.where = where;
        }

        String problem() {
            return problem;
        }

        String where() {
            return where;
        }
    }

    /// A new rule without alternatives.
    int rule() {
        rules.add(new ArrayList<>());
        return ref(rules.size() - 1);
    }

    private static int ref(int rule) {
        return ~rule;
    }

    /// Adds an alternative to a rule.
    void add(int rule, List<Integer> row) {
        symbols += row.size() + 1;
        if (symbols > MOST) {
            throw new Unfit("it is too large: more than " + MOST + " symbols", "");
        }
        rules.get(~rule).add(List.copyOf(row));
    }

    /// A rule of these alternatives.
    int any(List<List<Integer>> rows) {
        int rule = rule();
        rows.forEach(row -> add(rule, row));
        return rule;
    }

    /// A row as a rule.
    int group(List<Integer> row) {
        return row.size() == 1 ? row.getFirst() : any(List.of(row));
    }

    /// The bytes of a text, one after the other.
    List<Integer> text(String text) {
        var row = new ArrayList<Integer>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            row.add(bytes(b & 0xff, b & 0xff));
        }
        return row;
    }

    /// One byte of a range.
    int bytes(int from, int to) {
        var set = new BitSet(256);
        set.set(from, to + 1);
        sets.add(set);
        return sets.size() - 1;
    }

    /// One character of some ranges of code points.
    ///
    /// @param ranges first and last in turn
    int characters(int... ranges) {
        var rows = new ArrayList<List<Integer>>();
        for (int i = 0; i < ranges.length; i += 2) {
            for (int[] bytes : Utf8.sequences(ranges[i], ranges[i + 1])) {
                var row = new ArrayList<Integer>();
                for (int at = 0; at < bytes.length; at += 2) {
                    row.add(bytes(bytes[at], bytes[at + 1]));
                }
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new Unfit("a set of characters is empty", "");
        }
        return rows.size() == 1 ? group(rows.getFirst()) : any(rows);
    }

    /// `symbol` from `least` to `most` times.
    ///
    /// @param most -1 for any number
    List<Integer> times(int symbol, int least, int most) {
        var row = new ArrayList<Integer>();
        for (int i = 0; i < least; i++) {
            row.add(symbol);
        }
        if (most < 0) {
            int rest = rule();
            add(rest, List.of());
            add(rest, List.of(symbol, rest));
            row.add(rest);
        } else {
            int rest = -1;
            boolean some = false;
            for (int i = least; i < most; i++) {
                int more = rule();
                add(more, List.of());
                add(more, some ? List.of(symbol, rest) : List.of(symbol));
                rest = more;
                some = true;
            }
            if (some) {
                row.add(rest);
            }
        }
        return row;
    }

    List<List<List<Integer>>> rules() {
        return rules;
    }

    List<BitSet> sets() {
        return sets;
    }
}
