package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/// Blocks with anything in them but scales that no sane file has.
final class RandomWeights {
    private RandomWeights() {}

    /// Weights outside the heap.
    static MemorySegment of(TensorType type, int elements, RandomGenerator random) {
        MemorySegment segment = Arena.ofAuto().allocate(type.bytes(elements), 64);
        byte[] block = new byte[type.blockBytes()];
        for (long at = 0; at < segment.byteSize(); at += block.length) {
            fill(type, block, random);
            MemorySegment.copy(block, 0, segment, ValueLayout.JAVA_BYTE, at, block.length);
        }
        return segment;
    }

    /// Sets every byte but those of the scales of blocks.
    static void fillNumbers(TensorType type, MemorySegment data, byte value) {
        int first =
                switch (type) {
                    case Q4_0, Q5_0, Q8_0 -> 2;
                    case Q4_1, Q5_1, Q4_K, Q5_K -> 4;
                    case Q6_K -> 0;
                    case F32, F16, BF16 -> type.blockBytes();
                };
        int last = type == TensorType.Q6_K ? 208 : type.blockBytes();
        for (long block = 0; block < data.byteSize(); block += type.blockBytes()) {
            data.asSlice(block + first, last - first).fill(value);
        }
    }

    static float[] vectors(int length, RandomGenerator random) {
        float[] vectors = new float[length];
        for (int i = 0; i < length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        return vectors;
    }

    private static void fill(TensorType type, byte[] block, RandomGenerator random) {
        random.nextBytes(block);
        ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        float number = (float) random.nextGaussian();
        short scale = Float.floatToFloat16(number * 0.01f);
        switch (type) {
            case F32 -> buffer.putFloat(0, number);
            case F16 -> buffer.putShort(0, Float.floatToFloat16(number));
            case BF16 -> buffer.putShort(0, (short) (Float.floatToRawIntBits(number) >> 16));
            case Q4_0, Q5_0, Q8_0 -> buffer.putShort(0, scale);
            case Q4_1, Q5_1, Q4_K, Q5_K -> {
                buffer.putShort(0, scale);
                buffer.putShort(2, Float.floatToFloat16(random.nextFloat() * 0.01f));
            }
            case Q6_K -> buffer.putShort(208, scale);
        }
    }
}
