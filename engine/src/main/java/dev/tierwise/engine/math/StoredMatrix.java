package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// A matrix that stays as the file stores it; only products decode it.
final class StoredMatrix implements Matrix {
    private final MemorySegment data;
    private final Blocks blocks;
    private final int rows;
    private final int columns;
    private final Kernel kernel;

    StoredMatrix(TensorType type, MemorySegment data, int rows, int columns) {
        this.data = data;
        this.blocks = new Blocks(type, data);
        this.rows = rows;
        this.columns = columns;
        this.kernel =
                Boolean.getBoolean("plain") || type != TensorType.Q4_0
                        ? new PlainKernel(blocks, rows, columns)
                        : new PackedKernel(type, data, rows, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long bytes() {
        return data.byteSize();
    }

    @Override
    public void row(int row, float[] out, int offset) {
        blocks.decode(row * blocks.bytes(columns), columns, out, offset);
    }

    @Override
    public void multiply(float[] x, int batch, float[] y, Workers workers) {
        Product product = Product.ofThisThread();
        product.set(x, batch, y);
        product.run(kernel, rows, workers);
    }
}
