package dev.tierwise.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a file in the GGUF format, version 3. Keys and tensors stand in the order in which they
/// were added. For one thread.
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final List<Part> parts = new ArrayList<>();
    private long keys;

    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    private record Part(
            String name, int code, List<Long> shape, long size, byte @Nullable [] data) {}

    /// Adds a text.
    public GgufWriter text(String key, String value) {
        key(key, 8);
        text(value);
        return this;
    }

    /// Adds a whole number, unsigned, of 32 bits.
    public GgufWriter whole(String key, long value) {
        key(key, 4);
        int32((int) value);
        return this;
    }

    /// Adds a number of 32 bits.
    public GgufWriter real(String key, double value) {
        key(key, 6);
        int32(Float.floatToRawIntBits((float) value));
        return this;
    }

    /// Adds yes or no.
    public GgufWriter flag(String key, boolean value) {
        key(key, 7);
        entries.write(value ? 1 : 0);
        return this;
    }

    /// Adds a list of texts.
    public GgufWriter texts(String key, List<String> values) {
        key(key, 9);
        int32(8);
        int64(values.size());
        values.forEach(this::text);
        return this;
    }

    /// Adds a list of whole numbers of 32 bits.
    public GgufWriter wholes(String key, int[] values) {
        key(key, 9);
        int32(5);
        int64(values.length);
        for (int value : values) {
            int32(value);
        }
        return this;
    }

    /// Adds a list of numbers of 32 bits.
    public GgufWriter reals(String key, float[] values) {
        key(key, 9);
        int32(6);
        int64(values.length);
        for (float value : values) {
            int32(Float.floatToRawIntBits(value));
        }
        return this;
    }

    /// Adds a tensor.
    ///
    /// @param shape its sizes, the fastest running first
    /// @param data its bytes in the form of `type`; not copied
    public GgufWriter tensor(String name, TensorType type, List<Long> shape, byte[] data) {
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        if (data.length != type.bytes(elements)) {
            throw new IllegalArgumentException(
                    name + " needs " + type.bytes(elements) + " bytes, not " + data.length);
        }
        parts.add(new Part(name, type.code(), List.copyOf(shape), data.length, data));
        return this;
    }

    /// Adds a tensor whose numbers nobody needs: a hole in the file, which has its size and takes
    /// no room. For programs that read heads only.
    ///
    /// @param code of its type, in the format's words
    /// @param shape its sizes, the fastest running first
    /// @param size its bytes
    public GgufWriter hole(String name, int code, List<Long> shape, long size) {
        parts.add(new Part(name, code, List.copyOf(shape), size, null));
        return this;
    }

    /// Adds a tensor of 32-bit numbers.
    public GgufWriter tensor(String name, List<Long> shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, TensorType.F32, shape, bytes.array());
    }

    /// Writes it all.
    ///
    /// @throws IOException when the disk does not take it
    public void write(Path path) throws IOException {
        var head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        put(head, 3, 4);
        put(head, parts.size(), 8);
        put(head, keys, 8);
        head.writeBytes(entries.toByteArray());
        long offset = 0;
        for (Part part : parts) {
            byte[] name = part.name.getBytes(StandardCharsets.UTF_8);
            put(head, name.length, 8);
            head.writeBytes(name);
            put(head, part.shape.size(), 4);
            part.shape.forEach(size -> put(head, size, 8));
            put(head, part.code, 4);
            put(head, offset, 8);
            offset += padded(part.size);
        }
        long begin = padded(head.size());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(begin + offset);
            file.write(head.toByteArray());
            long at = begin;
            for (Part part : parts) {
                byte[] data = part.data;
                if (data != null) {
                    file.seek(at);
                    file.write(data);
                }
                at += padded(part.size);
            }
        }
    }

    private static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void key(String key, int kind) {
        text(key);
        int32(kind);
        keys++;
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int64(bytes.length);
        entries.writeBytes(bytes);
    }

    private void int32(int value) {
        put(entries, value, 4);
    }

    private void int64(long value) {
        put(entries, value, 8);
    }

    private static void put(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> 8 * i));
        }
    }
}
