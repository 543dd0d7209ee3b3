package dev.tierwise.engine.model;

import dev.tierwise.engine.math.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The weights of one block. A norm or bias that its family does not have is null.
///
/// @param query, key, value from the stream to heads; null where they are one matrix
/// @param fused queries, keys and values in one matrix
/// @param output from heads to the stream
/// @param gate, up into the feed-forward; null where they are one matrix
/// @param gateUp gate and up in one matrix
/// @param down out of the feed-forward
/// @param norms the norms
/// @param biases of queries, keys and values, in this order
record Layer(
        @Nullable Matrix query,
        @Nullable Matrix key,
        @Nullable Matrix value,
        @Nullable Matrix fused,
        Matrix output,
        @Nullable Matrix gate,
        @Nullable Matrix up,
        @Nullable Matrix gateUp,
        Matrix down,
        Norms norms,
        List<Numbers> biases) {
    /// The norms of a block.
    ///
    /// @param before before attention
    /// @param after after attention
    /// @param beforeHidden before the feed-forward
    /// @param afterHidden after it
    /// @param query of each query head
    /// @param key of each key head
    record Norms(
            Numbers before,
            @Nullable Numbers after,
            Numbers beforeHidden,
            @Nullable Numbers afterHidden,
            @Nullable Numbers query,
            @Nullable Numbers key) {}

    /// A short row of numbers on the heap.
    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    record Numbers(float[] values) {}
}
