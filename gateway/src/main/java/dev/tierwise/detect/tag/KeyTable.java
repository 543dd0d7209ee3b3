package dev.tierwise.detect.tag;

import java.util.Arrays;

/// Numbers the features that occur more than once, in the order in which they come.
final class KeyTable {
    private static final int LEAST = 2;
    private int[] keys = new int[1 << 16];
    private int[] values = new int[1 << 16];
    private int used;
    private int[] rowKeys = {};

    /// Counts features.
    void count(int[] some, int count) {
        for (int i = 0; i < count; i++) {
            int at = at(some[i]);
            if (keys[at] == 0) {
                keys[at] = some[i];
                if (++used * 2 > keys.length) {
                    values[at]++;
                    grow();
                    continue;
                }
            }
            values[at]++;
        }
    }

    /// Ends the counting: features get the numbers of their rows.
    void close() {
        int rows = 0;
        rowKeys = new int[used];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && values[i] >= LEAST) {
                rowKeys[rows] = keys[i];
                values[i] = rows++;
            } else {
                values[i] = -1;
            }
        }
        rowKeys = Arrays.copyOf(rowKeys, rows);
    }

    int rows() {
        return rowKeys.length;
    }

    int key(int row) {
        return rowKeys[row];
    }

    /// The row of a feature; -1 for one that was seen too seldom.
    int row(int key) {
        int at = at(key);
        return keys[at] == 0 ? -1 : values[at];
    }

    private int at(int key) {
        int at = ((key * 0x9E3779B9) >>> 3) & (keys.length - 1);
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = at(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
