package dev.tierwise.call.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A llama-server without a model, as a program of its own: wants its key, is ready after a moment,
/// answers every prompt with one sentence, and dies when a prompt says `crash`.
public final class FakeLlama {
    private static final long LOADING_MILLIS = 200;
    private static final String STREAMED =
            """
            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

            """;
    private static final String WHOLE =
            """
            {"id":"1","object":"chat.completion","created":1,"model":"m",
             "choices":[{"index":0,"finish_reason":"stop",
                         "message":{"role":"assistant","content":"Hello"}}],
             "usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
            """;

    private FakeLlama() {}

    /// Serves until it is ended.
    ///
    /// @param arguments a file to write starts to, how to behave, then llama-server's own arguments
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var args = List.of(arguments);
        Files.writeString(
                Path.of(args.get(0)),
                ProcessHandle.current().pid()
                        + " "
                        + String.join(" ", args.subList(2, args.size()))
                        + " env "
                        + String.join(",", System.getenv().keySet())
                        + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        System.out.println("loading the model");
        if (args.get(1).equals("broken")) {
            System.out.println("error loading model: unknown architecture");
            System.exit(1);
        }
        if (args.get(1).equals("silent")) {
            TimeUnit.MINUTES.sleep(5);
        }
        serve(Integer.parseInt(args.get(args.indexOf("--port") + 1)), args.get(1).equals("open"));
    }

    @SuppressWarnings("SystemOut")
    private static void serve(int port, boolean open) throws IOException {
        long begin = System.nanoTime();
        String key = open ? "" : "Bearer " + System.getenv("LLAMA_API_KEY");
        var server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(
                "/health",
                exchange -> {
                    boolean ready = System.nanoTime() - begin > LOADING_MILLIS * 1_000_000;
                    send(exchange, ready ? 200 : 503, "{}");
                });
        server.createContext(
                "/props", exchange -> guarded(exchange, key, () -> send(exchange, 200, "{}")));
        server.createContext(
                "/v1/chat/completions", exchange -> guarded(exchange, key, () -> chat(exchange)));
        server.start();
    }

    private interface Answer {
        void send() throws IOException;
    }

    private static void guarded(HttpExchange exchange, String key, Answer answer)
            throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("authorization");
        if (key.isEmpty() || key.equals(shown)) {
            answer.send();
        } else {
            send(exchange, 401, "{\"error\":{\"message\":\"Invalid API Key\"}}");
        }
    }

    @SuppressWarnings("SystemOut")
    private static void chat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println("error: a line that quotes the prompt: " + body);
        System.out.flush();
        if (!body.contains("crash")) {
            exchange.getResponseHeaders().set("content-type", "application/json");
            send(exchange, 200, WHOLE);
            return;
        }
        if (body.contains("\"stream\":true")) {
            exchange.getResponseHeaders().set("content-type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(STREAMED.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            pause();
        }
        Runtime.getRuntime().halt(134);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
