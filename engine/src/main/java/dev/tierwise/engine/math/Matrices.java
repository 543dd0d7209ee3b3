package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// Makes matrices of stored weights.
public final class Matrices {
    private Matrices() {}

    /// A matrix over `data`, which is neither copied nor closed: it must stay open for as long as
    /// the matrix is used.
    ///
    /// @param type how the numbers are stored, little-endian
    /// @param data row after row, outside the heap; what follows the last row is left alone
    /// @param columns whole blocks of `type`
    /// @throws IllegalArgumentException when `data` is too short, or `columns` not whole blocks: a
    ///   reader of files checks both before
    public static Matrix of(TensorType type, MemorySegment data, int rows, int columns) {
        return of(type, data, rows, columns, wide(Long.MAX_VALUE));
    }

    /// The same, with vectors only where they are `wide`.
    public static Matrix of(
            TensorType type, MemorySegment data, int rows, int columns, boolean wide) {
        if (rows < 1 || columns < 1 || columns % type.blockElements() != 0) {
            throw new IllegalArgumentException(
                    "A matrix of %s cannot be %d x %d: columns come in blocks of %d."
                            .formatted(type, rows, columns, type.blockElements()));
        }
        long bytes = Math.multiplyExact(type.bytes(columns), (long) rows);
        if (data.byteSize() < bytes) {
            throw new IllegalArgumentException(
                    "A matrix of %s, %d x %d, takes %d bytes; only %d are there."
                            .formatted(type, rows, columns, bytes, data.byteSize()));
        }
        MemorySegment stored = data.asSlice(0, bytes);
        Kernel kernel =
                wide
                        ? Kernels.vectors(type, stored, rows, columns)
                        : Kernels.plain(type, stored, rows, columns);
        return new StoredMatrix(new Blocks(type, stored), rows, columns, kernel);
    }

    /// Whether a model of so many bytes uses this machine's vectors: the module
    /// `jdk.incubator.vector` is there, the model is not among the smallest, and
    /// `-Dtierwise.engine.vector` says neither `off` nor `on`, which decide it.
    public static boolean wide(long bytes) {
        return Kernels.wide(bytes);
    }
}
