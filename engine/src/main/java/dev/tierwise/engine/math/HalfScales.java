package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.ROW_BYTES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/// Multiplies sums with whole scales, of which a block has two: one for the numbers in lower shorts
/// and one for those in upper ones.
final class HalfScales implements Step {
    private final Layout layout;

    HalfScales(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        scale(chunk, 0);
    }

    @Override
    public void four(Chunk chunk) {
        for (int t = 0; t < Chunk.TOKENS; t++) {
            scale(chunk, t);
        }
    }

    private void scale(Chunk chunk, int token) {
        int place = token * Chunk.BLOCKS * COUNT;
        for (int i = 0; i < chunk.count; i++, place += COUNT) {
            long part = chunk.start + layout.part(chunk.first + i);
            IntVector a = IntVector.fromArray(INTS, chunk.halves, 2 * place);
            IntVector b = IntVector.fromArray(INTS, chunk.halves, 2 * place + COUNT);
            IntVector lowA = a.lanewise(LSHL, 16).lanewise(ASHR, 16);
            IntVector lowB = b.lanewise(LSHL, 16).lanewise(ASHR, 16);
            IntVector low = lowA.add(lowB).mul(scale(chunk.data, part));
            IntVector high = a.lanewise(ASHR, 16).add(b.lanewise(ASHR, 16));
            low.add(high.mul(scale(chunk.data, part + COUNT))).intoArray(chunk.sums, place);
        }
    }

    private static IntVector scale(MemorySegment data, long at) {
        return (IntVector)
                ByteVector.fromMemorySegment(ROW_BYTES, data, at, ORDER).convertShape(B2I, INTS, 0);
    }
}
