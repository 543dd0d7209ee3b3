package dev.tierwise.fakes.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// Sends requests of every kind to a gateway. For one thread.
final class Traffic {
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN =
            """
            {"model": "auto", "messages": [{"role": "system", "content": "Be brief."},
             {"role": "user", "content": "What is the capital of France?"}], "max_tokens": 20}
            """;
    private static final String STREAMED =
            """
            {"model": "tier:local", "stream": true, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "Prove that the square root of 2 is irrational."}]}
            """;

    /// Answered where the demonstration model runs, else a model that is not found.
    private static final String TICKET =
            "{\"model\": \"tierwise-demo\", \"messages\": [{\"role\": \"user\","
                    + " \"content\": \"Classify this ticket: my card was charged twice\"}]}";

    private static final String TOOLS =
            """
            {"model": "auto", "messages": [{"role": "user", "content": [
              {"type": "text", "text": "def f(x): return x + 1 # what does it do?"}]}],
             "tools": [{"type": "function", "function": {"name": "weather",
               "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}],
             "response_format": {"type": "json_object"}}
            """;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /// Traffic for the gateway at `base`.
    Traffic(URI base) {
        this.base = base;
    }

    /// Waits until the gateway says that it is alive.
    void awaitListening(Child gateway, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!answersWell(get("/healthz"))) {
            if (System.nanoTime() > deadline) {
                throw gateway.failure("did not listen within " + limit);
            }
            gateway.pause();
        }
    }

    /// Sends eight requests a round, the same in each, and counts the chats that were answered:
    /// what only describes the gateway has a good status with no model at all.
    int send(int rounds) throws InterruptedException {
        var requests =
                List.of(
                        post(CHAT, PLAIN),
                        post(CHAT, STREAMED),
                        post(CHAT, TOOLS),
                        post(CHAT, TICKET),
                        post(CHAT, "{\"stream\": true, " + TICKET.substring(1)),
                        post("/v1/route", PLAIN),
                        post(CHAT, "{\"messages\": 7}"),
                        get("/v1/models"),
                        get("/metrics"),
                        get("/readyz"));
        int answered = 0;
        for (int round = 0; round < rounds; round++) {
            for (var request : requests) {
                boolean chat = request.uri().getPath().equals(CHAT);
                answered += answersWell(request) && chat ? 1 : 0;
            }
        }
        return answered;
    }

    private boolean answersWell(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private HttpRequest get(String path) {
        return request(path).GET().build();
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10));
    }
}
