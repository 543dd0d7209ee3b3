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
final class ByteSums implements Step {
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
            for (int v = 0; v < 2; v++, line += 4 * LINE) {
                ShortVector q0 = ShortVector.fromMemorySegment(SHORTS, data, line, ORDER);
                IntVector a0 = IntVector.broadcast(INTS, pairs[pair++]);
                IntVector b0 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector low0 =
                        q0.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(a0.reinterpretAsShorts());
                ShortVector high0 = q0.lanewise(ASHR, 8).mul(b0.reinterpretAsShorts());
                IntVector both0 = low0.add(high0).reinterpretAsInts();
                IntVector even0 = both0.lanewise(LSHL, 16).lanewise(ASHR, 16);
                IntVector odd0 = both0.lanewise(ASHR, 16);
                ShortVector q1 = ShortVector.fromMemorySegment(SHORTS, data, line + LINE, ORDER);
                IntVector a1 = IntVector.broadcast(INTS, pairs[pair++]);
                IntVector b1 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector low1 =
                        q1.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(a1.reinterpretAsShorts());
                ShortVector high1 = q1.lanewise(ASHR, 8).mul(b1.reinterpretAsShorts());
                IntVector both1 = low1.add(high1).reinterpretAsInts();
                IntVector even1 = both1.lanewise(LSHL, 16).lanewise(ASHR, 16);
                IntVector odd1 = both1.lanewise(ASHR, 16);
                ShortVector q2 =
                        ShortVector.fromMemorySegment(SHORTS, data, line + 2 * LINE, ORDER);
                IntVector a2 = IntVector.broadcast(INTS, pairs[pair++]);
                IntVector b2 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector low2 =
                        q2.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(a2.reinterpretAsShorts());
                ShortVector high2 = q2.lanewise(ASHR, 8).mul(b2.reinterpretAsShorts());
                IntVector both2 = low2.add(high2).reinterpretAsInts();
                IntVector even2 = both2.lanewise(LSHL, 16).lanewise(ASHR, 16);
                IntVector odd2 = both2.lanewise(ASHR, 16);
                ShortVector q3 =
                        ShortVector.fromMemorySegment(SHORTS, data, line + 3 * LINE, ORDER);
                IntVector a3 = IntVector.broadcast(INTS, pairs[pair++]);
                IntVector b3 = IntVector.broadcast(INTS, pairs[pair++]);
                ShortVector low3 =
                        q3.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(a3.reinterpretAsShorts());
                ShortVector high3 = q3.lanewise(ASHR, 8).mul(b3.reinterpretAsShorts());
                IntVector both3 = low3.add(high3).reinterpretAsInts();
                IntVector even3 = both3.lanewise(LSHL, 16).lanewise(ASHR, 16);
                IntVector odd3 = both3.lanewise(ASHR, 16);
                IntVector even = even0.add(even1).add(even2.add(even3));
                IntVector odd = odd0.add(odd1).add(odd2.add(odd3));
                sum = sum.add(even.add(odd));
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
                IntVector a0 = IntVector.broadcast(INTS, pairs[pair]);
                IntVector b0 = IntVector.broadcast(INTS, pairs[pair + 1]);
                ShortVector l0 = low.mul(a0.reinterpretAsShorts());
                ShortVector h0 = high.mul(b0.reinterpretAsShorts());
                IntVector both0 = l0.add(h0).reinterpretAsInts();
                s0 =
                        s0.add(both0.lanewise(LSHL, 16).lanewise(ASHR, 16))
                                .add(both0.lanewise(ASHR, 16));
                IntVector a1 = IntVector.broadcast(INTS, pairs[pair + next]);
                IntVector b1 = IntVector.broadcast(INTS, pairs[pair + 1 + next]);
                ShortVector l1 = low.mul(a1.reinterpretAsShorts());
                ShortVector h1 = high.mul(b1.reinterpretAsShorts());
                IntVector both1 = l1.add(h1).reinterpretAsInts();
                s1 =
                        s1.add(both1.lanewise(LSHL, 16).lanewise(ASHR, 16))
                                .add(both1.lanewise(ASHR, 16));
                IntVector a2 = IntVector.broadcast(INTS, pairs[pair + 2 * next]);
                IntVector b2 = IntVector.broadcast(INTS, pairs[pair + 1 + 2 * next]);
                ShortVector l2 = low.mul(a2.reinterpretAsShorts());
                ShortVector h2 = high.mul(b2.reinterpretAsShorts());
                IntVector both2 = l2.add(h2).reinterpretAsInts();
                s2 =
                        s2.add(both2.lanewise(LSHL, 16).lanewise(ASHR, 16))
                                .add(both2.lanewise(ASHR, 16));
                IntVector a3 = IntVector.broadcast(INTS, pairs[pair + 3 * next]);
                IntVector b3 = IntVector.broadcast(INTS, pairs[pair + 1 + 3 * next]);
                ShortVector l3 = low.mul(a3.reinterpretAsShorts());
                ShortVector h3 = high.mul(b3.reinterpretAsShorts());
                IntVector both3 = l3.add(h3).reinterpretAsInts();
                s3 =
                        s3.add(both3.lanewise(LSHL, 16).lanewise(ASHR, 16))
                                .add(both3.lanewise(ASHR, 16));
            }
            s0.intoArray(sums, i * COUNT);
            s1.intoArray(sums, (Chunk.BLOCKS + i) * COUNT);
            s2.intoArray(sums, (2 * Chunk.BLOCKS + i) * COUNT);
            s3.intoArray(sums, (3 * Chunk.BLOCKS + i) * COUNT);
        }
    }
}
