package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.LINE;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.SHORTS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Numbers of 5 bits, less 16, of which a line before the others has the highest one, inverted:
/// sixteen products of 16 · 127 fit into a short.
final class FiveBitSums implements Step {
    private static final int HALVES = 0x000F000F;
    private static final int HIGHEST = 0x00100010;

    private final Layout layout;

    FiveBitSums(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int pair = chunk.firstPair();
        for (int i = 0; i < chunk.count; i++) {
            long line = chunk.start + layout.line(chunk.first + i);
            IntVector bits = IntVector.fromMemorySegment(INTS, data, line, ORDER);
            ShortVector sum = ShortVector.zero(SHORTS);
            for (int v = 0; v < 4; v++) {
                line += LINE;
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector low0 = q.and(HALVES);
                IntVector high0 = bits.lanewise(LSHL, 4).and(HIGHEST);
                ShortVector n0 = low0.reinterpretAsShorts().sub(high0.reinterpretAsShorts());
                IntVector x0 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n0.mul(x0.reinterpretAsShorts()));
                IntVector low1 = q.lanewise(LSHR, 4).and(HALVES);
                IntVector high1 = bits.lanewise(LSHL, 3).and(HIGHEST);
                ShortVector n1 = low1.reinterpretAsShorts().sub(high1.reinterpretAsShorts());
                IntVector x1 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n1.mul(x1.reinterpretAsShorts()));
                IntVector low2 = q.lanewise(LSHR, 8).and(HALVES);
                IntVector high2 = bits.lanewise(LSHL, 2).and(HIGHEST);
                ShortVector n2 = low2.reinterpretAsShorts().sub(high2.reinterpretAsShorts());
                IntVector x2 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n2.mul(x2.reinterpretAsShorts()));
                IntVector low3 = q.lanewise(LSHR, 12).and(HALVES);
                IntVector high3 = bits.lanewise(LSHL, 1).and(HIGHEST);
                ShortVector n3 = low3.reinterpretAsShorts().sub(high3.reinterpretAsShorts());
                IntVector x3 = IntVector.broadcast(INTS, pairs[pair++]);
                sum = sum.add(n3.mul(x3.reinterpretAsShorts()));
                bits = bits.lanewise(LSHR, 4);
            }
            IntVector both = sum.reinterpretAsInts();
            both.lanewise(LSHL, 16)
                    .lanewise(ASHR, 16)
                    .add(both.lanewise(ASHR, 16))
                    .intoArray(chunk.sums, i * COUNT);
        }
    }

    @Override
    public void four(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int[] sums = chunk.sums;
        int pair = chunk.firstPair();
        int next = chunk.vectorBlocks * Activations.PAIRS;
        for (int i = 0; i < chunk.count; i++) {
            long line = chunk.start + layout.line(chunk.first + i);
            IntVector bits = IntVector.fromMemorySegment(INTS, data, line, ORDER);
            ShortVector s0 = ShortVector.zero(SHORTS);
            ShortVector s1 = s0;
            ShortVector s2 = s0;
            ShortVector s3 = s0;
            for (int v = 0; v < 4; v++) {
                line += LINE;
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                for (int k = 0; k < 4; k++, pair++) {
                    IntVector low = q.lanewise(LSHR, 4 * k).and(HALVES);
                    IntVector high = bits.lanewise(LSHL, 4 - k).and(HIGHEST);
                    ShortVector n = low.reinterpretAsShorts().sub(high.reinterpretAsShorts());
                    IntVector x0 = IntVector.broadcast(INTS, pairs[pair]);
                    IntVector x1 = IntVector.broadcast(INTS, pairs[pair + next]);
                    IntVector x2 = IntVector.broadcast(INTS, pairs[pair + 2 * next]);
                    IntVector x3 = IntVector.broadcast(INTS, pairs[pair + 3 * next]);
                    s0 = s0.add(n.mul(x0.reinterpretAsShorts()));
                    s1 = s1.add(n.mul(x1.reinterpretAsShorts()));
                    s2 = s2.add(n.mul(x2.reinterpretAsShorts()));
                    s3 = s3.add(n.mul(x3.reinterpretAsShorts()));
                }
                bits = bits.lanewise(LSHR, 4);
            }
            widen(s0, sums, i);
            widen(s1, sums, Chunk.BLOCKS + i);
            widen(s2, sums, 2 * Chunk.BLOCKS + i);
            widen(s3, sums, 3 * Chunk.BLOCKS + i);
        }
    }

    private static void widen(ShortVector sum, int[] sums, int place) {
        IntVector both = sum.reinterpretAsInts();
        both.lanewise(LSHL, 16)
                .lanewise(ASHR, 16)
                .add(both.lanewise(ASHR, 16))
                .intoArray(sums, place * COUNT);
    }
}
