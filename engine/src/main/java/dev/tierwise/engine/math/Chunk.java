package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;

import java.lang.foreign.MemorySegment;

/// Some blocks of a group of rows on their way through the two steps of a product: the sums of
/// their whole numbers, then those in their true size. The steps meet in arrays, which stay in the
/// nearest cache: one method with all of it would be more than the compiler inlines. One for each
/// thread.
final class Chunk {
    /// Blocks, at most.
    static final int BLOCKS = 32;

    /// Vectors that are multiplied together.
    static final int TOKENS = 4;

    private static final ThreadLocal<Chunk> OF_THREAD = ThreadLocal.withInitial(Chunk::new);

    MemorySegment data = MemorySegment.NULL;
    Activations activations = new Activations();

    /// The byte at which the group begins.
    long start;

    /// The first block, counted from the beginning of the row.
    int first;

    /// How many blocks.
    int count;

    /// The first block of the first vector among the activations.
    int vector;

    /// Blocks to a whole vector.
    int vectorBlocks;

    /// Sums of products of whole numbers: by vector, block and row.
    final int[] sums = new int[TOKENS * BLOCKS * COUNT];

    /// Sums of half a block, of two shorts each: by vector, block, half and row.
    final int[] halves = new int[TOKENS * BLOCKS * 2 * COUNT];

    /// Results: by vector and row.
    final float[] y = new float[TOKENS * COUNT];

    private Chunk() {}

    static Chunk ofThisThread() {
        return OF_THREAD.get();
    }

    /// The first pair of the chunk's first block, in the first vector.
    int firstPair() {
        return (vector + first) * Activations.PAIRS;
    }
}
