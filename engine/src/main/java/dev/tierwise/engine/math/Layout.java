package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;

/// Where things are among packed weights, in bytes. Eight blocks of 32 numbers, of a group of rows,
/// are a super block: what all of them share, then a part for each, of which the lines of numbers
/// come last.
///
/// @param shared what comes before the first part
/// @param part a whole part
/// @param lines what comes before the lines in a part
record Layout(long shared, long part, long lines) {
    private static final long LINE = Lanes.LINE;
    private static final long HALF = LINE / 2;
    private static final long QUARTER = LINE / 4;

    /// The layout of a type that is packed.
    static Layout of(TensorType type) {
        return switch (type) {
            case Q4_0 -> new Layout(0, HALF + 4 * LINE, HALF);
            case Q8_0 -> new Layout(0, HALF + 8 * LINE, HALF);
            case Q4_K -> new Layout(LINE, 2 * QUARTER + 4 * LINE, 2 * QUARTER);
            case Q5_K -> new Layout(LINE, 2 * QUARTER + 5 * LINE, 2 * QUARTER);
            case Q6_K -> new Layout(HALF, 2 * QUARTER + 6 * LINE, 2 * QUARTER);
            case F32, F16, BF16 -> throw new IllegalArgumentException(type + " is not packed.");
        };
    }

    /// Bytes of a group of rows with so many blocks; either whole super blocks, or nothing is
    /// shared.
    long bytes(int blocks) {
        return blocks * part + blocks / 8 * shared;
    }

    /// The super block in which block `block` is, from the beginning of its group.
    long superBlock(int block) {
        return (block >> 3) * (8 * part + shared);
    }

    /// The part of block `block`, from the beginning of its group.
    long part(int block) {
        return superBlock(block) + shared + (block & 7) * part;
    }

    /// The scale of block `block`, or the one that it shares.
    long scale(int block) {
        return shared == 0 ? part(block) : superBlock(block);
    }

    /// The first line of block `block`, from the beginning of its group.
    long line(int block) {
        return part(block) + lines;
    }
}
