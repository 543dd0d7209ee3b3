package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// Whether products use vectors: chosen once, when the first matrix is made.
final class Kernels {
    /// The system property that turns vectors off with `off`.
    static final String PROPERTY = "tierwise.engine.vector";

    static final boolean VECTORS =
            !"off".equals(System.getProperty(PROPERTY))
                    && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                    && Lanes.usable();

    private Kernels() {}

    /// The best kernel for these weights.
    static Kernel of(TensorType type, MemorySegment data, int rows, int columns) {
        return VECTORS ? vectors(type, data, rows, columns) : plain(type, data, rows, columns);
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
