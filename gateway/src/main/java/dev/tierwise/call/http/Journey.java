package dev.tierwise.call.http;

import dev.tierwise.core.Failure;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request on its way to an upstream and back. A virtual thread waits while the bytes move on
/// an event loop; an interrupt of that thread or a limit that runs out cuts the connection, so the
/// upstream stops working at once.
final class Journey {
    /// An answer larger than this is not read to its end.
    private static final int MAX_ANSWER = 32 << 20;

    /// How long after a limit that ran out while nobody waited is looked again.
    private static final Duration BETWEEN_WAITS = Duration.ofMillis(5);

    private final Upstream upstream;
    private final Executor loop;
    private final long begin = System.nanoTime();
    private volatile boolean begun;
    private volatile boolean paused;
    private volatile long lastByte;
    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable HttpClientResponse response;
    private volatile boolean cut;
    private volatile @Nullable CompletableFuture<?> awaited;
    private boolean broke;
    private boolean settled;
    private long timer = -1;
    private long due;
    private byte[] body = new byte[0];

    Journey(Upstream upstream, Executor loop) {
        this.upstream = upstream;
        this.loop = loop;
    }

    /// Sends `body` and waits until the answer is whole or, where `stream` is set and a stream
    /// comes, until its head is here; the stream is then paused.
    ///
    /// @return what went wrong, or null
    @Nullable Failure send(Cargo out, boolean stream) {
        var arrived = new CompletableFuture<byte[]>();
        loop.execute(() -> send(out, stream, arrived));
        var waited = await(arrived);
        if (waited.failure() == null && waited.value() != null) {
            body = waited.value();
        }
        return waited.failure();
    }

    /// On the event loop: what is registered for the answer is registered before it can come.
    private void send(Cargo out, boolean stream, CompletableFuture<byte[]> arrived) {
        watch();
        Future<HttpClientRequest> pending = upstream.request();
        pending.onSuccess(this::own)
                .compose(sent -> write(sent.exceptionHandler(_ -> {}), out))
                .onFailure(arrived::completeExceptionally)
                .onSuccess(came -> take(came, stream, arrived));
    }

    /// Writes the bytes, if the permit is for these bytes, this place and now. If it is not, the
    /// connection ends and nothing of them has left.
    private Future<HttpClientResponse> write(HttpClientRequest made, Cargo out) {
        Optional<String> objection = out.objection(made.connection(), upstream.host());
        if (objection.isEmpty()) {
            return made.send(Buffer.buffer(out.body().bytes()));
        }
        made.connection().close();
        return Future.failedFuture(new Withheld(objection.get()));
    }

    /// Bytes that may not leave.
    private static final class Withheld extends RuntimeException {
        private static final long serialVersionUID = 1;

        Withheld(String objection) {
            super(objection, null, false, false);
        }
    }

    /// Takes the request over, or ends it where nobody waits for it any more. A connection that
    /// comes late must be closed, or it stays in the pool with a request that never was sent.
    private void own(HttpClientRequest made) {
        synchronized (this) {
            if (!cut) {
                request = made;
            }
        }
        if (!cut) {
            watchSooner();
            return;
        }
        made.connection().close();
    }

    private void take(HttpClientResponse came, boolean stream, CompletableFuture<byte[]> arrived) {
        response = came;
        if (stream && came.statusCode() == 200 && streams()) {
            // a connection that breaks before anybody reads must not be waited for
            came.exceptionHandler(_ -> broke = true);
            came.pause();
            arrived.complete(new byte[0]);
            return;
        }
        var bytes = new ByteArrayOutputStream(1024);
        came.exceptionHandler(problem -> {
            settle();
            arrived.completeExceptionally(problem);
        });
        came.handler(chunk -> {
            touched();
            bytes.writeBytes(chunk.getBytes());
            if (bytes.size() > MAX_ANSWER) {
                arrived.completeExceptionally(new TooLarge());
                cut();
            }
        });
        came.endHandler(_ -> {
            settle();
            arrived.complete(bytes.toByteArray());
        });
    }

    /// An answer that is larger than anything a chat gives.
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("an answer of more than 32 MiB", null, false, false);
        }
    }

    /// What waiting came to; one of the two is null, or both where the awaited value is nothing.
    record Waited<T>(@Nullable T value, @Nullable Failure failure) {}

    /// Waits within the upstream's limits; when one runs out, or the thread is interrupted, the
    /// connection is cut. The limits are watched on the event loop, where a timer costs little: a
    /// timed wait of a virtual thread wakes a scheduler thread for every request.
    <T> Waited<T> await(CompletableFuture<T> future) {
        expect(future);
        try {
            return new Waited<>(future.get(), null);
        } catch (InterruptedException _) {
            cut();
            Thread.currentThread().interrupt();
            return new Waited<>(null, new Failure.Abandoned("The client left."));
        } catch (ExecutionException e) {
            cut();
            return new Waited<>(null, broken(e.getCause() == null ? e : e.getCause()));
        }
    }

    /// Lets `future` fail when a limit runs out, whether anybody waits for it or not.
    void expect(CompletableFuture<?> future) {
        awaited = future;
    }

    /// On the event loop: looks whether a limit has run out, and if not, when to look again.
    private void watch() {
        timer = -1;
        if (settled || cut) {
            return;
        }
        due = deadline();
        long left = due - System.nanoTime();
        if (left <= 0) {
            CompletableFuture<?> waiting = awaited;
            if (waiting != null && waiting.completeExceptionally(new Late(late()))) {
                return;
            }
            // between two waits: what comes next is to be cut as well
            left = BETWEEN_WAITS.toNanos();
        }
        timer = upstream.vertx().setTimer(left / 1_000_000 + 1, _ -> watch());
    }

    /// On the event loop: a new phase has begun, whose limit may end before that of the last.
    private void watchSooner() {
        if (timer >= 0 && deadline() < due) {
            upstream.vertx().cancelTimer(timer);
            watch();
        }
    }

    /// On the event loop: nothing more comes that could be late.
    private void settle() {
        settled = true;
        if (timer >= 0) {
            upstream.vertx().cancelTimer(timer);
            timer = -1;
        }
    }

    /// A limit ran out.
    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Failure failure;

        Late(Failure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }
    }

    private long deadline() {
        Endpoint.Limits limits = upstream.limits();
        long phase =
                begun
                        ? lastByte + limits.idle().toNanos()
                        : request == null
                                ? begin + limits.connect().toNanos()
                                : begin + limits.firstByte().toNanos();
        return Math.min(phase, begin + limits.total().toNanos());
    }

    private Failure late() {
        Endpoint.Limits limits = upstream.limits();
        if (paused) {
            return new Failure.Abandoned(
                    "The client took nothing for " + limits.idle().toMillis() + " ms.");
        }
        if (System.nanoTime() - begin >= limits.total().toNanos()) {
            return timeout("did not end within ", limits.total(), Failure.Phase.TOTAL);
        }
        if (begun) {
            return timeout("sent nothing more for ", limits.idle(), Failure.Phase.IDLE);
        }
        return request == null
                ? timeout("accepted no connection within ", limits.connect(), Failure.Phase.CONNECT)
                : timeout("began no answer within ", limits.firstByte(), Failure.Phase.FIRST_BYTE);
    }

    private Failure timeout(String what, Duration limit, Failure.Phase phase) {
        String key =
                phase == Failure.Phase.QUEUE
                        ? "queue-wait"
                        : "timeouts." + phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Failure.Timeout(
                upstream.says("it " + what + limit.toMillis() + " ms (`" + key + "`)"), phase);
    }

    private Failure broken(Throwable cause) {
        if (cause instanceof Late late) {
            return late.failure;
        }
        if (cause instanceof Withheld) {
            return new Failure.Uncleared(
                    upstream.says("nothing was sent, " + cause.getMessage()), "permit");
        }
        if (cause instanceof ConnectTimeoutException) {
            return timeout(
                    "accepted no connection within ",
                    upstream.limits().connect(),
                    Failure.Phase.CONNECT);
        }
        if (cause instanceof TooLarge) {
            return new Failure.Broken(
                    upstream.says("it sent " + cause.getMessage()), Failure.Fault.GARBLED);
        }
        if (request == null) {
            return new Failure.Broken(
                    upstream.says("no connection, " + reason(cause)), Failure.Fault.REFUSED);
        }
        String when = response == null ? "before it answered" : "in mid-answer";
        return new Failure.Broken(upstream.says("the connection broke " + when), Failure.Fault.CUT);
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "its host name is not known; check its `url`";
            case ConnectException _ -> "nothing listens there; start it, or check its `url`";
            case SSLException _ -> "TLS failed; check whether its `url` is http or https";
            default -> "it broke while it was made";
        };
    }

    /// Ends the request wherever it is.
    void cut() {
        HttpClientRequest running;
        synchronized (this) {
            cut = true;
            running = request;
        }
        if (running != null) {
            running.reset();
        }
    }

    /// Notes on the event loop that bytes of the answer came.
    void touched() {
        lastByte = System.nanoTime();
        if (!begun) {
            begun = true;
            watchSooner();
        }
    }

    /// Reads the paused answer from here on, on the event loop.
    ///
    /// @param chunk gets each piece
    /// @param end told whether the body ended as it should
    void read(Consumer<Buffer> chunk, Consumer<Boolean> end) {
        loop.execute(() -> {
            if (broke) {
                // the response takes no more handlers, so nothing else would ever be told
                end.accept(false);
                return;
            }
            response()
                    .exceptionHandler(_ -> over(end, false))
                    .endHandler(_ -> over(end, true))
                    .handler(chunk::accept)
                    .resume();
        });
    }

    private void over(Consumer<Boolean> end, boolean properly) {
        settle();
        end.accept(properly);
    }

    /// Stops reading because the client is slow.
    void pause() {
        paused = true;
        response().pause();
    }

    /// Reads on.
    void resume() {
        if (paused) {
            paused = false;
            lastByte = System.nanoTime();
        }
        response().resume();
    }

    /// Time since the request began.
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    HttpClientResponse response() {
        HttpClientResponse came = response;
        if (came == null) {
            throw new IllegalStateException("no response yet");
        }
        return came;
    }

    int status() {
        return response().statusCode();
    }

    byte[] body() {
        return body;
    }

    @Nullable String header(String name) {
        MultiMap headers = response().headers();
        return headers.get(name);
    }

    String contentType() {
        String type = header("content-type");
        return type == null ? "no content type" : type;
    }

    boolean streams() {
        return contentType().startsWith(upstream.talk().streamType());
    }
}
