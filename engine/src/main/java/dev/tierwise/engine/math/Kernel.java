package dev.tierwise.engine.math;

/// How the rows of a matrix are multiplied. One instance serves many threads.
interface Kernel {
    /// Bytes outside the heap that it has made of the stored ones, which are then hardly touched; 0
    /// when it reads those.
    long bytes();

    /// Done once for every product, before its parts.
    void prepare(Product product);

    /// Multiplies rows `from` … `to` − 1.
    void rows(Product product, int from, int to);
}
