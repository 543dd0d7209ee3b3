package dev.tierwise.engine.math;

/// Multiplies the whole numbers of a chunk's blocks, and puts the sums into the chunk.
interface Sums {
    /// With one vector.
    void one(Chunk chunk);

    /// With four vectors.
    void four(Chunk chunk);
}
