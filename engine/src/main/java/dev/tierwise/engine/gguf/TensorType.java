package dev.tierwise.engine.gguf;

import java.util.Arrays;
import java.util.Optional;

/// How the numbers of a tensor are stored. Codes and blocks are those of ggml
/// (`ggml/include/ggml.h` and `ggml-common.h` of llama.cpp).
public enum TensorType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    BF16(30, 1, 2);

    private final int code;
    private final int blockElements;
    private final int blockBytes;

    TensorType(int code, int blockElements, int blockBytes) {
        this.code = code;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /// The type that a file means by `code`; empty when it is none that the engine reads.
    public static Optional<TensorType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /// The number for it in a file.
    public int code() {
        return code;
    }

    /// Numbers that are stored together.
    public int blockElements() {
        return blockElements;
    }

    /// Bytes that a block takes.
    public int blockBytes() {
        return blockBytes;
    }

    /// Bytes that `elements` numbers take; they must fill whole blocks.
    public long bytes(long elements) {
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }
}
