package dev.tierwise.call.http;

import dev.tierwise.call.Fetch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Small exchanges without a prompt, over HTTP. Follows no redirect and reads no proxy settings.
public final class HttpFetch implements Fetch, Fetch.Lines {
    private static final int MAX_BODY = 4 << 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final BooleanSupplier homebound;

    /// @param vertx the event loops
    public HttpFetch(Vertx vertx) {
        this(vertx, () -> false);
    }

    /// @param vertx the event loops
    /// @param homebound whether nothing may leave this machine now; nobody else is asked then
    public HttpFetch(Vertx vertx, BooleanSupplier homebound) {
        this.vertx = vertx;
        this.homebound = homebound;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(false),
                        new PoolOptions().setHttp1MaxSize(64));
    }

    @Override
    public Reply fetch(Request request) {
        if (kept(request)) {
            return new Reply.Unreachable(Homebound.WORDS);
        }
        var reply = new CompletableFuture<Reply>();
        vertx.getOrCreateContext()
                .runOnContext(_ -> {
                    try {
                        send(request, reply);
                    } catch (IllegalStateException closed) {
                        // a search that ends early closes the client under its last questions
                        reply.completeExceptionally(closed);
                    }
                });
        try {
            return reply.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new Reply.Silent();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Silent();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TimeoutException) {
                return new Reply.Silent(); // the connection's own clock was quicker
            }
            return new Reply.Unreachable(cause.getClass().getSimpleName());
        }
    }

    private boolean kept(Request request) {
        return !Homebound.isHere(request.uri().getHost()) && homebound.getAsBoolean();
    }

    /// A name of this machine that leads elsewhere is told nothing while nothing may leave.
    private Future<HttpClientRequest> connected(Request request) {
        return client.request(options(request))
                .compose(sent -> {
                    String peer = sent.connection().remoteAddress().hostAddress();
                    if (!homebound.getAsBoolean() || Homebound.isLoopback(peer)) {
                        return Future.succeededFuture(sent);
                    }
                    sent.connection().close();
                    return Future.failedFuture(new ConnectException(Homebound.WORDS));
                });
    }

    private void send(Request request, CompletableFuture<Reply> reply) {
        connected(request)
                .compose(sent -> {
                    sent.idleTimeout(request.timeout().toMillis());
                    return request.body().isEmpty()
                            ? sent.send()
                            : sent.send(Buffer.buffer(request.body()));
                })
                .onFailure(reply::completeExceptionally)
                .onSuccess(response -> {
                    Buffer body = Buffer.buffer();
                    response.exceptionHandler(reply::completeExceptionally);
                    response.handler(chunk -> {
                        if (body.length() < MAX_BODY) {
                            body.appendBuffer(chunk);
                        }
                    });
                    response.endHandler(_ ->
                            reply.complete(
                                    new Reply.Answered(
                                            response.statusCode(),
                                            body.toString(StandardCharsets.UTF_8))));
                });
    }

    @Override
    public Lines.Ended lines(Request request, Duration idle, Predicate<String> taker) {
        if (kept(request)) {
            return new Lines.Ended.Unreachable(Homebound.WORDS);
        }
        var queue = new LineQueue();
        vertx.getOrCreateContext()
                .runOnContext(_ -> {
                    try {
                        begin(request, queue);
                    } catch (IllegalStateException closed) {
                        queue.broken(closed);
                    }
                });
        return queue.handTo(taker, request, idle);
    }

    private void begin(Request request, LineQueue queue) {
        connected(request)
                .compose(sent -> {
                    queue.sent(sent);
                    return request.body().isEmpty()
                            ? sent.send()
                            : sent.send(Buffer.buffer(request.body()));
                })
                .onFailure(queue::broken)
                .onSuccess(queue::begin);
    }

    private static RequestOptions options(Request request) {
        URI uri = request.uri();
        boolean ssl = "https".equalsIgnoreCase(uri.getScheme());
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setHost(uri.getHost())
                        .setPort(uri.getPort() > 0 ? uri.getPort() : ssl ? 443 : 80)
                        .setSsl(ssl)
                        .setFollowRedirects(false)
                        .setConnectTimeout(request.timeout().toMillis())
                        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        request.headers().forEach(options::putHeader);
        return options;
    }
}
