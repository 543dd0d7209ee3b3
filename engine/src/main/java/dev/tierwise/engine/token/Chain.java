package dev.tierwise.engine.token;

/// Neighbours that become one: the working space of a merge. A joined neighbour is skipped from
/// then on.
final class Chain {
    final LongHeap queue = new LongHeap();
    private int[] values;
    private int[] before;
    private int[] after;
    private int size;

    Chain(int capacity) {
        values = new int[capacity];
        before = new int[capacity];
        after = new int[capacity];
    }

    /// Starts anew with `size` links, each of which has its own value to be set.
    void reset(int size) {
        this.size = size;
        queue.clear();
        if (values.length < size) {
            values = new int[size];
            before = new int[size];
            after = new int[size];
        }
        for (var i = 0; i < size; i++) {
            values[i] = 0;
            before[i] = i - 1;
            after[i] = i + 1;
        }
    }

    int size() {
        return size;
    }

    int get(int at) {
        return values[at];
    }

    void set(int at, int value) {
        values[at] = value;
    }

    int before(int at) {
        return before[at];
    }

    int after(int at) {
        return after[at];
    }

    /// Makes a link and the one after it a single one of that value; the second one's becomes -1.
    void join(int left, int value) {
        var right = after[left];
        values[left] = value;
        values[right] = -1;
        after[left] = after[right];
        if (after[right] < size) {
            before[after[right]] = left;
        }
    }
}
