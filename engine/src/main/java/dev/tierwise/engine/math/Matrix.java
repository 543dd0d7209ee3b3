package dev.tierwise.engine.math;

/// A matrix of weights, row after row, in whatever form its numbers are stored. Never changes; may
/// be used by many threads at once. Its bytes lie outside the heap.
public interface Matrix {
    /// Outputs.
    int rows();

    /// Inputs.
    int columns();

    /// Multiplies `batch` vectors: `y[b · rows + r] = Σ x[b · columns + c] · w[r][c]`. Allocates
    /// nothing.
    ///
    /// @param x the vectors one after the other, from index 0
    /// @param batch how many there are, at least 1
    /// @param y where the products go, from index 0
    /// @param workers share the rows between them
    void multiply(float[] x, int batch, float[] y, Workers workers);

    /// Writes one row as numbers to `out`, from index `offset`; an embedding is looked up so.
    void row(int row, float[] out, int offset);

    /// Bytes outside the heap that products read.
    long bytes();
}
