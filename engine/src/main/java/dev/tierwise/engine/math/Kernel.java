package dev.tierwise.engine.math;

/// How the rows of a matrix are multiplied. One instance serves many threads.
interface Kernel {
    /// Bytes outside the heap that it keeps beside the stored ones.
    long bytes();

    /// Done once for every product, before its parts.
    void prepare(Product product);

    /// Multiplies rows `from` … `to` − 1.
    void rows(Product product, int from, int to);
}
