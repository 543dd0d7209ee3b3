package dev.tierwise.engine.math;

/// A step of a product, for the blocks of a chunk.
interface Step {
    /// With one vector.
    void one(Chunk chunk);

    /// With four vectors.
    void four(Chunk chunk);
}
