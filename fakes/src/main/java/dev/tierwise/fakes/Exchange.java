package dev.tierwise.fakes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One request and its response, counted from its first byte to its end. Runs on the event loop.
final class Exchange {
    private final HttpServerRequest request;
    private final Observations observations;
    private boolean over;
    private Runnable after = () -> {};

    /// Begins to count and to watch, before anything else is done, so that a client that leaves is
    /// noticed at once.
    Exchange(HttpServerRequest request, Observations observations) {
        this.request = request;
        this.observations = observations;
        observations.active.incrementAndGet();
        request.response().closeHandler(_ -> settle(true));
        request.response().exceptionHandler(_ -> settle(true));
        request.exceptionHandler(_ -> settle(true));
    }

    /// Whether the response has ended or the client has left.
    boolean over() {
        return over;
    }

    /// Runs once when the response has ended or the client has left.
    void afterwards(Runnable task) {
        after = task;
    }

    /// The response, for its head and its flow control.
    HttpServerResponse response() {
        return request.response();
    }

    /// Keeps the request with its body.
    void record(Buffer body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (var header : request.headers()) {
            headers.computeIfAbsent(
                            header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.getValue());
        }
        observations.record(
                new Received(request.method().name(), request.uri(), headers, body.getBytes()));
    }

    /// Writes a piece and counts it once it has left.
    void write(Buffer piece) {
        var _ =
                request.response()
                        .write(piece)
                        .onSuccess(_ -> observations.bytesWritten.addAndGet(piece.length()));
    }

    /// Ends the response in order.
    void end() {
        var _ = request.response().end().onComplete(sent -> settle(sent.failed()));
    }

    /// Closes the connection.
    void cut() {
        settle(false);
        var _ = request.connection().close();
    }

    private void settle(boolean left) {
        if (over) {
            return;
        }
        over = true;
        if (left) {
            observations.abandoned.incrementAndGet();
        }
        observations.active.decrementAndGet();
        after.run();
    }
}
