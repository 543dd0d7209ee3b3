package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.INTS;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Some blocks of a group of rows on their way through the three steps of a product: the scales of
/// their weights, the sums of their whole numbers, and both brought together. The steps meet in
/// arrays, which stay in the nearest cache: one method with all of it would be more than the
/// compiler inlines. One for each thread.
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

    /// What numbers of a block are multiplied with, by row.
    final float[] weights = new float[BLOCKS * COUNT];

    /// What is taken off every number of a block, by row.
    final float[] minima = new float[BLOCKS * COUNT];

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

    /// The last step: adds the sums in their true size to the results.
    void add(int tokens) {
        for (int t = 0; t < tokens; t++) {
            int block = vector + t * vectorBlocks + first;
            add(t, block, activations.scales, activations.sums);
        }
    }

    private void add(int token, int firstBlock, float[] scales, float[] totals) {
        FloatVector result = FloatVector.fromArray(FLOATS, y, token * COUNT);
        int sum = token * BLOCKS * COUNT;
        for (int i = 0; i < count; i++) {
            FloatVector product =
                    (FloatVector)
                            IntVector.fromArray(INTS, sums, sum + i * COUNT)
                                    .convertShape(VectorOperators.I2F, FLOATS, 0);
            FloatVector weight = FloatVector.fromArray(FLOATS, weights, i * COUNT);
            FloatVector minimum = FloatVector.fromArray(FLOATS, minima, i * COUNT);
            result =
                    product.mul(FloatVector.broadcast(FLOATS, scales[firstBlock + i]))
                            .fma(weight, result);
            result = minimum.fma(FloatVector.broadcast(FLOATS, -totals[firstBlock + i]), result);
        }
        result.intoArray(y, token * COUNT);
    }
}
