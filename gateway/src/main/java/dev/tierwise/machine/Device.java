package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import org.jspecify.annotations.Nullable;

/// What computes models, with the memory that their weights lie in.
///
/// @param name as its maker calls it
/// @param kind where its memory is
/// @param memory all of it, in bytes; null when unknown
/// @param budget of it, what models may take now, in bytes: what is free, less what the platform
///   keeps for itself; null when unknown
/// @param bandwidth of its memory, in bytes a second; null when unknown
public record Device(
        String name,
        Kind kind,
        @Nullable Figure memory,
        @Nullable Figure budget,
        @Nullable Figure bandwidth) {
    /// Where the memory is.
    public enum Kind {
        /// A card with memory of its own.
        DISCRETE,
        /// Graphics and processor share the main memory.
        UNIFIED,
        /// The processor.
        CPU
    }
}
