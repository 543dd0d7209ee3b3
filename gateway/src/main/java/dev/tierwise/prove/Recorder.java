package dev.tierwise.prove;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An upstream on loopback that tells every mark in whatever reaches it: request line, headers and
/// body. It answers as an OpenAI-compatible server does, or with the fault that is set.
/// Thread-safe.
final class Recorder implements AutoCloseable {
    private static final Pattern MARK = Pattern.compile(Canary.PREFIX + "[a-z]{10}");

    private static final String ANSWER =
            """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
            "message":{"role":"assistant","content":"The top one."},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
            """;

    private static final String STREAM =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{"content":"The top one."},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    /// How it behaves.
    enum Mood {
        ANSWERS,
        FAILS,
        BUSY,
        CUTS,
        REDIRECTS
    }

    private final HttpServer server;
    private final Consumer<String> seen;
    private final Consumer<String> read;
    private final AtomicLong requests = new AtomicLong();
    private volatile Mood mood = Mood.ANSWERS;
    private volatile String elsewhere = "http://127.0.0.1:1/";

    /// @param seen told of each mark that arrives
    /// @param read told of each body that arrives
    Recorder(Vertx vertx, Consumer<String> seen, Consumer<String> read) {
        this.seen = seen;
        this.read = read;
        this.server = vertx.createHttpServer().requestHandler(this::take);
    }

    /// Listens on a free port of loopback.
    int start() {
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    void behave(Mood next) {
        mood = next;
    }

    /// Where it sends clients on to when it redirects.
    void pointTo(int port) {
        elsewhere = "http://127.0.0.1:" + port + "/v1/chat/completions";
    }

    /// How many requests came.
    long requests() {
        return requests.get();
    }

    private void take(HttpServerRequest request) {
        look(request.uri());
        request.headers().forEach((_, value) -> look(value));
        request.body()
                .onSuccess(body -> {
                    requests.incrementAndGet();
                    String text = body.toString(StandardCharsets.ISO_8859_1);
                    look(text);
                    read.accept(body.toString(StandardCharsets.UTF_8));
                    answer(request, text.contains("\"stream\":true"));
                });
    }

    private void look(String text) {
        Matcher marks = MARK.matcher(text);
        while (marks.find()) {
            seen.accept(marks.group());
        }
    }

    private void answer(HttpServerRequest request, boolean stream) {
        HttpServerResponse response = request.response();
        switch (mood) {
            case ANSWERS ->
                    response.putHeader(
                                    "content-type",
                                    stream ? "text/event-stream" : "application/json")
                            .end(Buffer.buffer(stream ? STREAM : ANSWER));
            case FAILS -> response.setStatusCode(500).end("{\"error\":{\"message\":\"no\"}}");
            case BUSY -> response.setStatusCode(429).end("{\"error\":{\"message\":\"busy\"}}");
            case CUTS -> request.connection().close();
            case REDIRECTS -> response.setStatusCode(307).putHeader("location", elsewhere).end();
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
