package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// Products of packed weights with whole numbers. A token's results are the same bits in a batch of
/// any size.
final class PackedKernel implements Kernel {
    private final MemorySegment data;
    private final long groupBytes;
    private final int rows;
    private final int columns;
    private final Group group;

    PackedKernel(TensorType type, MemorySegment data, int rows, int columns) {
        this.data = Packing.pack(type, data, rows, columns);
        this.groupBytes = Packing.groupBytes(type, columns);
        this.rows = rows;
        this.columns = columns;
        this.group = group(type);
    }

    private static Group group(TensorType type) {
        return switch (type) {
            case Q4_0 -> new PackedQ4();
            case Q8_0, Q4_K, Q5_K, Q6_K, F32, F16, BF16 ->
                    throw new IllegalArgumentException(type + " is not packed.");
        };
    }

    @Override
    public void prepare(Product product) {
        product.activations().set(product.x, product.batch * columns);
    }

    @Override
    public void rows(Product product, int from, int to) {
        Step step = Step.ofThisThread();
        step.data = data;
        step.activations = product.activations();
        step.blocks = columns / Activations.BLOCK;
        for (int row = from; row < to; row += Lanes.COUNT) {
            step.start = row / Lanes.COUNT * groupBytes;
            int count = Math.min(Lanes.COUNT, rows - row);
            int token = 0;
            for (; token + 4 <= product.batch; token += 4) {
                step.firstBlock = token * step.blocks;
                group.four(step);
                for (int t = 0; t < 4; t++) {
                    int target = (token + t) * rows + row;
                    System.arraycopy(step.y, t * Lanes.COUNT, product.y, target, count);
                }
            }
            for (; token < product.batch; token++) {
                step.firstBlock = token * step.blocks;
                group.one(step);
                System.arraycopy(step.y, 0, product.y, token * rows + row, count);
            }
        }
        step.data = MemorySegment.NULL;
    }

    /// Multiplies a group of rows, one for each lane.
    interface Group {
        /// With one vector.
        void one(Step step);

        /// With four vectors that follow each other.
        void four(Step step);
    }

    /// What a group is multiplied with, and where results go: one for each thread.
    static final class Step {
        private static final ThreadLocal<Step> OF_THREAD = ThreadLocal.withInitial(Step::new);

        MemorySegment data = MemorySegment.NULL;

        /// The byte at which the group begins.
        long start;

        Activations activations = new Activations();

        /// The first block of the first vector.
        int firstBlock;

        /// Blocks to a vector.
        int blocks;

        /// A number for every row, four times.
        final float[] y = new float[4 * Lanes.COUNT];

        static Step ofThisThread() {
            return OF_THREAD.get();
        }
    }
}
