package dev.tierwise.engine.math;

import static dev.tierwise.engine.math.Lanes.COUNT;
import static dev.tierwise.engine.math.Lanes.FLOATS;
import static dev.tierwise.engine.math.Lanes.ORDER;
import static dev.tierwise.engine.math.Lanes.ROW_SHORTS;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Products of weights that are no blocks: four rows become numbers at a time, then meet all
/// vectors.
final class FloatKernel implements Kernel {
    private static final int TOGETHER = 4;

    private final TensorType type;
    private final MemorySegment data;
    private final int rows;
    private final int columns;

    FloatKernel(TensorType type, MemorySegment data, int rows, int columns) {
        this.type = type;
        this.data = data;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void prepare(Product product) {}

    @Override
    public void rows(Product product, int from, int to) {
        float[] weights = Scratch.ofThisThread(TOGETHER * columns);
        for (int row = from; row < to; row += TOGETHER) {
            int count = Math.min(TOGETHER, to - row);
            for (int r = 0; r < count; r++) {
                decode((row + r) * type.bytes(columns), weights, r * columns);
            }
            for (int b = 0; b < product.batch; b++) {
                int target = b * rows + row;
                if (count == TOGETHER) {
                    four(weights, product.x, b * columns, product.y, target);
                } else {
                    for (int r = 0; r < count; r++) {
                        product.y[target + r] = dot(weights, r * columns, product.x, b * columns);
                    }
                }
            }
        }
    }

    private void decode(long from, float[] out, int at) {
        switch (type) {
            case F32 ->
                    MemorySegment.copy(
                            data,
                            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER),
                            from,
                            out,
                            at,
                            columns);
            case F16 -> halves(from, out, at);
            case BF16 -> brains(from, out, at);
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K ->
                    throw new IllegalStateException(type.toString());
        }
    }

    private void halves(long from, float[] out, int at) {
        int i = 0;
        for (; i <= columns - COUNT; i += COUNT) {
            shorts(from + i * 2L)
                    .lanewise(LSHL, 13)
                    .and(Lanes.HALF_BITS)
                    .reinterpretAsFloats()
                    .mul(Lanes.HALF_BIAS)
                    .intoArray(out, at + i);
        }
        for (; i < columns; i++) {
            out[at + i] = Blocks.half(data, from + i * 2L);
        }
    }

    private void brains(long from, float[] out, int at) {
        int i = 0;
        for (; i <= columns - COUNT; i += COUNT) {
            shorts(from + i * 2L).lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, at + i);
        }
        for (; i < columns; i++) {
            out[at + i] = Blocks.brain(data, from + i * 2L);
        }
    }

    private IntVector shorts(long from) {
        return (IntVector)
                ShortVector.fromMemorySegment(ROW_SHORTS, data, from, ORDER)
                        .convertShape(S2I, Lanes.INTS, 0);
    }

    private void four(float[] weights, float[] x, int vector, float[] y, int target) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= columns - COUNT; i += COUNT) {
            FloatVector part = FloatVector.fromArray(FLOATS, x, vector + i);
            s0 = FloatVector.fromArray(FLOATS, weights, i).fma(part, s0);
            s1 = FloatVector.fromArray(FLOATS, weights, columns + i).fma(part, s1);
            s2 = FloatVector.fromArray(FLOATS, weights, 2 * columns + i).fma(part, s2);
            s3 = FloatVector.fromArray(FLOATS, weights, 3 * columns + i).fma(part, s3);
        }
        y[target] = LaneSum.of(s0) + rest(weights, 0, x, vector, i);
        y[target + 1] = LaneSum.of(s1) + rest(weights, columns, x, vector, i);
        y[target + 2] = LaneSum.of(s2) + rest(weights, 2 * columns, x, vector, i);
        y[target + 3] = LaneSum.of(s3) + rest(weights, 3 * columns, x, vector, i);
    }

    private float dot(float[] weights, int row, float[] x, int vector) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= columns - COUNT; i += COUNT) {
            FloatVector part = FloatVector.fromArray(FLOATS, x, vector + i);
            sum = FloatVector.fromArray(FLOATS, weights, row + i).fma(part, sum);
        }
        return LaneSum.of(sum) + rest(weights, row, x, vector, i);
    }

    private float rest(float[] weights, int row, float[] x, int vector, int from) {
        float sum = 0;
        for (int i = from; i < columns; i++) {
            sum += weights[row + i] * x[vector + i];
        }
        return sum;
    }
}
