package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.ROW_BYTES;
import static dev.tierwise.engine.math.Lanes.ROW_SHORTS;
import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// What the steps that bring sums to their true size have in common.
final class Scales {
    private Scales() {}

    /// Numbers of half precision, but for those that are not finite.
    static FloatVector halves(MemorySegment data, long at) {
        IntVector bits =
                (IntVector)
                        ShortVector.fromMemorySegment(ROW_SHORTS, data, at, ORDER)
                                .convertShape(S2I, INTS, 0);
        return bits.lanewise(LSHL, 13)
                .and(Lanes.HALF_BITS)
                .reinterpretAsFloats()
                .mul(Lanes.HALF_BIAS);
    }

    /// Small whole numbers.
    static FloatVector bytes(MemorySegment data, long at) {
        return (FloatVector)
                ByteVector.fromMemorySegment(ROW_BYTES, data, at, ORDER)
                        .convertShape(B2F, FLOATS, 0);
    }

    /// Whole sums as numbers.
    static FloatVector sum(int[] sums, int place) {
        return (FloatVector)
                IntVector.fromArray(INTS, sums, place * COUNT).convertShape(I2F, FLOATS, 0);
    }

    /// The same number for every row.
    static FloatVector all(float number) {
        return FloatVector.broadcast(FLOATS, number);
    }
}
