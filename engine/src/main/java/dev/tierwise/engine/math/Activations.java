package dev.tierwise.engine.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Vectors in whole numbers of −127 … 127 with a scale for every 32: what packed weights are
/// multiplied with. Grows to the largest need, and stays.
///
/// Numbers j and j + 16 of a block stand in one int, as the weights that meet them do.
final class Activations {
    /// Numbers to a scale.
    static final int BLOCK = 32;

    /// Ints to a block.
    static final int PAIRS = 16;

    private static final int LOW = 0xFFFF;

    /// Adding it leaves a rounded whole number in the lowest bits of the fraction.
    private static final float ROUNDING = 0x1.8p23f;

    private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

    int[] pairs = {};
    float[] scales = {};

    /// Sum of a block's numbers, in their true size.
    float[] sums = {};

    /// Replaces what is here by `length` numbers of `x`, whole blocks.
    void set(float[] x, int length) {
        int blocks = length / BLOCK;
        if (scales.length < blocks) {
            pairs = new int[blocks * PAIRS];
            scales = new float[blocks];
            sums = new float[blocks];
        }
        for (int block = 0; block < blocks; block++) {
            block(x, block);
        }
    }

    private void block(float[] x, int block) {
        int from = block * BLOCK;
        FloatVector peak = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < BLOCK; i += Lanes.COUNT) {
            FloatVector part = FloatVector.fromArray(Lanes.FLOATS, x, from + i);
            peak = peak.max(part.abs());
        }
        float largest = peak.reduceLanes(VectorOperators.MAX);
        float inverse = largest == 0 ? 0 : 127 / largest;
        IntVector total = IntVector.zero(Lanes.INTS);
        for (int i = 0; i < PAIRS; i += Lanes.COUNT) {
            IntVector low = whole(FloatVector.fromArray(Lanes.FLOATS, x, from + i), inverse);
            IntVector high =
                    whole(FloatVector.fromArray(Lanes.FLOATS, x, from + PAIRS + i), inverse);
            total = total.add(low).add(high);
            low.and(LOW)
                    .or(high.lanewise(VectorOperators.LSHL, 16))
                    .intoArray(pairs, block * PAIRS + i);
        }
        scales[block] = largest / 127;
        sums[block] = largest / 127 * total.reduceLanes(VectorOperators.ADD);
    }

    private static IntVector whole(FloatVector x, float inverse) {
        return x.mul(inverse).add(ROUNDING).reinterpretAsInts().sub(ROUNDING_BITS);
    }
}
