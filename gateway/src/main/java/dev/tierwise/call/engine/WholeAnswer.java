package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.wire.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Gathers an answer that is not streamed, or not before it is whole.
final class WholeAnswer implements Listener {
    private final Chances chances;
    private final Runnable release;
    private final StringBuilder text = new StringBuilder();
    private final List<Delta.TokenChance> told = new ArrayList<>();
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private double logprob;
    private double weakest;

    /// What came of it.
    sealed interface Gathered {
        /// The answer.
        ///
        /// @param answer its words and tokens
        /// @param usage its tokens, counted
        record Whole(Delta answer, Usage usage) implements Gathered {}

        /// None.
        ///
        /// @param failure why
        record Failed(Failure failure) implements Gathered {}
    }

    /// @param release gives the model back when the answer has ended
    WholeAnswer(Chances chances, Runnable release) {
        this.chances = chances;
        this.release = release;
    }

    @Override
    public void token(Token token) {
        text.append(token.text());
        told.addAll(chances.of(token));
        logprob += token.logprob();
        weakest = Math.min(weakest, token.logprob());
    }

    @Override
    public void end(End end) {
        text.append(end.text());
        release.run();
        ended.complete(end);
    }

    /// Waits for the end; an interrupt cancels the answer.
    Gathered await(Engine.Ticket ticket) {
        try {
            End end = ended.get();
            return switch (end.why()) {
                case STOP -> gathered(end, "stop");
                case LENGTH -> gathered(end, "length");
                case CANCELLED, FAILED -> new Gathered.Failed(EngineModel.failure(end));
            };
        } catch (InterruptedException _) {
            ticket.cancel();
            Thread.currentThread().interrupt();
            return new Gathered.Failed(new Failure.Abandoned("The client left."));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Gathered gathered(End end, String finish) {
        var usage = EngineModel.usage(end);
        var delta = new Delta(text.toString(), "", List.of(), finish, usage, told);
        return new Gathered.Whole(delta, usage);
    }

    /// The sum of the natural logarithms of the tokens' chances, once it has ended; NaN where they
    /// were not asked for.
    double logprob() {
        return logprob;
    }

    /// The smallest of them.
    double weakest() {
        return weakest;
    }
}
