package dev.tierwise.engine.math;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Stored blocks to numbers, one at a time: the meaning of every format, in plain loops. The fast
/// paths are tested against it, and it is what runs where there is no Vector API.
///
/// The layouts are those of ggml (`ggml/src/ggml-common.h`), read as `dequantize_row_*` of
/// `ggml/src/ggml-quants.c` defines them.
final class Blocks {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final TensorType type;
    private final MemorySegment data;

    Blocks(TensorType type, MemorySegment data) {
        this.type = type;
        this.data = data;
    }

    /// Bytes that `elements` numbers take.
    long bytes(int elements) {
        return type.bytes(elements);
    }

    /// Decodes whole blocks.
    ///
    /// @param start the byte at which the first block begins
    /// @param elements how many numbers, whole blocks
    /// @param offset where the first one goes in `out`
    void decode(long start, int elements, float[] out, int offset) {
        int step = type.blockElements();
        int stride = type.blockBytes();
        long from = start;
        for (int at = offset, end = at + elements; at < end; at += step, from += stride) {
            switch (type) {
                case F32 -> out[at] = data.get(FLOAT, from);
                case F16 -> out[at] = half(data, from);
                case BF16 -> out[at] = brain(data, from);
                case Q8_0 -> q8(data, from, out, at);
                case Q4_0 -> q4(data, from, out, at);
                case Q4_K -> q4k(data, from, out, at);
                case Q5_K -> q5k(data, from, out, at);
                case Q6_K -> q6k(data, from, out, at);
            }
        }
    }

    static float brain(MemorySegment data, long at) {
        return Float.intBitsToFloat(data.get(SHORT, at) << 16);
    }

    static float half(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(SHORT, at));
    }

    /// Scale, then 32 signed bytes.
    private static void q8(MemorySegment data, long from, float[] out, int at) {
        float scale = half(data, from);
        for (int i = 0; i < 32; i++) {
            out[at + i] = scale * data.get(JAVA_BYTE, from + 2 + i);
        }
    }

    /// Scale, then 16 bytes: the low halves are numbers 0 … 15, the high ones 16 … 31, less 8.
    private static void q4(MemorySegment data, long from, float[] out, int at) {
        float scale = half(data, from);
        for (int i = 0; i < 16; i++) {
            int pair = data.get(JAVA_BYTE, from + 2 + i);
            out[at + i] = scale * ((pair & 15) - 8);
            out[at + 16 + i] = scale * ((pair >> 4 & 15) - 8);
        }
    }

    /// Scale of scales, scale of minima, 12 bytes of scales and minima, then 128 bytes: of each 32,
    /// the low halves are 32 numbers, the high ones the next 32.
    private static void q4k(MemorySegment data, long from, float[] out, int at) {
        float scales = half(data, from);
        float minima = half(data, from + 2);
        for (int part = 0; part < 8; part++) {
            float scale = scales * scale(data, from + 4, part);
            float minimum = minima * minimum(data, from + 4, part);
            long quants = from + 16 + (part >> 1) * 32L;
            int shift = (part & 1) * 4;
            for (int i = 0; i < 32; i++) {
                int quant = data.get(JAVA_BYTE, quants + i) >> shift & 15;
                out[at + part * 32 + i] = scale * quant - minimum;
            }
        }
    }

    /// As [#q4k], with 32 bytes before the halves: bit p of byte i is worth 16 to number i of part
    /// p.
    private static void q5k(MemorySegment data, long from, float[] out, int at) {
        float scales = half(data, from);
        float minima = half(data, from + 2);
        for (int part = 0; part < 8; part++) {
            float scale = scales * scale(data, from + 4, part);
            float minimum = minima * minimum(data, from + 4, part);
            long quants = from + 48 + (part >> 1) * 32L;
            int shift = (part & 1) * 4;
            for (int i = 0; i < 32; i++) {
                int low = data.get(JAVA_BYTE, quants + i) >> shift & 15;
                int high = data.get(JAVA_BYTE, from + 16 + i) >> part & 1;
                out[at + part * 32 + i] = scale * (low + 16 * high) - minimum;
            }
        }
    }

    /// 128 bytes of low halves, 64 of two high bits each, 16 signed scales, and their scale. Each
    /// half block has 4 runs of 32 numbers, of two scales each; numbers are less 32.
    private static void q6k(MemorySegment data, long from, float[] out, int at) {
        float scales = half(data, from + 208);
        for (int run = 0; run < 8; run++) {
            int half = run >> 2;
            int place = run & 3;
            long lows = from + half * 64L + (place & 1) * 32L;
            long highs = from + 128 + half * 32L;
            for (int i = 0; i < 32; i++) {
                int low = data.get(JAVA_BYTE, lows + i) >> ((place >> 1) * 4) & 15;
                int high = data.get(JAVA_BYTE, highs + i) >> (place * 2) & 3;
                int factor = data.get(JAVA_BYTE, from + 192 + run * 2L + (i >> 4));
                out[at + run * 32 + i] = scales * factor * (low + 16 * high - 32);
            }
        }
    }

    /// The 6-bit scale of part 0 … 7 of a `Q4_K` or `Q5_K` block: of the first four parts as it is,
    /// of the others split in 4 and 2 bits.
    static int scale(MemorySegment data, long packed, int part) {
        if (part < 4) {
            return data.get(JAVA_BYTE, packed + part) & 63;
        }
        int low = data.get(JAVA_BYTE, packed + part + 4) & 15;
        int high = data.get(JAVA_BYTE, packed + part - 4) >> 6 & 3;
        return high << 4 | low;
    }

    /// The 6-bit minimum that goes with [#scale].
    static int minimum(MemorySegment data, long packed, int part) {
        if (part < 4) {
            return data.get(JAVA_BYTE, packed + part + 4) & 63;
        }
        int low = data.get(JAVA_BYTE, packed + part + 4) >> 4 & 15;
        int high = data.get(JAVA_BYTE, packed + part) >> 6 & 3;
        return high << 4 | low;
    }
}
