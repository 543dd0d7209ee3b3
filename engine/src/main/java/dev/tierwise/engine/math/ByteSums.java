package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.INTS;
import static dev.tierwise.engine.math.Lanes.LINE;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.SHORTS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Signed bytes: two products of 128 · 127 fit into a short.
final class ByteSums implements Sums {
    private final Layout layout;

    ByteSums(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int pair = chunk.firstPair();
        for (int i = 0; i < chunk.count; i++) {
            long line = chunk.start + layout.line(chunk.first + i);
            IntVector sum = IntVector.zero(INTS);
            for (int v = 0; v < 8; v++, line += LINE, pair += 2) {
                ShortVector q = ShortVector.fromMemorySegment(SHORTS, data, line, ORDER);
                IntVector a = IntVector.broadcast(INTS, pairs[pair]);
                IntVector b = IntVector.broadcast(INTS, pairs[pair + 1]);
                ShortVector low = q.lanewise(LSHL, 8).lanewise(ASHR, 8);
                ShortVector high = q.lanewise(ASHR, 8);
                IntVector both =
                        low.mul(a.reinterpretAsShorts())
                                .add(high.mul(b.reinterpretAsShorts()))
                                .reinterpretAsInts();
                sum = sum.add(both.lanewise(LSHL, 16).lanewise(ASHR, 16));
                sum = sum.add(both.lanewise(ASHR, 16));
            }
            sum.intoArray(chunk.sums, i * COUNT);
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
            IntVector s0 = IntVector.zero(INTS);
            IntVector s1 = s0;
            IntVector s2 = s0;
            IntVector s3 = s0;
            for (int v = 0; v < 8; v++, line += LINE, pair += 2) {
                ShortVector q = ShortVector.fromMemorySegment(SHORTS, data, line, ORDER);
                ShortVector low = q.lanewise(LSHL, 8).lanewise(ASHR, 8);
                ShortVector high = q.lanewise(ASHR, 8);
                s0 = s0.add(products(low, high, pairs, pair));
                s1 = s1.add(products(low, high, pairs, pair + next));
                s2 = s2.add(products(low, high, pairs, pair + 2 * next));
                s3 = s3.add(products(low, high, pairs, pair + 3 * next));
            }
            s0.intoArray(sums, i * COUNT);
            s1.intoArray(sums, (Chunk.BLOCKS + i) * COUNT);
            s2.intoArray(sums, (2 * Chunk.BLOCKS + i) * COUNT);
            s3.intoArray(sums, (3 * Chunk.BLOCKS + i) * COUNT);
        }
    }

    private static IntVector products(ShortVector low, ShortVector high, int[] pairs, int pair) {
        IntVector a = IntVector.broadcast(INTS, pairs[pair]);
        IntVector b = IntVector.broadcast(INTS, pairs[pair + 1]);
        IntVector both =
                low.mul(a.reinterpretAsShorts())
                        .add(high.mul(b.reinterpretAsShorts()))
                        .reinterpretAsInts();
        return both.lanewise(LSHL, 16).lanewise(ASHR, 16).add(both.lanewise(ASHR, 16));
    }
}
