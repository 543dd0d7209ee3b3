package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of code points while it is put together.
final class Ranges {
    private static final int LAST = 0x10ffff;

    private final List<int[]> all = new ArrayList<>();

    void add(int from, int to) {
        all.add(new int[] {from, to});
    }

    void add(Ranges others) {
        all.addAll(others.all);
    }

    /// All code points but these, from the first that is printable or white space.
    Ranges others() {
        var others = new Ranges();
        int next = 0;
        for (int[] range : sorted()) {
            if (range[0] > next) {
                others.add(next, range[0] - 1);
            }
            next = Math.max(next, range[1] + 1);
        }
        if (next <= LAST) {
            others.add(next, LAST);
        }
        return others;
    }

    /// Those of both.
    Ranges within(Ranges bounds) {
        var both = new Ranges();
        for (int[] one : all) {
            for (int[] other : bounds.all) {
                int from = Math.max(one[0], other[0]);
                int to = Math.min(one[1], other[1]);
                if (from <= to) {
                    both.add(from, to);
                }
            }
        }
        return both;
    }

    /// First and last of ranges that neither touch nor overlap, rising.
    int[] flat() {
        var merged = new ArrayList<int[]>();
        for (int[] range : sorted()) {
            int[] last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && range[0] <= last[1] + 1) {
                last[1] = Math.max(last[1], range[1]);
            } else {
                merged.add(range.clone());
            }
        }
        return merged.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private List<int[]> sorted() {
        var sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> Integer.compare(a[0], b[0]));
        return sorted;
    }
}
