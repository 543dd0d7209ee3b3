package dev.tierwise.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 answers off a connection, one after the other, as cheaply as can be: keeps the
/// status, counts body bytes and the `data:` lines of an event stream. Knows bodies by
/// `Content-Length` and by chunks. One reader a connection; not thread-safe.
final class AnswerReader {
    private enum Part {
        HEAD,
        LENGTH_BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HEAD = 16 * 1024;

    private final byte[] line = new byte[LONGEST_HEAD];
    private Part part = Part.HEAD;
    private int lineLength;
    private long left;
    private int matched;

    private int status;
    private long bodyBytes;
    private int events;

    /// Reads on, at most to the end of the current answer; bytes after it stay in the buffer.
    ///
    /// @return whether the answer is complete; status, size and events are then its own until the
    ///   next call
    /// @throws IllegalStateException when the bytes are no HTTP answer
    boolean read(ByteBuf bytes) {
        while (bytes.isReadable()) {
            boolean done =
                    switch (part) {
                        case HEAD -> head(bytes);
                        case LENGTH_BODY -> body(bytes);
                        case CHUNK_SIZE -> chunkSize(bytes);
                        case CHUNK -> chunk(bytes);
                        case CHUNK_END -> chunkEnd(bytes);
                        case TRAILER -> trailer(bytes);
                    };
            if (done) {
                part = Part.HEAD;
                return true;
            }
        }
        return false;
    }

    int status() {
        return status;
    }

    /// Bytes of the body, without the framing of chunks.
    long bodyBytes() {
        return bodyBytes;
    }

    /// Lines of the body that begin with `data:`.
    int events() {
        return events;
    }

    private boolean head(ByteBuf bytes) {
        while (bytes.isReadable()) {
            append(bytes.readByte());
            if (lineLength >= 4 && line[lineLength - 1] == '\n' && line[lineLength - 3] == '\n') {
                return begin();
            }
        }
        return false;
    }

    private boolean begin() {
        String head = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
        lineLength = 0;
        bodyBytes = 0;
        events = 0;
        matched = 0;
        if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
            throw new IllegalStateException("not an HTTP/1.1 answer");
        }
        status = Integer.parseInt(head, 9, 12, 10);
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
            part = Part.CHUNK_SIZE;
            return false;
        }
        int length = lower.indexOf("\r\ncontent-length:");
        if (length < 0) {
            throw new IllegalStateException("an answer without a length");
        }
        int from = length + "\r\ncontent-length:".length();
        left = Long.parseLong(lower.substring(from, lower.indexOf("\r\n", from)).strip());
        part = Part.LENGTH_BODY;
        return left == 0;
    }

    private boolean body(ByteBuf bytes) {
        take(bytes);
        return left == 0;
    }

    private boolean chunk(ByteBuf bytes) {
        take(bytes);
        if (left == 0) {
            part = Part.CHUNK_END;
        }
        return false;
    }

    private void take(ByteBuf bytes) {
        int count = (int) Math.min(left, bytes.readableBytes());
        for (int at = bytes.readerIndex(), end = at + count; at < end; at++) {
            count(bytes.getByte(at));
        }
        bytes.skipBytes(count);
        bodyBytes += count;
        left -= count;
    }

    /// `matched` is how much of `data:` stands at the start of this line, or -1 when the line began
    /// otherwise.
    private void count(byte b) {
        if (b == '\n') {
            matched = 0;
        } else if (matched >= 0) {
            matched = matched < DATA.length && b == DATA[matched] ? matched + 1 : -1;
            if (matched == DATA.length) {
                events++;
                matched = -1;
            }
        }
    }

    private boolean chunkSize(ByteBuf bytes) {
        if (readLine(bytes)) {
            String size = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1).strip();
            lineLength = 0;
            int extension = size.indexOf(';');
            left = Long.parseLong(extension < 0 ? size : size.substring(0, extension), 16);
            part = left == 0 ? Part.TRAILER : Part.CHUNK;
        }
        return false;
    }

    private boolean chunkEnd(ByteBuf bytes) {
        if (readLine(bytes)) {
            lineLength = 0;
            part = Part.CHUNK_SIZE;
        }
        return false;
    }

    private boolean trailer(ByteBuf bytes) {
        if (!readLine(bytes)) {
            return false;
        }
        boolean empty = lineLength <= 2;
        lineLength = 0;
        return empty;
    }

    private boolean readLine(ByteBuf bytes) {
        while (bytes.isReadable()) {
            append(bytes.readByte());
            if (line[lineLength - 1] == '\n') {
                return true;
            }
        }
        return false;
    }

    private void append(byte b) {
        if (lineLength == line.length) {
            throw new IllegalStateException("a line or head of more than " + LONGEST_HEAD);
        }
        line[lineLength++] = b;
    }
}
