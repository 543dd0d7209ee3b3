package dev.tierwise.wire;

import java.util.Arrays;

/// Cuts a byte stream into blocks: events that end with a blank line (Server-Sent Events, WHATWG
/// HTML §9.2) or single lines (NDJSON). The blocks are the same however the bytes are split, and
/// hold every byte that came, in order. Not thread-safe: one scanner a stream.
public final class LineScanner {
    /// A block larger than this is not an event of a chat API.
    public static final int MAX_BLOCK = 16 << 20;

    private final boolean untilBlankLine;
    private byte[] held = new byte[1024];
    private int start;
    private int size;
    private int scanned;
    private boolean lineHasBytes;
    private boolean afterReturn;

    private LineScanner(boolean untilBlankLine) {
        this.untilBlankLine = untilBlankLine;
    }

    /// A scanner of Server-Sent Events: lines end with LF, CR LF or CR, an event with a blank line.
    public static LineScanner events() {
        return new LineScanner(true);
    }

    /// A scanner of lines.
    public static LineScanner lines() {
        return new LineScanner(false);
    }

    /// Takes the next bytes of the stream.
    ///
    /// @return false when the block at hand is larger than [#MAX_BLOCK]; the stream is then useless
    public boolean feed(byte[] bytes) {
        if (size - start + bytes.length > MAX_BLOCK) {
            return false;
        }
        if (size + bytes.length > held.length) {
            makeRoom(bytes.length);
        }
        System.arraycopy(bytes, 0, held, size, bytes.length);
        size += bytes.length;
        return true;
    }

    /// Moves what is left to the front only now, not block by block: many small blocks in one piece
    /// would otherwise be moved once each.
    private void makeRoom(int more) {
        int left = size - start;
        byte[] room =
                left + more > held.length ? new byte[Math.max(held.length * 2, left + more)] : held;
        System.arraycopy(held, start, room, 0, left);
        held = room;
        scanned -= start;
        size = left;
        start = 0;
    }

    /// The next whole block, its line ends included, or an empty array when none is whole yet.
    public byte[] next() {
        while (scanned < size) {
            byte b = held[scanned];
            if (afterReturn && b != '\n') {
                afterReturn = false;
                if (endsBlock()) {
                    return take(scanned);
                }
                continue;
            }
            scanned++;
            if (b == '\r') {
                afterReturn = true;
            } else if (b == '\n') {
                afterReturn = false;
                if (endsBlock()) {
                    return take(scanned);
                }
            } else {
                lineHasBytes = true;
            }
        }
        return new byte[0];
    }

    /// What came after the last whole block; empty when the stream ended on a block's end.
    public byte[] rest() {
        return take(size);
    }

    private boolean endsBlock() {
        boolean ends = !untilBlankLine || !lineHasBytes;
        lineHasBytes = false;
        return ends;
    }

    private byte[] take(int end) {
        byte[] block = Arrays.copyOfRange(held, start, end);
        start = end;
        scanned = end;
        return block;
    }
}
