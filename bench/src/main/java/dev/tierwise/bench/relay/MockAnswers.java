package dev.tierwise.bench.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the mock upstream says, made once: a fixed JSON answer and a fixed stream.
public final class MockAnswers {
    /// Chunks with words in one stream.
    public static final int CHUNKS = 32;

    /// `data:` lines in one stream: the chunks and `[DONE]`.
    public static final int EVENTS = CHUNKS + 1;

    private MockAnswers() {}

    /// The body of the whole answer; always the same bytes.
    public static String json() {
        return """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1763856000,"model":"mock-1",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"Category: billing. The \
        customer was charged twice for one invoice and asks for one of the payments back."},\
        "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":212,\
        "completion_tokens":24,"total_tokens":236},"system_fingerprint":"fp_bench"}\
        """;
    }

    /// The whole answer with its head.
    static byte[] jsonAnswer() {
        String body = json();
        return utf8(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    /// The pieces of a streamed answer in order; each is written at once, the first with the head.
    static List<byte[]> streamPieces() {
        List<String> events = streamEvents();
        var pieces = new ArrayList<byte[]>();
        for (int i = 0; i < CHUNKS; i++) {
            String piece = framed(events.get(i));
            if (i == 0) {
                piece =
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + piece;
            }
            if (i == CHUNKS - 1) {
                piece += framed(events.getLast()) + "0\r\n\r\n";
            }
            pieces.add(utf8(piece));
        }
        return pieces;
    }

    /// The events of a streamed answer as text, without the framing of HTTP.
    public static List<String> streamEvents() {
        var events = new ArrayList<String>();
        for (int i = 0; i < CHUNKS; i++) {
            events.add("data: " + chunk(i) + "\n\n");
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String chunk(int number) {
        return """
        {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1763856000,\
        "model":"mock-1","system_fingerprint":"fp_bench","choices":[{"index":0,\
        "delta":{%s"content":"word%02d "},"logprobs":null,"finish_reason":%s}]}\
        """
                .formatted(
                        number == 0 ? "\"role\":\"assistant\"," : "",
                        number,
                        number == CHUNKS - 1 ? "\"stop\"" : "null");
    }

    private static String framed(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
