package dev.tierwise.api;

import dev.tierwise.call.Sink;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Money;
import dev.tierwise.core.Prompt;
import dev.tierwise.flow.Client;
import dev.tierwise.wire.Read;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final @Nullable Duration heartbeat;
    private Voice voice = Voice.OPENAI;
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

    /// The dialect to answer in; before anything is answered.
    synchronized void speak(Voice spoken) {
        voice = spoken;
    }

    /// What is to be answered.
    ///
    /// @param withHeartbeats whether the client wants a stream and can take heartbeats
    synchronized void expect(Prompt prompt, boolean withHeartbeats) {
        voice.expect(prompt);
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
            response.write(Buffer.buffer(voice.heartbeat().bytes()));
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
        switch (voice.whole(answer, heading)) {
            case Read.Good<Body>(Body body) -> {
                head(heading);
                disclose(heading);
                response.putHeader(
                        "x-tierwise-cost-usd", cost == null ? "unknown" : cost.dollars());
                close(200, body);
            }
            case Read.Bad<Body>(Failure.Malformed problem) ->
                    fail(unsayable(problem), heading.requestId(), heading);
        }
    }

    /// An answer that has no form in the client's dialect is no answer.
    private static Failure unsayable(Failure.Malformed problem) {
        return new Failure.Broken(problem.message(), Failure.Fault.GARBLED);
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
            identify(heading.requestId());
            response.putHeader("x-ai-generated", "true");
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
        byte[] told = voice.events(event, answering).bytes();
        if (told.length > 0) {
            lastWrite = System.nanoTime();
            response.write(Buffer.buffer(told));
        }
        return !response.writeQueueFull();
    }

    @Override
    public synchronized void finish(@Nullable Money cost) {
        stopTimer();
        if (gone) {
            return;
        }
        switch (voice.end(answering)) {
            case Read.Good<Body>(Body last) -> {
                if (last.bytes().length > 0) {
                    response.write(Buffer.buffer(last.bytes()));
                }
            }
            case Read.Bad<Body>(Failure.Malformed problem) -> {
                failInStream(unsayable(problem), answering == null ? "" : answering.requestId());
                return;
            }
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
            failInStream(failure, requestId);
            return;
        }
        if (heading == null) {
            identify(requestId);
        } else {
            head(heading);
        }
        if (failure instanceof Failure.Overloaded(_, Duration retryAfter) && retryAfter != null) {
            response.putHeader("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        close(voice.status(failure), voice.error(failure, requestId));
    }

    /// An error event, then the end of the connection without the end of the body: a client that
    /// does not know error events still sees that the answer is not whole.
    private void failInStream(Failure failure, String requestId) {
        closed = true;
        response.write(Buffer.buffer(voice.errorEvent(failure, requestId).bytes()))
                .onComplete(_ -> request.connection().close());
    }

    private void identify(String requestId) {
        response.putHeader("x-tierwise-request-id", requestId);
        String also = voice.idHeader();
        if (also != null) {
            response.putHeader(also, requestId);
        }
    }

    private void head(Heading heading) {
        identify(heading.requestId());
        response.putHeader("x-tierwise-tier", heading.tier().word())
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

    /// Turns a request away with a status of its own.
    synchronized void turnAway(int status, Failure failure, String requestId) {
        identify(requestId);
        close(status, voice.error(failure, requestId));
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
