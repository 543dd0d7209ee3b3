package dev.tierwise.predict;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Files of weights: a head that says what they are, and the numbers, deflated, with their check
/// sum.
final class Packed {
    private static final int HEAD = 20;
    private static final int LARGEST = 64 << 20;

    private Packed() {}

    /// What a file is.
    ///
    /// @param magic its first four bytes
    /// @param version of its format
    /// @param layout what the numbers are for, such as how many columns there are
    record Kind(int magic, int version, int layout) {}

    /// What opening gives.
    sealed interface Opened {
        /// A file in order.
        ///
        /// @param body the numbers, checked by their sum
        record Good(ByteBuffer body) implements Opened {}

        /// A file that is not.
        ///
        /// @param why what is wrong with the bytes
        record Bad(String why) implements Opened {}
    }

    static byte[] pack(Kind kind, byte[] body) {
        var deflater = new Deflater(9);
        deflater.setInput(body);
        deflater.finish();
        byte[] packed = new byte[body.length + body.length / 1000 + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteBuffer file = ByteBuffer.allocate(HEAD + length);
        file.putInt(kind.magic).putInt(kind.version).putInt(kind.layout).putInt(body.length);
        return file.putInt(sum(body)).put(packed, 0, length).array();
    }

    /// Opens a file. What is wrong with it is told before anything of its size is made.
    static Opened open(Kind kind, byte[] bytes) {
        if (bytes.length < HEAD) {
            return new Opened.Bad("it is cut short");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (head.getInt() != kind.magic) {
            return new Opened.Bad("it is no file of weights of this kind");
        }
        if (head.getInt() != kind.version || head.getInt() != kind.layout) {
            return new Opened.Bad("it was made by another version of Tierwise; make it again");
        }
        int size = head.getInt();
        int sum = head.getInt();
        if (size < 4 || size > LARGEST) {
            return new Opened.Bad("its head is damaged");
        }
        byte[] body = new byte[size];
        var inflater = new Inflater();
        try {
            inflater.setInput(bytes, HEAD, bytes.length - HEAD);
            int length = inflater.inflate(body);
            if (length != size || (!inflater.finished() && inflater.inflate(new byte[1]) != 0)) {
                return new Opened.Bad("it is cut short");
            }
        } catch (DataFormatException e) {
            return new Opened.Bad("it cannot be unpacked");
        } finally {
            inflater.end();
        }
        return sum(body) == sum
                ? new Opened.Good(ByteBuffer.wrap(body))
                : new Opened.Bad("its check sum is wrong");
    }

    private static int sum(byte[] body) {
        var sum = new CRC32();
        sum.update(body);
        return (int) sum.getValue();
    }
}
