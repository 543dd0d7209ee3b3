package dev.tierwise.engine.math;

/// Plain loops: each row is decoded once, then used for the whole batch.
final class PlainKernel implements Kernel {
    private final Blocks blocks;
    private final int rows;
    private final int columns;

    PlainKernel(Blocks blocks, int rows, int columns) {
        this.blocks = blocks;
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
        float[] row = Scratch.ofThisThread(columns);
        for (int r = from; r < to; r++) {
            blocks.decode(r * blocks.bytes(columns), columns, row, 0);
            for (int b = 0; b < product.batch; b++) {
                product.y[b * rows + r] = dot(row, product.x, b * columns);
            }
        }
    }

    /// Four sums side by side, which is more accurate than one and waits less.
    private float dot(float[] row, float[] x, int offset) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 4 <= columns; i += 4) {
            a += row[i] * x[offset + i];
            b += row[i + 1] * x[offset + i + 1];
            c += row[i + 2] * x[offset + i + 2];
            d += row[i + 3] * x[offset + i + 3];
        }
        for (; i < columns; i++) {
            a += row[i] * x[offset + i];
        }
        return a + b + (c + d);
    }
}
