package dev.tierwise.engine.model;

import dev.tierwise.engine.math.LaneSum;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Vectors] that are worth the machine's vectors. Touched only where the module of
/// vectors is present.
final class WideVectors {
    private static final VectorSpecies<Float> SPECIES = LaneSum.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

    private WideVectors() {}

    static float dot(float[] x, int at, MemorySegment y, long from, int size) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= size - LANES; i += LANES) {
            sum =
                    FloatVector.fromArray(SPECIES, x, at + i)
                            .fma(
                                    FloatVector.fromMemorySegment(SPECIES, y, from + 4L * i, ORDER),
                                    sum);
        }
        float total = LaneSum.of(sum);
        for (; i < size; i++) {
            total = Math.fma(x[at + i], y.get(FLOAT, from + 4L * i), total);
        }
        return total;
    }

    static void add(float[] x, int at, float weight, MemorySegment y, long from, int size) {
        FloatVector weights = FloatVector.broadcast(SPECIES, weight);
        int i = 0;
        for (; i <= size - LANES; i += LANES) {
            FloatVector.fromMemorySegment(SPECIES, y, from + 4L * i, ORDER)
                    .fma(weights, FloatVector.fromArray(SPECIES, x, at + i))
                    .intoArray(x, at + i);
        }
        for (; i < size; i++) {
            x[at + i] = Math.fma(weight, y.get(FLOAT, from + 4L * i), x[at + i]);
        }
    }
}
