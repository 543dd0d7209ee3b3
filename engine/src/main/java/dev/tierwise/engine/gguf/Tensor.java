package dev.tierwise.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// One tensor of a file. Its numbers stay in the file's map.
///
/// @param name its name, such as `blk.0.attn_q.weight`
/// @param type how its numbers are stored
/// @param shape its sizes, the fastest running first: columns, rows, …
/// @param data its bytes, read-only
public record Tensor(String name, TensorType type, List<Long> shape, MemorySegment data) {
    public Tensor {
        shape = List.copyOf(shape);
    }

    /// Numbers in a row.
    public int columns() {
        return Math.toIntExact(shape.getFirst());
    }

    /// Rows, all further dimensions taken together.
    public int rows() {
        long rows = 1;
        for (int i = 1; i < shape.size(); i++) {
            rows *= shape.get(i);
        }
        return Math.toIntExact(rows);
    }
}
