package dev.tierwise.engine.math;

/// A matrix whose rows are read where the file stores them, and whose products are a kernel's.
final class StoredMatrix implements Matrix {
    private final Blocks blocks;
    private final int rows;
    private final int columns;
    private final Kernel kernel;

    StoredMatrix(Blocks blocks, int rows, int columns, Kernel kernel) {
        this.blocks = blocks;
        this.rows = rows;
        this.columns = columns;
        this.kernel = kernel;
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
        return kernel.bytes() == 0 ? blocks.bytes(columns) * rows : kernel.bytes();
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
