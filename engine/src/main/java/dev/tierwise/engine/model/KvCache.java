package dev.tierwise.engine.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keys and values of one sequence, outside the heap. It grows with the sequence, up to the size
/// that it was made for. For one thread at a time; close it when the sequence's place is given up.
public final class KvCache implements AutoCloseable {
    private static final int FIRST = 256;

    private final Shape shape;
    private final int positions;
    private int room;
    private Arena arena = Arena.ofShared();
    private MemorySegment keys;
    private MemorySegment values;
    private int length;

    KvCache(Shape shape, int positions) {
        this.shape = shape;
        this.positions = positions;
        this.room = Math.min(FIRST, positions);
        this.keys = arena.allocate(bytes(shape, room) / 2, 64);
        this.values = arena.allocate(bytes(shape, room) / 2, 64);
    }

    /// Makes room for `wanted` tokens.
    @SuppressWarnings("MustBeClosedChecker") // closed when it is outgrown, or with the cache
    private void reserve(int wanted) {
        if (wanted <= room) {
            return;
        }
        int wider = Math.min(positions, Math.max(wanted, room * 2));
        Arena next = Arena.ofShared();
        MemorySegment moreKeys = next.allocate(bytes(shape, wider) / 2, 64);
        MemorySegment moreValues = next.allocate(bytes(shape, wider) / 2, 64);
        long row = (long) shape.headSize() * Float.BYTES;
        for (long head = 0; head < (long) shape.layers() * shape.keyHeads(); head++) {
            long from = head * room * row;
            long to = head * wider * row;
            MemorySegment.copy(keys, from, moreKeys, to, length * row);
            MemorySegment.copy(values, from, moreValues, to, length * row);
        }
        arena.close();
        arena = next;
        keys = moreKeys;
        values = moreValues;
        room = wider;
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
        length = 0;
        reserve(count);
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

    /// Bytes outside the heap now.
    public long bytes() {
        return bytes(shape, room);
    }

    void grow(int tokens) {
        reserve(length + tokens);
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
        long row = ((long) layer * shape.keyHeads() + head) * room + position;
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
