package dev.tierwise.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The listening socket: one HTTP server on each event loop, sharing a port. Thread-safe.
public final class Server {
    private final Vertx vertx;
    private final Listen listen;
    private final Supplier<DoorRules> rules;
    private final Services services;
    private final CopyOnWriteArrayList<HttpServer> servers = new CopyOnWriteArrayList<>();

    /// Where to listen.
    ///
    /// @param host address to bind
    /// @param port port to bind; 0 for any free one
    /// @param maxHeader the most bytes of a request's headers
    /// @param loops event loops to use
    /// @param room what the bodies of requests may take of the memory
    public record Listen(String host, int port, int maxHeader, int loops, Room room) {}

    /// @param rules asked anew for each request, so that a reload takes effect at once
    public Server(Vertx vertx, Listen listen, Supplier<DoorRules> rules, Services services) {
        this.vertx = vertx;
        this.listen = listen;
        this.rules = rules;
        this.services = services;
    }

    /// Begins to listen.
    ///
    /// @return the port, or the exception of the bind
    public CompletionStage<Integer> start() {
        var port = new CompletableFuture<Integer>();
        vertx.deployVerticle(
                        () -> new Loop(port), new DeploymentOptions().setInstances(listen.loops()))
                .onFailure(port::completeExceptionally);
        return port;
    }

    /// Takes no new connections, lets running requests end within `grace`, then closes.
    public void stop(Duration grace) {
        var all =
                servers.stream()
                        .map(server -> server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                        .toList();
        Future.join(all).toCompletionStage().toCompletableFuture().join();
    }

    private final class Loop extends VerticleBase {
        private final CompletableFuture<Integer> port;

        Loop(CompletableFuture<Integer> port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            var patience = new Patience(vertx, () -> rules.get().bodyTimeout());
            var door = new Door(context, patience, rules, services, listen.room());
            HttpServer server =
                    vertx.createHttpServer(
                            new HttpServerOptions()
                                    .setMaxHeaderSize(listen.maxHeader())
                                    .setMaxInitialLineLength(listen.maxHeader())
                                    .setHandle100ContinueAutomatically(true)
                                    .setHttp2ClearTextEnabled(false)
                                    // else two handlers look for WebSockets in every request
                                    .setPerFrameWebSocketCompressionSupported(false)
                                    .setPerMessageWebSocketCompressionSupported(false)
                                    .setTcpNoDelay(true));
            servers.add(server);
            return server.connectionHandler(patience::opened)
                    .requestHandler(door::take)
                    .listen(address())
                    .onSuccess(bound -> port.complete(bound.actualPort()));
        }

        /// Any free port must be the same one for all loops.
        private SocketAddress address() {
            return listen.port() == 0
                    ? SocketAddress.sharedRandomPort(1, listen.host())
                    : SocketAddress.inetSocketAddress(listen.port(), listen.host());
        }
    }
}
