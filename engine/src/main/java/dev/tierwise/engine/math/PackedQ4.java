package dev.tierwise.engine.math;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/// Products of packed `Q4_0` weights: a line of scales, half as long as others, then four lines of
/// halves of bytes.
final class PackedQ4 implements PackedKernel.Group {
    private static final int HALVES = 0x000F000F;

    @Override
    public void one(PackedKernel.Step step) {
        MemorySegment data = step.data;
        int[] pairs = step.activations.pairs;
        float[] scales = step.activations.scales;
        float[] sums = step.activations.sums;
        FloatVector y = FloatVector.zero(Lanes.FLOATS);
        int block = step.firstBlock;
        int end = block + step.blocks;
        int pair = block * Activations.PAIRS;
        for (long at = step.start; block < end; block++, at += Packing.Q4_0) {
            ShortVector sum = ShortVector.zero(Lanes.SHORTS);
            long line = at + Lanes.LINE / 2;
            for (int v = 0; v < 4; v++, line += Lanes.LINE, pair += 4) {
                IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, line, Lanes.ORDER);
                ShortVector a = q.and(HALVES).reinterpretAsShorts();
                ShortVector b =
                        q.lanewise(VectorOperators.LSHR, 4).and(HALVES).reinterpretAsShorts();
                ShortVector c =
                        q.lanewise(VectorOperators.LSHR, 8).and(HALVES).reinterpretAsShorts();
                ShortVector d =
                        q.lanewise(VectorOperators.LSHR, 12).and(HALVES).reinterpretAsShorts();
                IntVector xa = IntVector.broadcast(Lanes.INTS, pairs[pair]);
                IntVector xb = IntVector.broadcast(Lanes.INTS, pairs[pair + 1]);
                IntVector xc = IntVector.broadcast(Lanes.INTS, pairs[pair + 2]);
                IntVector xd = IntVector.broadcast(Lanes.INTS, pairs[pair + 3]);
                ShortVector ab =
                        a.mul(xa.reinterpretAsShorts()).add(b.mul(xb.reinterpretAsShorts()));
                ShortVector cd =
                        c.mul(xc.reinterpretAsShorts()).add(d.mul(xd.reinterpretAsShorts()));
                sum = sum.add(ab.add(cd));
            }
            IntVector both = sum.reinterpretAsInts();
            FloatVector product =
                    (FloatVector)
                            both.lanewise(VectorOperators.LSHL, 16)
                                    .lanewise(VectorOperators.ASHR, 16)
                                    .add(both.lanewise(VectorOperators.ASHR, 16))
                                    .convertShape(VectorOperators.I2F, Lanes.FLOATS, 0);
            FloatVector weight =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    Lanes.ROW_SHORTS, data, at, Lanes.ORDER)
                                            .convertShape(VectorOperators.S2I, Lanes.INTS, 0))
                            .lanewise(VectorOperators.LSHL, 13)
                            .and(Lanes.HALF_BITS)
                            .reinterpretAsFloats()
                            .mul(Lanes.HALF_BIAS);
            FloatVector centred =
                    product.fma(
                            FloatVector.broadcast(Lanes.FLOATS, scales[block]),
                            FloatVector.broadcast(Lanes.FLOATS, -8 * sums[block]));
            y = centred.fma(weight, y);
        }
        y.intoArray(step.y, 0);
    }

    @Override
    public void four(PackedKernel.Step step) {
        MemorySegment data = step.data;
        int[] pairs = step.activations.pairs;
        float[] scales = step.activations.scales;
        float[] sums = step.activations.sums;
        int blocks = step.blocks;
        FloatVector y0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector y1 = y0;
        FloatVector y2 = y0;
        FloatVector y3 = y0;
        int block = step.firstBlock;
        int end = block + blocks;
        int next = blocks * Activations.PAIRS;
        int pair = block * Activations.PAIRS;
        for (long at = step.start; block < end; block++, at += Packing.Q4_0) {
            ShortVector s0 = ShortVector.zero(Lanes.SHORTS);
            ShortVector s1 = s0;
            ShortVector s2 = s0;
            ShortVector s3 = s0;
            long line = at + Lanes.LINE / 2;
            for (int v = 0; v < 4; v++, line += Lanes.LINE) {
                IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, line, Lanes.ORDER);
                for (int k = 0; k < 4; k++, pair++) {
                    ShortVector n = q.and(HALVES).reinterpretAsShorts();
                    q = q.lanewise(VectorOperators.LSHR, 4);
                    IntVector x0 = IntVector.broadcast(Lanes.INTS, pairs[pair]);
                    IntVector x1 = IntVector.broadcast(Lanes.INTS, pairs[pair + next]);
                    IntVector x2 = IntVector.broadcast(Lanes.INTS, pairs[pair + 2 * next]);
                    IntVector x3 = IntVector.broadcast(Lanes.INTS, pairs[pair + 3 * next]);
                    s0 = s0.add(n.mul(x0.reinterpretAsShorts()));
                    s1 = s1.add(n.mul(x1.reinterpretAsShorts()));
                    s2 = s2.add(n.mul(x2.reinterpretAsShorts()));
                    s3 = s3.add(n.mul(x3.reinterpretAsShorts()));
                }
            }
            FloatVector weight = weight(data, at);
            y0 = centred(s0, scales[block], -8 * sums[block]).fma(weight, y0);
            y1 = centred(s1, scales[block + blocks], -8 * sums[block + blocks]).fma(weight, y1);
            y2 =
                    centred(s2, scales[block + 2 * blocks], -8 * sums[block + 2 * blocks])
                            .fma(weight, y2);
            y3 =
                    centred(s3, scales[block + 3 * blocks], -8 * sums[block + 3 * blocks])
                            .fma(weight, y3);
        }
        y0.intoArray(step.y, 0);
        y1.intoArray(step.y, Lanes.COUNT);
        y2.intoArray(step.y, 2 * Lanes.COUNT);
        y3.intoArray(step.y, 3 * Lanes.COUNT);
    }

    private static FloatVector weight(MemorySegment data, long at) {
        return ((IntVector)
                        ShortVector.fromMemorySegment(Lanes.ROW_SHORTS, data, at, Lanes.ORDER)
                                .convertShape(VectorOperators.S2I, Lanes.INTS, 0))
                .lanewise(VectorOperators.LSHL, 13)
                .and(Lanes.HALF_BITS)
                .reinterpretAsFloats()
                .mul(Lanes.HALF_BIAS);
    }

    private static FloatVector centred(ShortVector sum, float scale, float offset) {
        IntVector both = sum.reinterpretAsInts();
        return ((FloatVector)
                        both.lanewise(VectorOperators.LSHL, 16)
                                .lanewise(VectorOperators.ASHR, 16)
                                .add(both.lanewise(VectorOperators.ASHR, 16))
                                .convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
                .fma(
                        FloatVector.broadcast(Lanes.FLOATS, scale),
                        FloatVector.broadcast(Lanes.FLOATS, offset));
    }
}
