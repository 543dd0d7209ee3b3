package dev.tierwise.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 5\r\n\r\nhello";
    private static final String REFUSED = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    private static final String STREAM =
            String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "Transfer-Encoding: chunked",
                    "",
                    "b",
                    "data: one\n\n",
                    "5",
                    ": hi\n",
                    "6;x=y",
                    "\ndata:",
                    "e",
                    " two data:\n\nda",
                    "6",
                    "ta: x\n",
                    "0",
                    "Trailer: t",
                    "",
                    "");

    private record Seen(int status, long bytes, int events) {}

    private static final List<Seen> EXPECTED =
            List.of(new Seen(200, 5, 0), new Seen(503, 0, 0), new Seen(200, 42, 3));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAreTheSameWhereverTheBytesAreSplit(long seed) {
        var random = new Random(seed);
        byte[] bytes = (WHOLE + REFUSED + STREAM).getBytes(StandardCharsets.US_ASCII);
        var reader = new AnswerReader();
        var seen = new ArrayList<Seen>();

        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
            feed(reader, Unpooled.wrappedBuffer(bytes, at, length), seen);
            at += length;
        }

        assertThat(seen).isEqualTo(EXPECTED);
    }

    private static void feed(AnswerReader reader, ByteBuf piece, List<Seen> seen) {
        while (piece.isReadable()) {
            if (reader.read(piece)) {
                seen.add(new Seen(reader.status(), reader.bodyBytes(), reader.events()));
            }
        }
    }

    @Test
    void answersInOneBufferAreToldApart() {
        var seen = new ArrayList<Seen>();
        ByteBuf all = Unpooled.copiedBuffer(WHOLE + REFUSED + STREAM, StandardCharsets.US_ASCII);

        feed(new AnswerReader(), all, seen);

        assertThat(seen).isEqualTo(EXPECTED);
    }

    @Test
    void anAnswerWithoutLengthIsRefused() {
        ByteBuf answer =
                Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\n\r\n", StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new AnswerReader().read(answer)).hasMessageContaining("length");
    }
}
