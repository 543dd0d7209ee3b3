package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Products of packed weights with whole numbers. A token's results are the same bits in a batch of
/// any size.
final class PackedKernel implements Kernel {
    private final MemorySegment data;
    private final Layout layout;
    private final int rows;
    private final int columns;
    private final Step[] steps;

    PackedKernel(TensorType type, MemorySegment data, int rows, int columns) {
        this.layout = Layout.of(type);
        this.data = Packing.pack(type, data, rows, columns);
        this.rows = rows;
        this.columns = columns;
        this.steps =
                switch (type) {
                    case Q4_0 -> steps(new NibbleSums(layout), new PlainScales(layout, 8));
                    case Q8_0 -> steps(new ByteSums(layout), new PlainScales(layout, 0));
                    case Q4_K -> steps(new NibbleSums(layout), new PartScales(layout, 0));
                    case Q5_K -> steps(new FiveBitSums(layout), new PartScales(layout, 16));
                    case Q6_K -> steps(new SixBitSums(layout), new PlainScales(layout, 0));
                    case F32, F16, BF16 -> throw new IllegalArgumentException(type.toString());
                };
    }

    private static Step[] steps(Step... steps) {
        return steps;
    }

    @Override
    public long bytes() {
        return data.byteSize();
    }

    @Override
    public void prepare(Product product) {
        product.activations().set(product.x, product.batch * columns);
    }

    @Override
    public void rows(Product product, int from, int to) {
        Chunk chunk = Chunk.ofThisThread();
        chunk.data = data;
        chunk.activations = product.activations();
        chunk.vectorBlocks = columns / Activations.BLOCK;
        for (int row = from; row < to; row += Lanes.COUNT) {
            chunk.start = row / Lanes.COUNT * layout.bytes(chunk.vectorBlocks);
            int count = Math.min(Lanes.COUNT, rows - row);
            for (int token = 0, tokens; token < product.batch; token += tokens) {
                tokens = product.batch - token < Chunk.TOKENS ? 1 : Chunk.TOKENS;
                group(chunk, token, tokens);
                for (int t = 0; t < tokens; t++) {
                    int target = (token + t) * rows + row;
                    System.arraycopy(chunk.y, t * Lanes.COUNT, product.y, target, count);
                }
            }
        }
        chunk.data = MemorySegment.NULL;
    }

    /// Multiplies a group of rows with one vector or four.
    private void group(Chunk chunk, int token, int tokens) {
        Arrays.fill(chunk.y, 0);
        chunk.vector = token * chunk.vectorBlocks;
        for (int block = 0; block < chunk.vectorBlocks; block += Chunk.BLOCKS) {
            chunk.first = block;
            chunk.count = Math.min(Chunk.BLOCKS, chunk.vectorBlocks - block);
            // One place to call all steps from, so that the compiler leaves them apart: together
            // they are more than it inlines, and vectors would become objects.
            for (Step step : steps) {
                if (tokens == 1) {
                    step.one(chunk);
                } else {
                    step.four(chunk);
                }
            }
        }
    }
}
