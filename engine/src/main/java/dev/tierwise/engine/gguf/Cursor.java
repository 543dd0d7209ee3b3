package dev.tierwise.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads a file's head from front to back and trusts nothing: every size is held against the bytes
/// that are left before anything is made from it.
final class Cursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private long at;

    Cursor(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// Ends the reading of a file that is not as it should be; never leaves this package.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final long offset;

        Broken(String message, long offset) {
            super(message, null, false, false);
            this.offset = offset;
        }

        long offset() {
            return offset;
        }
    }

    long at() {
        return at;
    }

    long left() {
        return bytes.byteSize() - at;
    }

    Broken broken(String message) {
        return new Broken(message, at);
    }

    private long step(long size) {
        if (size < 0 || size > left()) {
            throw broken(
                    "the file ends within a value of " + Long.toUnsignedString(size) + " bytes");
        }
        long from = at;
        at += size;
        return from;
    }

    int int32() {
        return bytes.get(INT, step(4));
    }

    long int64() {
        return bytes.get(LONG, step(8));
    }

    /// A count of things of which each takes at least `size` bytes.
    int count(String what, long size) {
        long count = int64();
        if (count < 0 || count > left() / size || count > Integer.MAX_VALUE - 8) {
            at -= 8;
            throw broken(
                    Long.toUnsignedString(count)
                            + " "
                            + what
                            + " do not fit into what is left of the file");
        }
        return (int) count;
    }

    String text() {
        long length = int64();
        if (length < 0 || length > left() || length > Integer.MAX_VALUE - 8) {
            at -= 8;
            throw broken(
                    "a text of "
                            + Long.toUnsignedString(length)
                            + " bytes is longer than the file");
        }
        byte[] text = new byte[(int) length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, step(length), text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    /// A value of a kind of the specification: whole numbers come as `Long`, others as `Double`.
    Object value(int kind) {
        return switch (kind) {
            case 0 -> (long) (bytes.get(ValueLayout.JAVA_BYTE, step(1)) & 0xff);
            case 1 -> (long) bytes.get(ValueLayout.JAVA_BYTE, step(1));
            case 2 -> (long) (bytes.get(SHORT, step(2)) & 0xffff);
            case 3 -> (long) bytes.get(SHORT, step(2));
            case 4 -> int32() & 0xffff_ffffL;
            case 5 -> (long) int32();
            case 6 -> (double) Float.intBitsToFloat(int32());
            case 7 -> bytes.get(ValueLayout.JAVA_BYTE, step(1)) != 0;
            case 8 -> text();
            case 9 -> list();
            case 10, 11 -> int64();
            case 12 -> Double.longBitsToDouble(int64());
            default -> throw broken("a value is of kind " + kind + ", which there is not");
        };
    }

    private Object list() {
        int kind = int32();
        if (kind == 9) {
            throw broken("a list of lists, which no model needs");
        }
        if (kind == 8) {
            int count = count("texts", 8);
            List<String> texts = new ArrayList<>(Math.min(count, 1 << 20));
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return texts;
        }
        int count = count("numbers", width(kind));
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] =
                    switch (value(kind)) {
                        case Long number -> (double) number;
                        case Double number -> number;
                        case Boolean flag -> flag ? 1 : 0;
                        case Object other ->
                                throw broken("a list holds " + other.getClass().getSimpleName());
                    };
        }
        return new Metadata.Numbers(numbers);
    }

    private int width(int kind) {
        return switch (kind) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw broken("a list of kind " + kind + ", which there is not");
        };
    }

    MemorySegment slice(long from, long size) {
        return bytes.asSlice(from, size);
    }
}
