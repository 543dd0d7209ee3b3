package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.LINE;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.ROW_BYTES;
import static dev.tierwise.engine.math.Lanes.SHORTS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Numbers of 6 bits, less 32, of which two lines before the others have the two highest: eight
/// products of 32 · 127 fit into a short. Two scales for each block, one for the numbers in lower
/// shorts and one for those in upper ones, are multiplied in.
final class SixBitSums implements Step {
    private static final int HALVES = 0x000F000F;
    private static final int HIGHEST = 0x00300030;
    private static final short OFFSET = 32;

    private final Layout layout;

    SixBitSums(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int pair = chunk.firstPair();
        for (int i = 0; i < 2 * chunk.count; i++) {
            long lines = chunk.start + layout.line(chunk.first + (i >> 1));
            long line = lines + (2 + (i & 1) * 2) * LINE;
            IntVector bits = IntVector.fromMemorySegment(INTS, data, lines + (i & 1) * LINE, ORDER);
            ShortVector sum = ShortVector.zero(SHORTS);
            for (int v = 0; v < 2; v++, line += LINE) {
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector ends = bits.lanewise(LSHL, 4);
                IntVector both0 = q.and(HALVES).or(ends.and(HIGHEST));
                ShortVector n0 = both0.reinterpretAsShorts().sub(OFFSET);
                IntVector x0 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n0.mul(x0.reinterpretAsShorts()));
                IntVector both1 =
                        q.lanewise(LSHR, 4).and(HALVES).or(ends.lanewise(LSHR, 2).and(HIGHEST));
                ShortVector n1 = both1.reinterpretAsShorts().sub(OFFSET);
                IntVector x1 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n1.mul(x1.reinterpretAsShorts()));
                IntVector both2 =
                        q.lanewise(LSHR, 8).and(HALVES).or(ends.lanewise(LSHR, 4).and(HIGHEST));
                ShortVector n2 = both2.reinterpretAsShorts().sub(OFFSET);
                IntVector x2 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n2.mul(x2.reinterpretAsShorts()));
                IntVector both3 =
                        q.lanewise(LSHR, 12).and(HALVES).or(ends.lanewise(LSHR, 6).and(HIGHEST));
                ShortVector n3 = both3.reinterpretAsShorts().sub(OFFSET);
                IntVector x3 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n3.mul(x3.reinterpretAsShorts()));
                bits = bits.lanewise(LSHR, 8);
            }
            sum.reinterpretAsInts().intoArray(chunk.halves, i * COUNT);
        }
        scale(chunk, 1);
    }

    @Override
    public void four(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int[] halves = chunk.halves;
        int pair = chunk.firstPair();
        int next = chunk.vectorBlocks * Activations.PAIRS;
        for (int i = 0; i < 2 * chunk.count; i++) {
            long lines = chunk.start + layout.line(chunk.first + (i >> 1));
            long line = lines + (2 + (i & 1) * 2) * LINE;
            IntVector bits = IntVector.fromMemorySegment(INTS, data, lines + (i & 1) * LINE, ORDER);
            ShortVector s0 = ShortVector.zero(SHORTS);
            ShortVector s1 = s0;
            ShortVector s2 = s0;
            ShortVector s3 = s0;
            for (int v = 0; v < 2; v++, line += LINE) {
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector ends = bits.lanewise(LSHL, 4);
                for (int k = 0; k < 4; k++, pair++) {
                    IntVector low = q.lanewise(LSHR, 4 * k).and(HALVES);
                    IntVector high = ends.lanewise(LSHR, 2 * k).and(HIGHEST);
                    ShortVector n = low.or(high).reinterpretAsShorts().sub(OFFSET);
                    IntVector x0 = IntVector.broadcast(INTS, pairs[pair]);
                    IntVector x1 = IntVector.broadcast(INTS, pairs[pair + next]);
                    IntVector x2 = IntVector.broadcast(INTS, pairs[pair + 2 * next]);
                    IntVector x3 = IntVector.broadcast(INTS, pairs[pair + 3 * next]);
                    s0 = s0.add(n.mul(x0.reinterpretAsShorts()));
                    s1 = s1.add(n.mul(x1.reinterpretAsShorts()));
                    s2 = s2.add(n.mul(x2.reinterpretAsShorts()));
                    s3 = s3.add(n.mul(x3.reinterpretAsShorts()));
                }
                bits = bits.lanewise(LSHR, 8);
            }
            s0.reinterpretAsInts().intoArray(halves, i * COUNT);
            s1.reinterpretAsInts().intoArray(halves, (2 * Chunk.BLOCKS + i) * COUNT);
            s2.reinterpretAsInts().intoArray(halves, (4 * Chunk.BLOCKS + i) * COUNT);
            s3.reinterpretAsInts().intoArray(halves, (6 * Chunk.BLOCKS + i) * COUNT);
        }
        scale(chunk, Chunk.TOKENS);
    }

    private void scale(Chunk chunk, int tokens) {
        for (int i = 0; i < chunk.count; i++) {
            long part = chunk.start + layout.part(chunk.first + i);
            IntVector lowScale = scale(chunk.data, part);
            IntVector highScale = scale(chunk.data, part + COUNT);
            for (int t = 0; t < tokens; t++) {
                int place = (t * Chunk.BLOCKS + i) * COUNT;
                IntVector a = IntVector.fromArray(INTS, chunk.halves, 2 * place);
                IntVector b = IntVector.fromArray(INTS, chunk.halves, 2 * place + COUNT);
                IntVector low =
                        a.lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(b.lanewise(LSHL, 16).lanewise(ASHR, 16));
                IntVector high = a.lanewise(ASHR, 16).add(b.lanewise(ASHR, 16));
                low.mul(lowScale).add(high.mul(highScale)).intoArray(chunk.sums, place);
            }
        }
    }

    private static IntVector scale(MemorySegment data, long at) {
        return (IntVector)
                ByteVector.fromMemorySegment(ROW_BYTES, data, at, ORDER).convertShape(B2I, INTS, 0);
    }
}
