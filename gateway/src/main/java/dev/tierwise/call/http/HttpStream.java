package dev.tierwise.call.http;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.openai.AnswerWriter;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A streamed answer. Events are read and handed on by the upstream's event loop; the virtual
/// thread only waits. Until [#relay] the upstream is paused after the first event, so nothing piles
/// up.
final class HttpStream implements AnswerStream {
    private final Journey journey;
    private final Prompt prompt;
    private final Upstream upstream;
    private final Talk.Pieces pieces;
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final Queue<Body> waiting = new ArrayDeque<>();
    private @Nullable Sink sink;
    private @Nullable Usage usage;
    private String finish = "";
    private long weight;
    private boolean done;
    private boolean dropped;
    private volatile @Nullable Failure failure;
    private volatile Duration firstByte = Duration.ZERO;

    HttpStream(Journey journey, Prompt prompt, Upstream upstream, Talk.Pieces pieces) {
        this.journey = journey;
        this.prompt = prompt;
        this.upstream = upstream;
        this.pieces = pieces;
    }

    /// Waits for the first event.
    ///
    /// @return why none came, or null
    @Nullable Failure awaitFirst() {
        journey.read(this::take, this::end);
        Journey.Waited<Boolean> waited = journey.await(first);
        if (waited.failure() != null) {
            return waited.failure();
        }
        firstByte = journey.elapsed();
        Failure broken = failure;
        if (broken != null) {
            journey.cut();
        }
        return broken;
    }

    private synchronized void take(Buffer chunk) {
        journey.touched();
        if (over()) {
            return;
        }
        for (Event event : pieces.feed(chunk.getBytes())) {
            if (!over()) {
                take(event);
            }
        }
    }

    private boolean over() {
        return done || dropped || failure != null;
    }

    private void take(Event event) {
        switch (event.kind()) {
            case CONTENT -> {
                note(event);
                hand(event.raw());
            }
            case USAGE -> {
                note(event);
                if (prompt.usageInStream()) {
                    hand(event.raw());
                }
            }
            case DONE -> {
                done = true;
                hand(event.raw());
                ended.complete(true);
            }
            case ERROR ->
                    fail(
                            "it reported in mid-answer: " + event.finish(),
                            Failure.Fault.SERVER_ERROR);
            case GARBLED -> fail("it sent " + event.finish(), Failure.Fault.GARBLED);
            case COMMENT -> {}
        }
    }

    private void note(Event event) {
        weight += event.contentBytes();
        if (event.usage() != null) {
            usage = event.usage();
        }
        if (!event.finish().isEmpty()) {
            finish = event.finish();
        }
    }

    private void hand(Body event) {
        Sink taker = sink;
        if (taker == null) {
            waiting.add(event);
            journey.pause();
            first.complete(true);
        } else if (!taker.accept(event)) {
            journey.pause();
            taker.whenDrained(journey::resume);
        }
    }

    /// The upstream has no more. A stream is whole after `[DONE]`, or after a finish reason and a
    /// proper end of the body where the upstream leaves `[DONE]` out.
    private synchronized void end(boolean properly) {
        if (!over()) {
            if (properly && !finish.isEmpty() && pieces.endedWhole()) {
                done = true;
                hand(AnswerWriter.done().raw());
            } else {
                fail("the stream broke off before its end", Failure.Fault.CUT);
            }
        }
        first.complete(true);
        ended.complete(true);
    }

    private void fail(String what, Failure.Fault fault) {
        failure = new Failure.Broken(upstream.says(what), fault);
        first.complete(true);
        ended.complete(true);
    }

    @Override
    public void start(Sink taker, Runnable whenEnded) {
        journey.expect(ended);
        boolean slow = false;
        synchronized (this) {
            sink = taker;
            for (Body event = waiting.poll(); event != null; event = waiting.poll()) {
                slow = !taker.accept(event);
            }
        }
        var _ = ended.whenComplete((_, _) -> whenEnded.run());
        if (slow) {
            taker.whenDrained(journey::resume);
        } else {
            journey.resume();
        }
    }

    @Override
    public Ending end() {
        Failure broken = journey.await(ended).failure();
        synchronized (this) {
            if (broken == null) {
                broken = failure;
            }
            if (broken != null) {
                journey.cut();
            }
            return new Ending(broken, spent(), finish, firstByte);
        }
    }

    private Usage spent() {
        return usage != null
                ? usage
                : new Usage(prompt.estimatedTokens(), 0, Usage.tokensOf(weight), true);
    }

    @Override
    public Ending drop() {
        journey.cut();
        synchronized (this) {
            dropped = true;
            return new Ending(null, spent(), finish, firstByte);
        }
    }
}
