package dev.tierwise.call.engine;

import dev.tierwise.call.Outcome;
import dev.tierwise.core.Failure;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.openai.AnswerWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Gathers an answer that is not streamed.
final class WholeAnswer implements Listener {
    private final Chances chances;
    private final Runnable release;
    private final StringBuilder text = new StringBuilder();
    private final List<Delta.TokenChance> told = new ArrayList<>();
    private final CompletableFuture<End> ended = new CompletableFuture<>();

    /// @param release gives the model back when the answer has ended
    WholeAnswer(Chances chances, Runnable release) {
        this.chances = chances;
        this.release = release;
    }

    @Override
    public void token(Token token) {
        text.append(token.text());
        told.addAll(chances.of(token));
    }

    @Override
    public void end(End end) {
        text.append(end.text());
        release.run();
        ended.complete(end);
    }

    /// Waits for the end; an interrupt cancels the answer.
    Outcome await(Engine.Ticket ticket, AnswerWriter writer) {
        try {
            End end = ended.get();
            return switch (end.why()) {
                case STOP -> answer(writer, end, "stop");
                case LENGTH -> answer(writer, end, "length");
                case CANCELLED, FAILED -> EngineModel.failed(EngineModel.failure(end));
            };
        } catch (InterruptedException _) {
            ticket.cancel();
            Thread.currentThread().interrupt();
            return EngineModel.failed(new Failure.Abandoned("The client left."));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome answer(AnswerWriter writer, End end, String finish) {
        var usage = EngineModel.usage(end);
        var delta = new Delta(text.toString(), "", List.of(), finish, usage, told);
        return new Outcome.Whole(writer.answer(delta, usage));
    }
}
