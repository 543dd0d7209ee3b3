package dev.tierwise.engine.token;

import java.util.Arrays;

/// Which characters of a text were written by the model's own template, and which by somebody else.
/// Control tokens are recognised in the former only, so that no message can end its own turn or
/// open another one. Immutable.
public final class Trust {
    private static final Trust ALL = new Trust(new int[0]);
    private static final Trust NONE = new Trust(new int[] {0, Integer.MAX_VALUE});

    /// Starts and ends of foreign ranges in turn, rising.
    private final int[] foreign;

    private Trust(int[] foreign) {
        this.foreign = foreign;
    }

    /// The whole text is the template's.
    public static Trust all() {
        return ALL;
    }

    /// None of the text is the template's.
    public static Trust none() {
        return NONE;
    }

    /// All is the template's except these ranges, given as start and end (exclusive) in turn, in
    /// UTF-16 units, rising and not overlapping. Anything else is a mistake of the caller's.
    public static Trust except(int... bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("a range lacks its end");
        }
        for (var i = 1; i < bounds.length; i++) {
            if (bounds[i] < bounds[i - 1]) {
                throw new IllegalArgumentException("range bound " + i + " falls back");
            }
        }
        return bounds.length == 0 ? ALL : new Trust(bounds.clone());
    }

    /// Whether every character from `from` to `to` (exclusive) is the template's.
    boolean covers(int from, int to) {
        if (foreign.length == 0) {
            return true;
        }
        var at = Arrays.binarySearch(foreign, from);
        var next = at >= 0 ? at : -at - 1;
        // Equal bounds (a range that ends where the next starts, or an empty one) may lie around
        // `at`.
        while (next > 0 && foreign[next - 1] == from) {
            next--;
        }
        var inside = next % 2 == 1 && foreign[next] > from;
        if (inside) {
            return false;
        }
        for (var i = next - next % 2; i < foreign.length && foreign[i] < to; i += 2) {
            if (foreign[i + 1] > from && foreign[i + 1] > foreign[i]) {
                return false;
            }
        }
        return true;
    }
}
