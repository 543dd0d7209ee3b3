package dev.tierwise.engine.math;

import static java.util.Objects.requireNonNull;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One product under way. Every thread that starts products keeps one, so that a product allocates
/// nothing; other threads only read it, while [Workers#run] lasts.
final class Product implements IntConsumer {
    /// A part takes whole groups of this many rows.
    static final int GROUP = 16;

    /// Parts for each thread, so that one that is held up leaves its share to the others.
    private static final int PARTS_PER_THREAD = 4;

    private static final float[] NONE = {};

    private static final ThreadLocal<Product> OF_THREAD = ThreadLocal.withInitial(Product::new);

    /// The vectors one after the other.
    float[] x = NONE;

    /// How many vectors.
    int batch;

    /// Where the products go.
    float[] y = NONE;

    private @Nullable Kernel kernel;
    private @Nullable Activations activations;
    private int rows;
    private int rowsPerPart;

    private Product() {}

    static Product ofThisThread() {
        return OF_THREAD.get();
    }

    /// What a kernel of whole numbers makes of the vectors.
    Activations activations() {
        if (activations == null) {
            activations = new Activations();
        }
        return activations;
    }

    void set(float[] x, int batch, float[] y) {
        this.x = x;
        this.batch = batch;
        this.y = y;
    }

    void run(Kernel kernel, int rows, Workers workers) {
        this.kernel = kernel;
        this.rows = rows;
        int threads = workers.size();
        int parts = threads == 1 ? 1 : threads * PARTS_PER_THREAD;
        int groups = (rows + GROUP - 1) / GROUP;
        rowsPerPart = (groups + parts - 1) / parts * GROUP;
        kernel.prepare(this);
        workers.run((rows + rowsPerPart - 1) / rowsPerPart, this);
        this.kernel = null;
        set(NONE, 0, NONE);
    }

    @Override
    public void accept(int part) {
        int from = part * rowsPerPart;
        requireNonNull(kernel).rows(this, from, Math.min(rows, from + rowsPerPart));
    }
}
