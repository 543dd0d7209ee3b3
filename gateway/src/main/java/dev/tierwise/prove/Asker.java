package dev.tierwise.prove;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletionStage;

/// Asks the gateway under test as a client does, on loopback. Thread-safe.
final class Asker implements AutoCloseable {
    private final HttpClient client;
    private final int port;

    Asker(Vertx vertx, int port, int atOnce) {
        this.port = port;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setIdleTimeout(60),
                        new PoolOptions().setHttp1MaxSize(atOnce));
    }

    /// Sends one chat request and gives the status, when the answer has ended.
    ///
    /// @param dataClass what the request declares; empty for nothing
    CompletionStage<Integer> ask(Buffer body, String dataClass) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/v1/chat/completions")
                        .putHeader("content-type", "application/json");
        if (!dataClass.isEmpty()) {
            options.putHeader("x-tierwise-data-class", dataClass);
        }
        return client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.end().map(_ -> response))
                .map(HttpClientResponse::statusCode)
                .toCompletionStage();
    }

    @Override
    public void close() {
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}
