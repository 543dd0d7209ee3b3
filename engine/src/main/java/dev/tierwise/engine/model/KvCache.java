package dev.tierwise.engine.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keys and values of one sequence, outside the heap. Its size is fixed when it is made. For one
/// thread at a time; close it when the sequence's place is given up.
public final class KvCache implements AutoCloseable {
    private final Shape shape;
    private final int positions;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment keys;
    private final MemorySegment values;
    private int length;

    KvCache(Shape shape, int positions) {
        this.shape = shape;
        this.positions = positions;
        long each = bytes(shape, positions) / 2;
        this.keys = arena.allocate(each, 64);
        this.values = arena.allocate(each, 64);
    }

    /// Bytes that a cache of so many positions takes.
    static long bytes(Shape shape, int positions) {
        return 2L * Float.BYTES * shape.layers() * shape.keys() * positions;
    }

    /// Tokens that it holds.
    public int length() {
        return length;
    }

    /// Tokens that it can hold.
    public int positions() {
        return positions;
    }

    /// Forgets all but the first `count` tokens.
    public void keep(int count) {
        length = Math.min(length, count);
    }

    /// Forgets everything and takes over the first `count` tokens of another cache of the same
    /// model.
    public void copy(KvCache from, int count) {
        long size = (long) count * shape.headSize() * Float.BYTES;
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.keyHeads(); head++) {
                long source = from.at(layer, head, 0);
                long target = at(layer, head, 0);
                MemorySegment.copy(from.keys, source, keys, target, size);
                MemorySegment.copy(from.values, source, values, target, size);
            }
        }
        length = count;
    }

    /// Bytes outside the heap.
    public long bytes() {
        return bytes(shape, positions);
    }

    void grow(int tokens) {
        length += tokens;
    }

    MemorySegment keys() {
        return keys;
    }

    MemorySegment values() {
        return values;
    }

    /// The byte at which a head's numbers at a position begin; positions of a head follow each
    /// other.
    long at(int layer, int head, int position) {
        long row = ((long) layer * shape.keyHeads() + head) * positions + position;
        return row * shape.headSize() * Float.BYTES;
    }

    /// Stores keys and values of one token.
    void put(int layer, int position, float[] key, float[] value, int from) {
        int size = shape.headSize();
        for (int head = 0; head < shape.keyHeads(); head++) {
            long to = at(layer, head, position);
            MemorySegment.copy(key, from + head * size, keys, ValueLayout.JAVA_FLOAT, to, size);
            MemorySegment.copy(value, from + head * size, values, ValueLayout.JAVA_FLOAT, to, size);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
