package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.LINE;

import jdk.incubator.vector.FloatVector;

/// A scale for every block, and after it the least number, which is added to all; numbers are less
/// an offset already.
final class LeastScales implements Step {
    private final Layout layout;
    private final float offset;

    LeastScales(Layout layout, float offset) {
        this.layout = layout;
        this.offset = offset;
    }

    @Override
    public void one(Chunk chunk) {
        add(chunk, 0, chunk.vector + chunk.first);
    }

    @Override
    public void four(Chunk chunk) {
        int block = chunk.vector + chunk.first;
        for (int t = 0; t < Chunk.TOKENS; t++, block += chunk.vectorBlocks) {
            add(chunk, t, block);
        }
    }

    private void add(Chunk chunk, int token, int firstBlock) {
        float[] scales = chunk.activations.scales;
        float[] totals = chunk.activations.sums;
        FloatVector y = FloatVector.fromArray(FLOATS, chunk.y, token * COUNT);
        for (int i = 0, block = firstBlock; i < chunk.count; i++, block++) {
            long part = chunk.start + layout.part(chunk.first + i);
            FloatVector weight = Scales.halves(chunk.data, part);
            FloatVector least = Scales.halves(chunk.data, part + LINE / 2);
            FloatVector total = Scales.all(totals[block]);
            y =
                    Scales.sum(chunk.sums, token * Chunk.BLOCKS + i)
                            .fma(Scales.all(scales[block]), Scales.all(offset * totals[block]))
                            .fma(weight, least.fma(total, y));
        }
        y.intoArray(chunk.y, token * COUNT);
    }
}
