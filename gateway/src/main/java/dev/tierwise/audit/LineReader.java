package dev.tierwise.audit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The lines of a file, one after the other, in one buffer. Holds at most [#LONGEST] bytes however
/// large the file is.
final class LineReader implements AutoCloseable {
    static final int LONGEST = 16 << 20;
    private static final int USUAL = 1 << 20;
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ENDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final InputStream in;
    private byte[] buffer = new byte[USUAL];
    private int from;
    private int to;
    private int filled;
    private boolean overlong;
    private long left;

    LineReader(Path file) throws IOException {
        this(file, Long.MAX_VALUE);
    }

    /// Reads as if the file ended after `limit` bytes: what is added meanwhile does not count.
    LineReader(Path file, long limit) throws IOException {
        in = Files.newInputStream(file);
        left = limit;
    }

    /// Goes on to the next whole line.
    ///
    /// @return false when there is none: what is left is then an unfinished line or nothing
    boolean next() throws IOException {
        from = to == 0 && filled == 0 ? 0 : to;
        int seen = from;
        while (true) {
            int end = end(seen);
            if (end >= 0) {
                line(end);
                return true;
            }
            int held = filled - from;
            seen = held;
            if (held >= LONGEST) {
                overlong = true;
                return false;
            }
            System.arraycopy(buffer, from, buffer, 0, held);
            from = 0;
            if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int room = (int) Math.min(left, buffer.length - held);
            int read = room == 0 ? -1 : in.read(buffer, held, room);
            left -= Math.max(0, read);
            filled = held + Math.max(0, read);
            to = 0;
            if (read < 0) {
                return false;
            }
        }
    }

    private int lineEnd;

    private void line(int end) {
        lineEnd = end;
        to = end + 1;
    }

    byte[] buffer() {
        return buffer;
    }

    /// Where the line begins in the buffer.
    int from() {
        return from;
    }

    /// Where it ends, without its end of line.
    int end() {
        return lineEnd;
    }

    /// After the last line: the bytes of an unfinished one.
    int unfinished() {
        return filled - from;
    }

    /// Whether reading stopped at a line that is too long to be one.
    boolean overlong() {
        return overlong;
    }

    /// The first end of line from `at` on, eight bytes at a time; -1 when there is none.
    private int end(int at) {
        int i = at;
        for (; i + 8 <= filled; i += 8) {
            long word = (long) EIGHT.get(buffer, i) ^ ENDS;
            long hit = (word - ONES) & ~word & HIGHS;
            if (hit != 0) {
                return i + Long.numberOfTrailingZeros(hit) / 8;
            }
        }
        for (; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
