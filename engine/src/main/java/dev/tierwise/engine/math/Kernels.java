package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// Whether products use vectors: chosen once, when the first matrix is made.
final class Kernels {
    /// The system property that turns vectors off with `off`, and on for the smallest models with
    /// `on`.
    static final String PROPERTY = "tierwise.engine.vector";

    private static final String WISH = System.getProperty(PROPERTY, "auto");

    /// Models of less are done with before the compiler has made vectors fast: interpreted, they
    /// are far slower than plain loops.
    private static final long SMALL = 16L << 20;

    private static final boolean VECTORS =
            !WISH.equals("off")
                    && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                    && Lanes.usable();

    private Kernels() {}

    /// Whether a model of so many bytes uses vectors.
    static boolean wide(long bytes) {
        return VECTORS && (bytes >= SMALL || WISH.equals("on"));
    }

    static Kernel vectors(TensorType type, MemorySegment data, int rows, int columns) {
        return type.blockElements() == 1
                ? new FloatKernel(type, data, rows, columns)
                : new PackedKernel(type, data, rows, columns);
    }

    static Kernel plain(TensorType type, MemorySegment data, int rows, int columns) {
        return new PlainKernel(new Blocks(type, data), rows, columns);
    }
}
