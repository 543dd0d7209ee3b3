import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One tensor of a model's file, without its numbers.
///
/// @param name its name in the file
/// @param type how its numbers lie there
/// @param shape its sizes, the fastest running first
record Part(String name, Type type, List<Long> shape) {
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

        final int code;
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

    /// Bytes that it takes.
    long size() {
        return type.size(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
