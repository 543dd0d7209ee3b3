package dev.tierwise.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Closes connections that dawdle: those that take too long to send a request, and those that idle
/// between two. One for each event loop, which sweeps; answers end on threads of their own. A
/// request that is being answered may take as long as its model does.
final class Patience {
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Supplier<Duration> bodyTimeout;
    private final Map<HttpConnection, Wait> waits = new ConcurrentHashMap<>();

    private record Wait(long since, boolean reading) {}

    Patience(Vertx vertx, Supplier<Duration> bodyTimeout) {
        this.bodyTimeout = bodyTimeout;
        vertx.setPeriodic(SWEEP.toMillis(), _ -> sweep());
    }

    /// A connection opened; its first request is awaited.
    void opened(HttpConnection connection) {
        waits.put(connection, new Wait(System.nanoTime(), true));
        connection.closeHandler(_ -> waits.remove(connection));
    }

    /// The head of a request came.
    void reading(HttpConnection connection) {
        waits.put(connection, new Wait(System.nanoTime(), true));
    }

    /// The request is here; its answer may take its time.
    void answering(HttpConnection connection) {
        waits.remove(connection);
    }

    /// The answer is out; the next request is awaited.
    void idle(HttpConnection connection) {
        waits.put(connection, new Wait(System.nanoTime(), false));
    }

    private void sweep() {
        long now = System.nanoTime();
        long reading = bodyTimeout.get().toNanos();
        var late = new ArrayList<HttpConnection>();
        waits.forEach((connection, wait) -> {
            if (now - wait.since > (wait.reading ? reading : IDLE.toNanos())) {
                late.add(connection);
            }
        });
        // closing calls back into this map, so it comes after the walk
        for (HttpConnection connection : late) {
            waits.remove(connection);
            connection.close();
        }
    }
}
