package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/// A scale for every block or super block; all numbers are less the same offset.
final class PlainScales implements Step {
    private final Layout layout;
    private final float offset;

    PlainScales(Layout layout, float offset) {
        this.layout = layout;
        this.offset = offset;
    }

    @Override
    public void one(Chunk chunk) {
        float[] scales = chunk.activations.scales;
        float[] totals = chunk.activations.sums;
        int block = chunk.vector + chunk.first;
        FloatVector y = FloatVector.fromArray(FLOATS, chunk.y, 0);
        for (int i = 0; i < chunk.count; i++, block++) {
            FloatVector weight =
                    Scales.halves(chunk.data, chunk.start + layout.scale(chunk.first + i));
            y = centred(chunk.sums, i, scales[block], totals[block]).fma(weight, y);
        }
        y.intoArray(chunk.y, 0);
    }

    @Override
    public void four(Chunk chunk) {
        float[] scales = chunk.activations.scales;
        float[] totals = chunk.activations.sums;
        int[] sums = chunk.sums;
        int a = chunk.vector + chunk.first;
        int b = a + chunk.vectorBlocks;
        int c = b + chunk.vectorBlocks;
        int d = c + chunk.vectorBlocks;
        FloatVector y0 = FloatVector.fromArray(FLOATS, chunk.y, 0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, chunk.y, COUNT);
        FloatVector y2 = FloatVector.fromArray(FLOATS, chunk.y, 2 * COUNT);
        FloatVector y3 = FloatVector.fromArray(FLOATS, chunk.y, 3 * COUNT);
        for (int i = 0; i < chunk.count; i++) {
            FloatVector weight =
                    Scales.halves(chunk.data, chunk.start + layout.scale(chunk.first + i));
            y0 = centred(sums, i, scales[a + i], totals[a + i]).fma(weight, y0);
            y1 = centred(sums, Chunk.BLOCKS + i, scales[b + i], totals[b + i]).fma(weight, y1);
            y2 = centred(sums, 2 * Chunk.BLOCKS + i, scales[c + i], totals[c + i]).fma(weight, y2);
            y3 = centred(sums, 3 * Chunk.BLOCKS + i, scales[d + i], totals[d + i]).fma(weight, y3);
        }
        y0.intoArray(chunk.y, 0);
        y1.intoArray(chunk.y, COUNT);
        y2.intoArray(chunk.y, 2 * COUNT);
        y3.intoArray(chunk.y, 3 * COUNT);
    }

    private FloatVector centred(int[] sums, int place, float scale, float total) {
        return Scales.sum(sums, place).fma(Scales.all(scale), Scales.all(-offset * total));
    }
}
