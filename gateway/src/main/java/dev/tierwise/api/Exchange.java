package dev.tierwise.api;

import dev.tierwise.call.Sink;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Money;
import dev.tierwise.flow.Client;
import dev.tierwise.wire.openai.ErrorBody;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One client request and its answer. The only place that knows when a client has left: it then
/// interrupts the virtual thread that works for it, and every wait below ends at once.
///
/// Decisions run on the virtual thread, bytes on the event loop; the few fields that both see are
/// guarded by this object.
final class Exchange implements Client {
    private static final Buffer HEARTBEAT = Buffer.buffer(": waiting\n\n");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final @Nullable Duration heartbeat;
    private @Nullable Thread worker;
    private @Nullable Heading announced;
    private @Nullable Heading answering;
    private boolean streams;
    private boolean gone;
    private boolean begun;
    private boolean nameless;
    private boolean closed;
    private long lastWrite;
    private long timer = -1;

    /// Registers for the client's leaving before anything else can happen.
    Exchange(HttpServerRequest request, Context loop, @Nullable Duration heartbeat) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.heartbeat = heartbeat;
        response.closeHandler(_ -> left());
        response.exceptionHandler(_ -> left());
    }

    private synchronized void left() {
        if (response.ended() || closed) {
            return;
        }
        gone = true;
        stopTimer();
        if (worker != null) {
            worker.interrupt();
        }
    }

    /// Runs `work` on a virtual thread of its own, unless the client has left already. The thread
    /// starts outside the lock, which is the first thing that it would wait for.
    ///
    /// @return whether it runs
    boolean work(Runnable work) {
        Thread thread = Thread.ofVirtual().unstarted(work);
        synchronized (this) {
            if (gone) {
                return false;
            }
            worker = thread;
        }
        thread.start();
        return true;
    }

    /// Whether the client wants a stream and can take heartbeats.
    synchronized void expectStream(boolean withHeartbeats) {
        streams = withHeartbeats;
    }

    @Override
    public Executor loop() {
        return task -> loop.runOnContext(_ -> task.run());
    }

    @Override
    public synchronized void announce(Heading heading) {
        announce(heading, false);
    }

    @Override
    public synchronized void hold(Heading heading) {
        announce(heading, true);
    }

    private void announce(Heading heading, boolean undecided) {
        announced = heading;
        nameless = undecided || (begun && nameless);
        if (streams && timer < 0 && heartbeat != null && !gone) {
            lastWrite = System.nanoTime();
            timer = loop.owner().setPeriodic(heartbeat.toMillis(), _ -> beat());
        }
    }

    private synchronized void beat() {
        if (gone || closed || announced == null || heartbeat == null) {
            return;
        }
        if (System.nanoTime() - lastWrite >= heartbeat.toNanos() * 9 / 10) {
            begin(announced);
            lastWrite = System.nanoTime();
            response.write(HEARTBEAT);
        }
    }

    @Override
    public synchronized boolean retract() {
        announced = null;
        return !begun || nameless;
    }

    @Override
    public synchronized void send(Answer answer, Heading heading, @Nullable Money cost) {
        if (gone) {
            return;
        }
        head(heading);
        disclose(heading);
        response.putHeader("x-tierwise-cost-usd", cost == null ? "unknown" : cost.dollars());
        close(200, answer.body());
    }

    @Override
    public synchronized Sink open(Heading heading) {
        if (!begun) {
            nameless = false;
        }
        answering = heading;
        begin(heading);
        return new Sink() {
            @Override
            public boolean accept(Body event) {
                return write(event);
            }

            @Override
            public void whenDrained(Runnable resume) {
                response.drainHandler(_ -> resume.run());
            }
        };
    }

    private void begin(Heading heading) {
        if (begun || gone) {
            return;
        }
        begun = true;
        if (nameless) {
            response.putHeader("x-tierwise-request-id", heading.requestId())
                    .putHeader("x-ai-generated", "true");
        } else {
            head(heading);
            disclose(heading);
        }
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache")
                .putHeader("x-accel-buffering", "no")
                .putHeader(
                        "trailer",
                        nameless
                                ? "x-tierwise-cost-usd, x-tierwise-tier, x-tierwise-model"
                                : "x-tierwise-cost-usd");
    }

    private synchronized boolean write(Body event) {
        if (gone) {
            return true;
        }
        lastWrite = System.nanoTime();
        response.write(Buffer.buffer(event.bytes()));
        return !response.writeQueueFull();
    }

    @Override
    public synchronized void finish(@Nullable Money cost) {
        stopTimer();
        if (gone) {
            return;
        }
        closed = true;
        response.putTrailer("x-tierwise-cost-usd", cost == null ? "unknown" : cost.dollars());
        Heading heading = answering;
        if (nameless && heading != null) {
            response.putTrailer("x-tierwise-tier", heading.tier().word())
                    .putTrailer("x-tierwise-model", printable(heading.model()));
        }
        response.end();
    }

    @Override
    public synchronized void fail(Failure failure, String requestId, @Nullable Heading heading) {
        stopTimer();
        if (gone) {
            return;
        }
        if (begun) {
            failInStream(failure);
            return;
        }
        if (heading == null) {
            response.putHeader("x-tierwise-request-id", requestId);
        } else {
            head(heading);
        }
        if (failure instanceof Failure.Overloaded(_, Duration retryAfter) && retryAfter != null) {
            response.putHeader("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        close(failure.status(), ErrorBody.of(failure));
    }

    /// An error event, then the end of the connection without the end of the body: a client that
    /// does not know error events still sees that the answer is not whole.
    private void failInStream(Failure failure) {
        closed = true;
        String error = new String(ErrorBody.of(failure).bytes(), StandardCharsets.UTF_8);
        response.write(Buffer.buffer("data: " + error.replace("\n", "") + "\n\n"))
                .onComplete(_ -> request.connection().close());
    }

    private void head(Heading heading) {
        response.putHeader("x-tierwise-request-id", heading.requestId())
                .putHeader("x-tierwise-tier", heading.tier().word())
                .putHeader("x-tierwise-model", printable(heading.model()))
                .putHeader("x-tierwise-reason", printable(heading.reason()));
    }

    /// Says in a form for machines that a model made what follows, which one, and when (EU AI Act,
    /// Regulation (EU) 2024/1689, art. 50(2)).
    private void disclose(Heading heading) {
        response.putHeader("x-ai-generated", "true")
                .putHeader(
                        "x-ai-provenance",
                        "model=\""
                                + printable(heading.model()).replace('"', '\'')
                                + "\"; gateway=\"tierwise\"; request="
                                + heading.requestId()
                                + "; time="
                                + Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String printable(String text) {
        return text.codePoints().allMatch(c -> c >= 0x20 && c < 0x7f)
                ? text
                : text.replaceAll("[^ -~]", "?");
    }

    /// Sends a JSON answer of the gateway's own.
    synchronized void close(int status, Body body) {
        if (gone || closed) {
            return;
        }
        closed = true;
        stopTimer();
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(body.bytes()));
    }

    /// Sends a text answer of the gateway's own.
    synchronized void closeText(String type, String text) {
        if (gone || closed) {
            return;
        }
        closed = true;
        response.putHeader("content-type", type).end(text);
    }

    private void stopTimer() {
        if (timer >= 0) {
            loop.owner().cancelTimer(timer);
            timer = -1;
        }
    }

    HttpServerRequest request() {
        return request;
    }
}
