package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A second reading of the formats, the other way round: for one number, which bits make it. The
/// decoders go by bytes, this goes by index, so that one mistake is not made twice.
final class GgmlDecoder {
    private final TensorType type;
    private final byte[] bytes;

    GgmlDecoder(TensorType type, MemorySegment data) {
        this.type = type;
        this.bytes = data.toArray(ValueLayout.JAVA_BYTE);
    }

    double number(int index) {
        int block = index / type.blockElements() * type.blockBytes();
        int i = index % type.blockElements();
        return switch (type) {
            case F32 -> Float.intBitsToFloat(u16(block) | u16(block + 2) << 16);
            case F16 -> half(block);
            case BF16 -> Float.intBitsToFloat(u16(block) << 16);
            case Q8_0 -> half(block) * bytes[block + 2 + i];
            case Q4_0 -> half(block) * (nibble(block + 2 + i % 16, i / 16) - 8);
            case Q4_K -> {
                int quant = nibble(block + 16 + i / 64 * 32 + i % 32, i / 32 % 2);
                yield half(block) * packed(block + 4, i / 32, false) * quant
                        - half(block + 2) * packed(block + 4, i / 32, true);
            }
            case Q5_K -> {
                int low = nibble(block + 48 + i / 64 * 32 + i % 32, i / 32 % 2);
                int high = bits(block + 16 + i % 32, i / 32, 1);
                yield half(block) * packed(block + 4, i / 32, false) * (low + 16 * high)
                        - half(block + 2) * packed(block + 4, i / 32, true);
            }
            case Q6_K -> {
                int low = nibble(block + i / 128 * 64 + i % 64, i % 128 / 64);
                int high = bits(block + 128 + i / 128 * 32 + i % 32, i % 128 / 32 * 2, 2);
                yield half(block + 208) * bytes[block + 192 + i / 16] * (low + 16 * high - 32);
            }
        };
    }

    private int packed(int at, int part, boolean minimum) {
        int from = part % 4 + (minimum ? 4 : 0);
        if (part < 4) {
            return bits(at + from, 0, 6);
        }
        return nibble(at + 8 + part % 4, minimum ? 1 : 0) + 16 * bits(at + from, 6, 2);
    }

    private int nibble(int at, int which) {
        return bits(at, which * 4, 4);
    }

    private int bits(int at, int first, int count) {
        return (bytes[at] & 255) >> first & ((1 << count) - 1);
    }

    private int u16(int at) {
        return (bytes[at] & 255) | (bytes[at + 1] & 255) << 8;
    }

    private double half(int at) {
        return Float.float16ToFloat((short) u16(at));
    }
}
