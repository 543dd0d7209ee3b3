package dev.tierwise.call.process;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Standing;
import dev.tierwise.call.http.HttpModel;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import java.time.Duration;
import java.util.Optional;

/// A model behind a supervised llama-server, asked over HTTP like any other. The first request
/// starts the server and waits for it. Thread-safe.
public final class LlamaModel implements Model {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ModelCard card;
    private final LlamaServer server;

    /// @param card the model; its remote name is the server's
    /// @param server serves it
    public LlamaModel(ModelCard card, LlamaServer server) {
        this.card = card;
        this.server = server;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public boolean healthy() {
        return switch (server.state()) {
            case LlamaState.Idle _, LlamaState.Starting _, LlamaState.Ready _ -> true;
            case LlamaState.Waiting _, LlamaState.GaveUp _ -> false;
        };
    }

    @Override
    public Standing standing() {
        boolean ready = server.state() instanceof LlamaState.Ready;
        return Standing.of(
                ready ? Standing.Loaded.YES : Standing.Loaded.NO, server.settings().slots());
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (server.state() instanceof LlamaState.Idle) {
            server.start();
        }
        try {
            Optional<Upstream> upstream = server.await(PATIENCE);
            return upstream.isPresent()
                    ? new HttpModel(card, upstream.get()).ask(clearance, call)
                    : new Outcome.Failed(notReady());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(new Failure.Abandoned("The client left."));
        }
    }

    private Failure notReady() {
        String why =
                switch (server.state()) {
                    case LlamaState.Idle _ -> "it was stopped";
                    case LlamaState.Starting _, LlamaState.Ready _ -> "it is still loading";
                    case LlamaState.Waiting(String reason, _) -> reason + "; it starts again soon";
                    case LlamaState.GaveUp(String reason) -> reason;
                };
        return new Failure.Broken(
                "llama-server for model `" + card.name() + "`: " + why + ".",
                Failure.Fault.REFUSED);
    }
}
