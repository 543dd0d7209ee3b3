package dev.tierwise.fit;

/// How a matrix lies in a GGUF file, with its bits a weight: those of one block, scales included
/// (ggml-common.h of llama.cpp).
enum Packing {
    F32(32),
    F16(16),
    Q8_0(8.5),
    Q6_K(6.5625),
    Q5_1(6),
    Q5_0(5.5),
    Q5_K(5.5),
    Q4_K(4.5),
    IQ4_NL(4.5),
    MXFP4(4.25),
    Q3_K(3.4375);

    /// Weights in one block of the K kinds: a row must hold whole blocks.
    private static final int BLOCK = 256;

    private final double bits;

    Packing(double bits) {
        this.bits = bits;
    }

    /// Bytes of a matrix. Rows that are no multiple of a K block are packed the next wider way.
    double bytes(long rows, long columns) {
        return rows * columns * (columns % BLOCK == 0 ? this : narrow()).bits / Byte.SIZE;
    }

    private Packing narrow() {
        return switch (this) {
            case Q6_K -> Q8_0;
            case Q5_K -> Q5_1;
            case Q4_K -> Q5_0;
            case Q3_K -> IQ4_NL;
            case F32, F16, Q8_0, Q5_1, Q5_0, IQ4_NL, MXFP4 -> this;
        };
    }
}
