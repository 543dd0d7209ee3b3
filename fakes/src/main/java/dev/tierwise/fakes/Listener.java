package dev.tierwise.fakes;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Listens on one port of 127.0.0.1, can stop and listen again. Safe for use by several threads:
/// the changes happen one after the other.
final class Listener {
    private final Vertx vertx;
    private final Handler<HttpServerRequest> requests;
    private final AtomicInteger connections;
    private volatile int port;
    private @Nullable HttpServer server;
    private Future<?> last = Future.succeededFuture();

    /// Port 0 takes a free one at the first opening, and keeps it.
    Listener(
            Vertx vertx, int port, Handler<HttpServerRequest> requests, AtomicInteger connections) {
        this.vertx = vertx;
        this.port = port;
        this.requests = requests;
        this.connections = connections;
    }

    /// The port, once open.
    int port() {
        return port;
    }

    /// Listens, if it does not.
    synchronized Future<?> open() {
        if (server != null) {
            return last;
        }
        var options = new HttpServerOptions().setHost("127.0.0.1").setAcceptBacklog(1024);
        var next = vertx.createHttpServer(options).requestHandler(requests);
        next.connectionHandler(connection -> {
            connections.incrementAndGet();
            connection.closeHandler(_ -> connections.decrementAndGet());
        });
        server = next;
        last =
                last.transform(_ -> next.listen(port))
                        .onSuccess(listening -> port = listening.actualPort());
        return last;
    }

    /// Stops to listen and closes all connections.
    synchronized Future<?> shut() {
        var open = server;
        if (open != null) {
            server = null;
            last = last.transform(_ -> open.close());
        }
        return last;
    }
}
