package dev.tierwise.detect.tag;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The weights of a tagger as they are in memory. A feature has a row of one byte a tag, moved by
/// 128, four bytes spread over a long, so that one addition adds four weights. Rows are found
/// through buckets of four marks of 16 bits.
final class Weights {
    static final int BUCKETS = 1 << 14;
    static final int TAGS = 20;
    static final int LONGS = TAGS / 4;
    static final int ROWS = BUCKETS * 4;
    private static final int MAGIC = 0x54574C54;
    private static final int HEADER = 32;
    private static final int ROW = 4 + TAGS;
    private static final long ONES = 0x0001000100010001L;
    private static final long TOPS = 0x8000800080008000L;

    private final long[] marks;
    private final long[] rows;

    /// How a margin becomes a probability: 1 / (1 + e^-(slope * margin + offset)).
    final float slope;

    final float offset;
    private int used;

    Weights(float slope, float offset) {
        this(new long[BUCKETS], new long[ROWS * LONGS], slope, offset);
    }

    private Weights(long[] marks, long[] rows, float slope, float offset) {
        this.marks = marks;
        this.rows = rows;
        this.slope = slope;
        this.offset = offset;
    }

    /// The same weights with another curve; they share their rows.
    Weights scaled(float newSlope, float newOffset) {
        return new Weights(marks, rows, newSlope, newOffset);
    }

    /// Takes the row of a feature in; says false where its bucket is full.
    boolean put(int key, byte[] row, int from) {
        int bucket = key & (BUCKETS - 1);
        int mark = mark(key);
        for (int k = 0; k < 4; k++) {
            long there = marks[bucket] >>> (16 * k) & 0xFFFF;
            if (there == mark) {
                return false;
            }
            if (there == 0) {
                marks[bucket] |= (long) mark << (16 * k);
                int at = (bucket * 4 + k) * LONGS;
                for (int tag = 0; tag < TAGS; tag++) {
                    rows[at + tag / 4] |= (row[from + tag] + 128L) << (16 * (tag % 4));
                }
                used++;
                return true;
            }
        }
        return false;
    }

    /// Adds the rows of features to sums.
    ///
    /// @return how many rows were added
    int add(int[] keys, int count, long[] sums) {
        int added = 0;
        for (int i = 0; i < count; i++) {
            int key = keys[i];
            int bucket = key & (BUCKETS - 1);
            long different = marks[bucket] ^ mark(key) * ONES;
            long hit = (different - ONES) & ~different & TOPS;
            if (hit == 0) {
                continue;
            }
            int at = (bucket * 4 + (Long.numberOfTrailingZeros(hit) >>> 4)) * LONGS;
            for (int k = 0; k < LONGS; k++) {
                sums[k] += rows[at + k];
            }
            added++;
        }
        return added;
    }

    static int sum(long[] sums, int tag, int added) {
        return (int) (sums[tag / 4] >>> (16 * (tag % 4)) & 0xFFFF) - 128 * added;
    }

    private static int mark(int key) {
        int mark = key >>> 14 & 0xFFFF;
        return mark == 0 ? 1 : mark;
    }

    /// The file: a head, then marks and rows, deflated.
    byte[] bytes() {
        ByteBuffer body = ByteBuffer.allocate(used * ROW);
        for (int slot = 0; slot < ROWS; slot++) {
            int mark = (int) (marks[slot / 4] >>> (16 * (slot % 4)) & 0xFFFF);
            if (mark != 0) {
                body.putInt(slot / 4 | mark << 14);
                for (int tag = 0; tag < TAGS; tag++) {
                    long lane = rows[slot * LONGS + tag / 4] >>> (16 * (tag % 4));
                    body.put((byte) ((lane & 0xFFFF) - 128));
                }
            }
        }
        var deflater = new Deflater(9);
        deflater.setInput(body.array());
        deflater.finish();
        byte[] packed = new byte[body.capacity() + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteBuffer file = ByteBuffer.allocate(HEADER + length);
        file.putInt(MAGIC).putInt(1).putInt(Tags.COUNT).putInt(used);
        file.putFloat(slope).putFloat(offset).putInt(length).putInt(sum(packed, 0, length));
        file.put(packed, 0, length);
        return file.array();
    }

    /// Reads a file. What is wrong with it is told before anything of its size is made.
    static Made read(byte[] bytes) {
        if (bytes.length < HEADER) {
            return new Made.Bad("it has " + bytes.length + " bytes and its head alone has 32");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (head.getInt() != MAGIC) {
            return new Made.Bad("it is no file of a tagger");
        }
        int version = head.getInt();
        if (version != 1 || head.getInt() != Tags.COUNT) {
            return new Made.Bad("it was made by another version of Tierwise");
        }
        int count = head.getInt();
        float slope = head.getFloat();
        float offset = head.getFloat();
        int length = head.getInt();
        if (count < 0 || count > ROWS || !Float.isFinite(slope) || !Float.isFinite(offset)) {
            return new Made.Bad("its head is damaged");
        }
        if (length != bytes.length - HEADER) {
            return new Made.Bad("it is cut short or has something appended");
        }
        if (head.getInt() != sum(bytes, HEADER, length)) {
            return new Made.Bad("its check sum is wrong");
        }
        return unpack(bytes, count, new float[] {slope, offset});
    }

    private static Made unpack(byte[] bytes, int count, float[] scale) {
        byte[] body = new byte[count * ROW];
        var inflater = new Inflater();
        try {
            inflater.setInput(bytes, HEADER, bytes.length - HEADER);
            if (inflater.inflate(body) != body.length) {
                return new Made.Bad("it holds fewer rows than its head says");
            }
        } catch (DataFormatException e) {
            return new Made.Bad("its rows cannot be unpacked");
        } finally {
            inflater.end();
        }
        var weights = new Weights(scale[0], scale[1]);
        ByteBuffer rows = ByteBuffer.wrap(body);
        for (int i = 0; i < count; i++) {
            if (!weights.put(rows.getInt(i * ROW), body, i * ROW + 4)) {
                return new Made.Bad("two of its rows are for one feature");
            }
        }
        return new Made.Good(weights);
    }

    private static int sum(byte[] bytes, int from, int length) {
        var sum = new CRC32();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    /// What reading gives.
    sealed interface Made {
        /// Weights.
        record Good(Weights weights) implements Made {}

        /// Why there are none.
        record Bad(String why) implements Made {}
    }
}
