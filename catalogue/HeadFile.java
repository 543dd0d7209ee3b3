import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Writes a GGUF file whose head is whole and whose weights are a hole: it has the size of a real
/// model and takes no room. For programs that only plan with it.
final class HeadFile {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final List<Part> parts = new ArrayList<>();
    private int count;

    /// How numbers lie in a file: ggml's code, numbers in a block, bytes of a block.
    enum Type {
        F32(0, 1, 4),
        F16(1, 1, 2),
        Q5_0(6, 32, 22),
        Q5_1(7, 32, 24),
        Q8_0(8, 32, 34),
        Q3_K(11, 256, 110),
        Q4_K(12, 256, 144),
        Q5_K(13, 256, 176),
        Q6_K(14, 256, 210),
        IQ4_NL(20, 32, 18),
        MXFP4(39, 32, 17);

        private final int code;
        private final int numbers;
        private final int bytes;

        Type(int code, int numbers, int bytes) {
            this.code = code;
            this.numbers = numbers;
            this.bytes = bytes;
        }

        /// By the name that llama.cpp prints.
        static Type named(String name) {
            String wanted = name.toUpperCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(it -> it.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown type " + name));
        }

        long size(long elements) {
            return elements / numbers * bytes;
        }
    }

    /// One tensor; its first size runs fastest.
    record Part(String name, Type type, List<Long> shape) {
        long size() {
            return type.size(shape.stream().reduce(1L, Math::multiplyExact));
        }
    }

    HeadFile text(String key, String value) {
        key(key, 8);
        string(value);
        return this;
    }

    HeadFile whole(String key, long value) {
        key(key, 4);
        put(keys, value, 4);
        return this;
    }

    HeadFile wholes(String key, List<Integer> values) {
        key(key, 9);
        put(keys, 5, 4);
        put(keys, values.size(), 8);
        values.forEach(it -> put(keys, it, 4));
        return this;
    }

    HeadFile real(String key, double value) {
        key(key, 6);
        put(keys, Float.floatToRawIntBits((float) value), 4);
        return this;
    }

    HeadFile add(Part part) {
        parts.add(part);
        return this;
    }

    /// Bytes of all tensors.
    long weights() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    void write(Path path) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        put(head, 3, 4);
        put(head, parts.size(), 8);
        put(head, count, 8);
        head.writeBytes(keys.toByteArray());
        long offset = 0;
        for (Part part : parts) {
            byte[] name = part.name.getBytes(StandardCharsets.UTF_8);
            put(head, name.length, 8);
            head.writeBytes(name);
            put(head, part.shape.size(), 4);
            part.shape.forEach(it -> put(head, it, 8));
            put(head, part.type.code, 4);
            put(head, offset, 8);
            offset = padded(offset + part.size());
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(0);
            file.write(head.toByteArray());
            file.setLength(padded(head.size()) + offset);
        }
    }

    private static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void key(String key, int kind) {
        string(key);
        put(keys, kind, 4);
        count++;
    }

    private void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        put(keys, bytes.length, 8);
        keys.writeBytes(bytes);
    }

    private static void put(ByteArrayOutputStream out, long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(all, 0, bytes);
    }
}
