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
        FloatVector less = FloatVector.zero(FLOATS);
        for (int i = 0; i < chunk.count; ) {
            long shared = chunk.start + layout.superBlock(chunk.first + i);
            FloatVector weights = Scales.halves(data, shared);
            FloatVector minima = Scales.halves(data, shared + LINE / 2);
            long part = shared + layout.shared();
            for (int end = i + 8; i < end; i++, block++, part += layout.part()) {
                FloatVector weight = weights.mul(Scales.bytes(data, part));
                FloatVector minimum = minima.mul(Scales.bytes(data, part + COUNT));
                float total = totals[block];
                y = sum(chunk.sums, i, scales[block], total).fma(weight, y);
                less = minimum.fma(Scales.all(total), less);
            }
        }
        y.sub(less).intoArray(chunk.y, 0);
    }

    @Override
    public void four(Chunk chunk) {
        for (int i = 0; i < chunk.count; i++) {
            weights(chunk, i);
        }
        int block = chunk.vector + chunk.first;
        for (int t = 0; t < Chunk.TOKENS; t++, block += chunk.vectorBlocks) {
            add(chunk, t, block);
        }
    }

    private void weights(Chunk chunk, int block) {
        long shared = chunk.start + layout.superBlock(chunk.first + block);
        long part = chunk.start + layout.part(chunk.first + block);
        Scales.halves(chunk.data, shared)
                .mul(Scales.bytes(chunk.data, part))
                .intoArray(chunk.weights, block * COUNT);
        Scales.halves(chunk.data, shared + LINE / 2)
                .mul(Scales.bytes(chunk.data, part + COUNT))
                .intoArray(chunk.minima, block * COUNT);
    }

    private void add(Chunk chunk, int token, int firstBlock) {
        float[] scales = chunk.activations.scales;
        float[] totals = chunk.activations.sums;
        FloatVector y = FloatVector.fromArray(FLOATS, chunk.y, token * COUNT);
        FloatVector less = FloatVector.zero(FLOATS);
        for (int i = 0, block = firstBlock; i < chunk.count; i++, block++) {
            FloatVector weight = FloatVector.fromArray(FLOATS, chunk.weights, i * COUNT);
            FloatVector minimum = FloatVector.fromArray(FLOATS, chunk.minima, i * COUNT);
            float total = totals[block];
            y = sum(chunk.sums, token * Chunk.BLOCKS + i, scales[block], total).fma(weight, y);
            less = minimum.fma(Scales.all(total), less);
        }
        y.sub(less).intoArray(chunk.y, token * COUNT);
    }

    private FloatVector sum(int[] sums, int place, float scale, float total) {
        return Scales.sum(sums, place).fma(Scales.all(scale), Scales.all(offset * total));
    }
}
