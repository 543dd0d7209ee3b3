package dev.tierwise.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The chat request that is sent over and over: about 1 KB of JSON, as a short chat has. A word in
/// it is another each time, because the gateway remembers texts that it has scanned.
public final class Question {
    /// Stands where a word is that changes.
    static final String WORD = "aaaaaaaa";

    private Question() {}

    /// The body of the request.
    public static String body(String model, Kind kind) {
        String words =
                IntStream.rangeClosed(1, 7)
                        .mapToObj(n ->
                                "Customer "
                                        + n
                                        + " writes that the invoice of last month was"
                                        + " charged twice and asks for one of them back.")
                        .collect(Collectors.joining(" ", "Ticket " + WORD + ". ", ""));
        return """
        {"model":"%s","temperature":0.2,"max_tokens":256,%s"messages":[\
        {"role":"system","content":"You sort support tickets into one of five categories."},\
        {"role":"user","content":"%s"}]}\
        """
                .formatted(model, kind.fields(), words);
    }

    /// Head and body as they go over the wire to a target on this port.
    static byte[] request(int port, String model, Kind kind) {
        String body = body(model, kind);
        String head =
                """
                POST /v1/chat/completions HTTP/1.1
                Host: 127.0.0.1:%d
                Content-Type: application/json
                Authorization: Bearer sk-bench
                Content-Length: %d

                """
                        .formatted(port, body.getBytes(StandardCharsets.UTF_8).length)
                        .replace("\n", "\r\n");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }
}
