package dev.tierwise.call.engine;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.openai.AnswerWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A streamed answer of the engine. Its thread hands tokens to the client's event loop and goes on;
/// what a slow client has not taken waits here, never more than one answer.
final class EngineStream implements AnswerStream, Listener {
    private final Executor loop;
    private final AnswerWriter writer;
    private final Chances chances;
    private final Runnable release;
    private final long begin = System.nanoTime();
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private final Queue<Body> waiting = new ArrayDeque<>();
    private @Nullable Sink sink;
    private volatile Engine.@Nullable Ticket ticket;
    private volatile @Nullable End how;
    private volatile Duration firstToken = Duration.ZERO;
    private boolean dropped;
    private int promptTokens;
    private int count;
    private volatile int tokens;

    /// @param release gives the model back when the answer has ended
    EngineStream(Executor loop, AnswerWriter writer, Chances chances, Runnable release) {
        this.loop = loop;
        this.writer = writer;
        this.chances = chances;
        this.release = release;
    }

    /// Waits for the first token.
    ///
    /// @param read the tokens of the prompt
    /// @return why none comes, or null
    @Nullable Failure awaitFirst(Engine.Ticket own, int read) {
        ticket = own;
        promptTokens = read;
        try {
            first.get();
        } catch (InterruptedException _) {
            own.cancel();
            Thread.currentThread().interrupt();
            return new Failure.Abandoned("The client left.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        End end = how;
        return end != null && end.why() == Why.FAILED ? EngineModel.failure(end) : null;
    }

    @Override
    public void token(Token token) {
        tokens = ++count; // by the engine's thread alone
        if (!first.isDone()) {
            firstToken = Duration.ofNanos(System.nanoTime() - begin);
        }
        List<Delta.TokenChance> told = chances.of(token);
        if (!token.text().isEmpty() || !told.isEmpty()) {
            send(new Delta(token.text(), "", List.of(), "", null, told));
        }
        first.complete(true);
    }

    @Override
    public void end(End end) {
        if (end.why() == Why.STOP || end.why() == Why.LENGTH) {
            String finish = end.why() == Why.STOP ? "stop" : "length";
            send(new Delta(end.text(), "", List.of(), finish, EngineModel.usage(end), List.of()));
            deliver(AnswerWriter.done().raw());
        }
        how = end;
        // told on the loop, after the last words
        loop.execute(() -> ended.complete(end));
        first.complete(true);
        release.run();
    }

    private void send(Delta delta) {
        deliver(writer.event(delta).raw());
    }

    private void deliver(Body event) {
        loop.execute(() -> {
            synchronized (this) {
                if (dropped) {
                    return;
                }
                if (sink == null) {
                    waiting.add(event);
                } else {
                    sink.accept(event);
                }
            }
        });
    }

    @Override
    public void start(Sink taker, Runnable whenEnded) {
        synchronized (this) {
            sink = taker;
            for (Body event = waiting.poll(); event != null; event = waiting.poll()) {
                taker.accept(event);
            }
        }
        var _ = ended.thenRun(whenEnded);
    }

    @Override
    public Ending end() {
        try {
            End end = ended.get();
            Failure failure =
                    end.why() == Why.STOP || end.why() == Why.LENGTH
                            ? null
                            : EngineModel.failure(end);
            return new Ending(failure, EngineModel.usage(end), finish(end), firstToken);
        } catch (InterruptedException _) {
            Ending cut = drop();
            Thread.currentThread().interrupt();
            var gone = new Failure.Abandoned("The client left.");
            return new Ending(gone, cut.usage(), cut.finish(), firstToken);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String finish(End end) {
        return switch (end.why()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CANCELLED, FAILED -> "";
        };
    }

    @Override
    public Ending drop() {
        Engine.Ticket running = ticket;
        if (running != null) {
            running.cancel();
        }
        synchronized (this) {
            dropped = true;
        }
        End end = how;
        return end == null
                ? new Ending(null, new Usage(promptTokens, 0, tokens, true), "", firstToken)
                : new Ending(null, EngineModel.usage(end), finish(end), firstToken);
    }
}
