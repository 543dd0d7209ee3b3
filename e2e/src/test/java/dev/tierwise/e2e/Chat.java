package dev.tierwise.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that keeps exactly what it saw. Safe for use by several threads.
///
/// @param gateway where requests go, with `/v1` at the end
record Chat(URI gateway) {
    /// In every prompt; must never be seen outside an upstream.
    static final String CANARY = "canary-7f3b1c-prompt";

    private static final AtomicInteger TASKS = new AtomicInteger();

    /// What a client saw.
    ///
    /// @param status the HTTP status
    /// @param headers by their names in lower case
    /// @param body as far as it came
    record Seen(int status, Map<String, String> headers, Wire.Body body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean broken() {
            return body.broken();
        }

        String text() {
            return new String(body.bytes(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body.bytes());
        }

        /// The data of each event.
        List<String> events() {
            return text().lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList();
        }

        /// The text of a streamed answer.
        String streamedText() {
            var text = new StringBuilder();
            for (String event : events()) {
                if (!event.equals("[DONE]")) {
                    var choice = JsonMapper.shared().readTree(event).path("choices").path(0);
                    text.append(choice.path("delta").path("content").asString(""));
                }
            }
            return text.toString();
        }
    }

    /// A name for a task that nobody used before, by which the ledger finds the request.
    static String newTask() {
        return "task-" + TASKS.incrementAndGet();
    }

    /// A request's body.
    static String body(String model, boolean stream) {
        return """
        {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "Hello %s"}]}\
        """
                .formatted(model, stream, CANARY);
    }

    /// Sends `body` and reads the answer to its end; headers are names and values in turn.
    Seen ask(String body, String... headers) {
        return send("POST", "/v1/chat/completions", body, headers);
    }

    /// Sends `body` to another path of the gateway.
    Seen post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /// Reads another path of the gateway, such as `/readyz`.
    Seen get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    private Seen send(String method, String path, String body, String... headers) {
        try (Wire wire = Wire.to(gateway)) {
            wire.send(request(method, path, body, headers));
            Wire.Head head = wire.head();
            return new Seen(head.status(), head.headers(), wire.body(head));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a chat request and leaves the answer to the caller, who closes the connection.
    Wire begin(String body, String... headers) throws IOException {
        Wire wire = Wire.to(gateway);
        wire.send(request("POST", "/v1/chat/completions", body, headers));
        return wire;
    }

    private String request(String method, String path, String body, String... headers) {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean host = false;
        for (int i = 0; i < headers.length; i += 2) {
            text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            host |= headers[i].equals("host");
        }
        if (!host) {
            text.append("host: ").append(gateway.getAuthority()).append("\r\n");
        }
        if (!body.isEmpty()) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            text.append("content-type: application/json\r\ncontent-length: " + length + "\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }
}
