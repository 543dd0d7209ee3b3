package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.LINE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// A scale of scales and one of minima for every super block, and for every block a byte of each;
/// numbers are less an offset already.
final class PartScales implements Step {
    private final Layout layout;
    private final float offset;

    PartScales(Layout layout, float offset) {
        this.layout = layout;
        this.offset = offset;
    }

    @Override
    public void one(Chunk chunk) {
        MemorySegment data = chunk.data;
        float[] scales = chunk.activations.scales;
        float[] totals = chunk.activations.sums;
        int block = chunk.vector + chunk.first;
        FloatVector y = FloatVector.fromArray(FLOATS, chunk.y, 0);
        for (int i = 0; i < chunk.count; i++, block++) {
            long shared = chunk.start + layout.superBlock(chunk.first + i);
            long part = chunk.start + layout.part(chunk.first + i);
            FloatVector weight = Scales.halves(data, shared).mul(Scales.bytes(data, part));
            FloatVector minimum =
                    Scales.halves(data, shared + LINE / 2).mul(Scales.bytes(data, part + COUNT));
            FloatVector sum = Scales.sum(chunk.sums, i).mul(scales[block]);
            FloatVector total = Scales.all(totals[block]);
            y = y.add(sum.add(total.mul(offset)).mul(weight).sub(minimum.mul(total)));
        }
        y.intoArray(chunk.y, 0);
    }

    @Override
    public void four(Chunk chunk) {
        MemorySegment data = chunk.data;
        for (int i = 0; i < chunk.count; i++) {
            long shared = chunk.start + layout.superBlock(chunk.first + i);
            long part = chunk.start + layout.part(chunk.first + i);
            FloatVector weight = Scales.halves(data, shared).mul(Scales.bytes(data, part));
            FloatVector minimum =
                    Scales.halves(data, shared + LINE / 2).mul(Scales.bytes(data, part + COUNT));
            int block = chunk.vector + chunk.first + i;
            for (int t = 0; t < Chunk.TOKENS; t++, block += chunk.vectorBlocks) {
                FloatVector y = FloatVector.fromArray(FLOATS, chunk.y, t * COUNT);
                FloatVector sum =
                        Scales.sum(chunk.sums, t * Chunk.BLOCKS + i)
                                .mul(chunk.activations.scales[block]);
                FloatVector total = Scales.all(chunk.activations.sums[block]);
                y.add(sum.add(total.mul(offset)).mul(weight).sub(minimum.mul(total)))
                        .intoArray(chunk.y, t * COUNT);
            }
        }
    }
}
