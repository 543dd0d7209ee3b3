package dev.tierwise.engine.math;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Lays out blocks anew, so that one lane of a vector is one row: as many rows as there are lanes
/// go together, a line holds an int of each, and no sum goes across lanes.
///
/// Of 32 numbers, j and j + 16 share an int: number j in its lower short. Where several pairs share
/// it, the first ones are in the lower bits. The numbers themselves stay as they are.
final class Packing {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The last vector of bytes may be wider than what it is read for.
    private static final int MARGIN = 64;

    private static final long LINE = Lanes.LINE;
    private static final long HALF_LINE = LINE / 2;
    private static final long QUARTER_LINE = LINE / 4;

    private final TensorType type;
    private final MemorySegment from;
    private final MemorySegment to;
    private final Layout layout;
    private int lane;

    private Packing(TensorType type, MemorySegment from, MemorySegment to) {
        this.type = type;
        this.from = from;
        this.to = to;
        this.layout = Layout.of(type);
    }

    /// Packs all rows; the last group is filled up with rows of zeros.
    static MemorySegment pack(TensorType type, MemorySegment from, int rows, int columns) {
        long groupBytes = Layout.of(type).bytes(columns / Activations.BLOCK);
        long groups = (rows + Lanes.COUNT - 1L) / Lanes.COUNT;
        MemorySegment to = Arena.ofAuto().allocate(groups * groupBytes + MARGIN, 64);
        Packing packing = new Packing(type, from, to);
        int blocks = columns / type.blockElements();
        for (int row = 0; row < rows; row++) {
            long start = row / Lanes.COUNT * groupBytes;
            packing.lane = row % Lanes.COUNT;
            packing.row(row * type.bytes(columns), start, blocks);
        }
        return to;
    }

    private void row(long start, long target, int blocks) {
        int parts = type.blockElements() / Activations.BLOCK;
        long source = start;
        for (int block = 0; block < blocks; block++, source += type.blockBytes()) {
            long at = target + (parts == 1 ? layout.part(block) : layout.superBlock(block * parts));
            switch (type) {
                case Q4_0 -> q4(source, at);
                case Q8_0 -> q8(source, at);
                case Q4_K -> q4k(source, at);
                case Q5_K -> q5k(source, at);
                case Q6_K -> q6k(source, at);
                case F32, F16, BF16 -> throw new IllegalArgumentException(type.toString());
            }
        }
    }

    private void q4(long source, long at) {
        half(source, at);
        for (int v = 0; v < 4; v++) {
            int word = from.get(INT, source + 2 + v * 4L);
            put(at + HALF_LINE + v * LINE, squeeze(word) | squeeze(word >>> 4) << 16);
        }
    }

    private void q8(long source, long at) {
        half(source, at);
        for (int v = 0; v < 8; v++) {
            int low = from.get(SHORT, source + 2 + v * 2L) & 0xFFFF;
            int high = from.get(SHORT, source + 18 + v * 2L);
            put(at + HALF_LINE + v * LINE, low | high << 16);
        }
    }

    private void q4k(long source, long at) {
        half(source, at);
        half(source + 2, at + HALF_LINE);
        for (int part = 0; part < 8; part++) {
            long target = at + LINE + part * layout.part();
            scales(source + 4, part, target);
            halves(source + 16 + (part >> 1) * 32L, (part & 1) * 4, target + 2 * QUARTER_LINE);
        }
    }

    private void q5k(long source, long at) {
        half(source, at);
        half(source + 2, at + HALF_LINE);
        for (int part = 0; part < 8; part++) {
            long target = at + LINE + part * layout.part();
            scales(source + 4, part, target);
            int low = bits(source + 16, part) | bits(source + 24, part) << 8;
            int high = bits(source + 32, part) | bits(source + 40, part) << 8;
            put(target + 2 * QUARTER_LINE, ~(low | high << 16));
            long quants = source + 48 + (part >> 1) * 32L;
            halves(quants, (part & 1) * 4, target + 2 * QUARTER_LINE + LINE);
        }
    }

    private void q6k(long source, long at) {
        half(source + 208, at);
        for (int part = 0; part < 8; part++) {
            long target = at + HALF_LINE + part * layout.part();
            to.set(JAVA_BYTE, target + lane, from.get(JAVA_BYTE, source + 192 + part * 2L));
            byte second = from.get(JAVA_BYTE, source + 193 + part * 2L);
            to.set(JAVA_BYTE, target + QUARTER_LINE + lane, second);
            long highs = source + 128 + (part >> 2) * 32L;
            int shift = (part & 3) * 2;
            for (int u = 0; u < 2; u++) {
                int low = quarters(highs + u * 8L, shift);
                int high = quarters(highs + u * 8L + 16, shift);
                put(target + 2 * QUARTER_LINE + u * LINE, low | high << 16);
            }
            long lows = source + (part >> 2) * 64L + (part & 1) * 32L;
            halves(lows, (part >> 1 & 1) * 4, target + 2 * QUARTER_LINE + 2 * LINE);
        }
    }

    private void put(long line, int value) {
        to.set(INT, line + lane * 4L, value);
    }

    private void half(long source, long target) {
        to.set(SHORT, target + lane * 2L, from.get(SHORT, source));
    }

    private void scales(long packed, int part, long target) {
        to.set(JAVA_BYTE, target + lane, (byte) Blocks.scale(from, packed, part));
        to.set(JAVA_BYTE, target + QUARTER_LINE + lane, (byte) Blocks.minimum(from, packed, part));
    }

    /// Four lines of the lower or upper halves of 32 bytes.
    private void halves(long source, int shift, long target) {
        for (int v = 0; v < 4; v++) {
            int low = squeeze(from.get(INT, source + v * 4L) >>> shift);
            int high = squeeze(from.get(INT, source + 16 + v * 4L) >>> shift);
            put(target + v * LINE, low | high << 16);
        }
    }

    /// The lower halves of four bytes, side by side.
    private static int squeeze(int word) {
        int pairs = word & 0x0F0F0F0F;
        int fours = (pairs | pairs >>> 4) & 0x00FF00FF;
        return (fours | fours >>> 8) & 0xFFFF;
    }

    /// Bit `which` of each of eight bytes, side by side.
    private int bits(long source, int which) {
        long ones = from.get(LONG, source) >>> which & 0x0101010101010101L;
        return (int) ((ones * 0x0102040810204080L) >>> 56);
    }

    /// Two bits of each of eight bytes, side by side.
    private int quarters(long source, int shift) {
        long twos = from.get(LONG, source) >>> shift & 0x0303030303030303L;
        long fours = (twos | twos >>> 6) & 0x000F000F000F000FL;
        long bytes = (fours | fours >>> 12) & 0x000000FF000000FFL;
        return (int) ((bytes | bytes >>> 24) & 0xFFFF);
    }
}
