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

/// Numbers of 4 bits, 0 … 15: sixteen products of 15 · 127 fit into a short.
final class NibbleSums implements Step {
    private static final int HALVES = 0x000F000F;

    private final Layout layout;

    NibbleSums(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int pair = chunk.firstPair();
        for (int i = 0; i < chunk.count; i++) {
            long line = chunk.start + layout.line(chunk.first + i);
            ShortVector sum = ShortVector.zero(SHORTS);
            for (int v = 0; v < 2; v++, line += 2 * LINE) {
                IntVector a = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector b = IntVector.fromMemorySegment(INTS, data, line + LINE, ORDER);
                IntVector a0 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qa0 = a.and(HALVES).reinterpretAsShorts();
                sum = sum.add(qa0.mul(a0.reinterpretAsShorts()));
                IntVector a1 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qa1 = a.lanewise(LSHR, 4).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qa1.mul(a1.reinterpretAsShorts()));
                IntVector a2 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qa2 = a.lanewise(LSHR, 8).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qa2.mul(a2.reinterpretAsShorts()));
                IntVector a3 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qa3 = a.lanewise(LSHR, 12).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qa3.mul(a3.reinterpretAsShorts()));
                IntVector b0 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qb0 = b.and(HALVES).reinterpretAsShorts();
                sum = sum.add(qb0.mul(b0.reinterpretAsShorts()));
                IntVector b1 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qb1 = b.lanewise(LSHR, 4).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qb1.mul(b1.reinterpretAsShorts()));
                IntVector b2 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qb2 = b.lanewise(LSHR, 8).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qb2.mul(b2.reinterpretAsShorts()));
                IntVector b3 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector qb3 = b.lanewise(LSHR, 12).and(HALVES).reinterpretAsShorts();
                sum = sum.add(qb3.mul(b3.reinterpretAsShorts()));
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
            ShortVector s0 = ShortVector.zero(SHORTS);
            ShortVector s1 = s0;
            ShortVector s2 = s0;
            ShortVector s3 = s0;
            for (int v = 0; v < 4; v++, line += LINE) {
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                for (int k = 0; k < 4; k++, pair++) {
                    ShortVector n = q.lanewise(LSHR, 4 * k).and(HALVES).reinterpretAsShorts();
                    IntVector x0 = IntVector.broadcast(INTS, pairs[pair]);
                    IntVector x1 = IntVector.broadcast(INTS, pairs[pair + next]);
                    IntVector x2 = IntVector.broadcast(INTS, pairs[pair + 2 * next]);
                    IntVector x3 = IntVector.broadcast(INTS, pairs[pair + 3 * next]);
                    s0 = s0.add(n.mul(x0.reinterpretAsShorts()));
                    s1 = s1.add(n.mul(x1.reinterpretAsShorts()));
                    s2 = s2.add(n.mul(x2.reinterpretAsShorts()));
                    s3 = s3.add(n.mul(x3.reinterpretAsShorts()));
                }
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
