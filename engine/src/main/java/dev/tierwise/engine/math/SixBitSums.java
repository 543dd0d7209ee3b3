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
    private static final int BYTES = 0x0F0F0F0F;
    private static final int HIGHEST = 0x30303030;
    private static final int SIX = 0x003F003F;
    private static final short OFFSET = -32;

    private final Layout layout;

    SixBitSums(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int[] eights = chunk.activations.eights;
        int[] halves = chunk.halves;
        int pair = chunk.firstPair();
        for (int i = 0; i < 2 * chunk.count; i++) {
            long lines = chunk.start + layout.line(chunk.first + (i >> 1));
            long line = lines + (2 + (i & 1) * 2) * LINE;
            IntVector bits =
                    IntVector.fromMemorySegment(INTS, data, lines + (i & 1) * LINE, ORDER);
            ShortVector s0 = offset(eights[pair / 8]);
            for (int v = 0; v < 2; v++, line += LINE) {
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector even = q.and(BYTES).or(bits.lanewise(LSHL, 4).and(HIGHEST));
                IntVector odd =
                        q.lanewise(LSHR, 4).and(BYTES).or(bits.lanewise(LSHL, 2).and(HIGHEST));
                bits = bits.lanewise(LSHR, 4);
                ShortVector n0 = even.and(SIX).reinterpretAsShorts();
                IntVector a0 = IntVector.broadcast(INTS, pairs[pair]);
                s0 = s0.add(n0.mul(a0.reinterpretAsShorts()));
                ShortVector n1 = odd.and(SIX).reinterpretAsShorts();
                IntVector a1 = IntVector.broadcast(INTS, pairs[pair + 1]);
                s0 = s0.add(n1.mul(a1.reinterpretAsShorts()));
                ShortVector n2 = even.lanewise(LSHR, 8).and(SIX).reinterpretAsShorts();
                IntVector a2 = IntVector.broadcast(INTS, pairs[pair + 2]);
                s0 = s0.add(n2.mul(a2.reinterpretAsShorts()));
                ShortVector n3 = odd.lanewise(LSHR, 8).and(SIX).reinterpretAsShorts();
                IntVector a3 = IntVector.broadcast(INTS, pairs[pair + 3]);
                s0 = s0.add(n3.mul(a3.reinterpretAsShorts()));
                pair += 4;
            }
            s0.reinterpretAsInts().intoArray(halves, i * COUNT);
        }
        scale(chunk, 1);
    }

    @Override
    public void four(Chunk chunk) {
        MemorySegment data = chunk.data;
        int[] pairs = chunk.activations.pairs;
        int[] eights = chunk.activations.eights;
        int[] halves = chunk.halves;
        int pair = chunk.firstPair();
        int next = chunk.vectorBlocks * Activations.PAIRS;
        for (int i = 0; i < 2 * chunk.count; i++) {
            long lines = chunk.start + layout.line(chunk.first + (i >> 1));
            long line = lines + (2 + (i & 1) * 2) * LINE;
            IntVector bits =
                    IntVector.fromMemorySegment(INTS, data, lines + (i & 1) * LINE, ORDER);
            ShortVector s0 = offset(eights[pair / 8]);
            ShortVector s1 = offset(eights[pair / 8 + next / 8]);
            ShortVector s2 = offset(eights[pair / 8 + 2 * next / 8]);
            ShortVector s3 = offset(eights[pair / 8 + 3 * next / 8]);
            for (int v = 0; v < 2; v++, line += LINE) {
                IntVector q = IntVector.fromMemorySegment(INTS, data, line, ORDER);
                IntVector even = q.and(BYTES).or(bits.lanewise(LSHL, 4).and(HIGHEST));
                IntVector odd =
                        q.lanewise(LSHR, 4).and(BYTES).or(bits.lanewise(LSHL, 2).and(HIGHEST));
                bits = bits.lanewise(LSHR, 4);
                ShortVector n0 = even.and(SIX).reinterpretAsShorts();
                IntVector a0 = IntVector.broadcast(INTS, pairs[pair]);
                s0 = s0.add(n0.mul(a0.reinterpretAsShorts()));
                IntVector b0 = IntVector.broadcast(INTS, pairs[pair + next]);
                s1 = s1.add(n0.mul(b0.reinterpretAsShorts()));
                IntVector c0 = IntVector.broadcast(INTS, pairs[pair + 2 * next]);
                s2 = s2.add(n0.mul(c0.reinterpretAsShorts()));
                IntVector d0 = IntVector.broadcast(INTS, pairs[pair + 3 * next]);
                s3 = s3.add(n0.mul(d0.reinterpretAsShorts()));
                ShortVector n1 = odd.and(SIX).reinterpretAsShorts();
                IntVector a1 = IntVector.broadcast(INTS, pairs[pair + 1]);
                s0 = s0.add(n1.mul(a1.reinterpretAsShorts()));
                IntVector b1 = IntVector.broadcast(INTS, pairs[pair + 1 + next]);
                s1 = s1.add(n1.mul(b1.reinterpretAsShorts()));
                IntVector c1 = IntVector.broadcast(INTS, pairs[pair + 1 + 2 * next]);
                s2 = s2.add(n1.mul(c1.reinterpretAsShorts()));
                IntVector d1 = IntVector.broadcast(INTS, pairs[pair + 1 + 3 * next]);
                s3 = s3.add(n1.mul(d1.reinterpretAsShorts()));
                ShortVector n2 = even.lanewise(LSHR, 8).and(SIX).reinterpretAsShorts();
                IntVector a2 = IntVector.broadcast(INTS, pairs[pair + 2]);
                s0 = s0.add(n2.mul(a2.reinterpretAsShorts()));
                IntVector b2 = IntVector.broadcast(INTS, pairs[pair + 2 + next]);
                s1 = s1.add(n2.mul(b2.reinterpretAsShorts()));
                IntVector c2 = IntVector.broadcast(INTS, pairs[pair + 2 + 2 * next]);
                s2 = s2.add(n2.mul(c2.reinterpretAsShorts()));
                IntVector d2 = IntVector.broadcast(INTS, pairs[pair + 2 + 3 * next]);
                s3 = s3.add(n2.mul(d2.reinterpretAsShorts()));
                ShortVector n3 = odd.lanewise(LSHR, 8).and(SIX).reinterpretAsShorts();
                IntVector a3 = IntVector.broadcast(INTS, pairs[pair + 3]);
                s0 = s0.add(n3.mul(a3.reinterpretAsShorts()));
                IntVector b3 = IntVector.broadcast(INTS, pairs[pair + 3 + next]);
                s1 = s1.add(n3.mul(b3.reinterpretAsShorts()));
                IntVector c3 = IntVector.broadcast(INTS, pairs[pair + 3 + 2 * next]);
                s2 = s2.add(n3.mul(c3.reinterpretAsShorts()));
                IntVector d3 = IntVector.broadcast(INTS, pairs[pair + 3 + 3 * next]);
                s3 = s3.add(n3.mul(d3.reinterpretAsShorts()));
                pair += 4;
            }
            s0.reinterpretAsInts().intoArray(halves, i * COUNT);
            s1.reinterpretAsInts().intoArray(halves, (2 * Chunk.BLOCKS + i) * COUNT);
            s2.reinterpretAsInts().intoArray(halves, (4 * Chunk.BLOCKS + i) * COUNT);
            s3.reinterpretAsInts().intoArray(halves, (6 * Chunk.BLOCKS + i) * COUNT);
        }
        scale(chunk, Chunk.TOKENS);
    }

    /// What makes good that numbers are 32 too large; shorts may run over on the way.
    private static ShortVector offset(int eight) {
        return IntVector.broadcast(INTS, eight).reinterpretAsShorts().mul(OFFSET);
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
