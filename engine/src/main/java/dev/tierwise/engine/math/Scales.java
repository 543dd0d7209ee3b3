package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.LINE;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.ROW_BYTES;
import static dev.tierwise.engine.math.Lanes.ROW_SHORTS;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/// Puts what the numbers of a chunk's blocks are worth into the chunk.
@FunctionalInterface
interface Scales {
    void read(Chunk chunk);

    /// A scale for every block; numbers are less `offset`.
    static Scales ofBlocks(Layout layout, float offset) {
        return chunk -> {
            for (int i = 0; i < chunk.count; i++) {
                long at = chunk.start + layout.part(chunk.first + i);
                FloatVector scale = halves(chunk.data, at);
                scale.intoArray(chunk.weights, i * COUNT);
                scale.mul(offset).intoArray(chunk.minima, i * COUNT);
            }
        };
    }

    /// A scale of scales and one of minima for every super block, and two bytes for every block;
    /// numbers are less `offset` already.
    static Scales ofParts(Layout layout, float offset) {
        return chunk -> {
            for (int i = 0; i < chunk.count; i++) {
                long shared = chunk.start + layout.superBlock(chunk.first + i);
                long part = chunk.start + layout.part(chunk.first + i);
                FloatVector scale = halves(chunk.data, shared).mul(bytes(chunk.data, part));
                FloatVector minimum =
                        halves(chunk.data, shared + LINE / 2)
                                .mul(bytes(chunk.data, part + COUNT));
                scale.intoArray(chunk.weights, i * COUNT);
                minimum.sub(scale.mul(offset)).intoArray(chunk.minima, i * COUNT);
            }
        };
    }

    /// A scale for every super block.
    static Scales ofSuperBlocks(Layout layout) {
        return chunk -> {
            for (int i = 0; i < chunk.count; i++) {
                long shared = chunk.start + layout.superBlock(chunk.first + i);
                halves(chunk.data, shared).intoArray(chunk.weights, i * COUNT);
                FloatVector.zero(FLOATS).intoArray(chunk.minima, i * COUNT);
            }
        };
    }

    /// Numbers of half precision, but for those that are not finite.
    private static FloatVector halves(MemorySegment data, long at) {
        IntVector bits =
                (IntVector)
                        ShortVector.fromMemorySegment(ROW_SHORTS, data, at, ORDER)
                                .convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, 13)
                .and(Lanes.HALF_BITS)
                .reinterpretAsFloats()
                .mul(Lanes.HALF_BIAS);
    }

    private static FloatVector bytes(MemorySegment data, long at) {
        return (FloatVector)
                ByteVector.fromMemorySegment(ROW_BYTES, data, at, ORDER)
                        .convertShape(VectorOperators.B2F, FLOATS, 0);
    }
}
