package dev.tierwise.call.runtime;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.call.runtime.Residency.Asked;
import dev.tierwise.call.runtime.Residency.Patience;
import dev.tierwise.call.runtime.Residency.Seen;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;

/// A model that a request borrows from its runtime before it is asked, and gives back when the
/// answer has ended. Thread-safe.
public final class BorrowedModel implements Model {
    private final Model model;
    private final Residency residency;
    private final Patience patience;

    /// @param model the way to ask it
    /// @param residency what its runtime has in memory
    /// @param patience how long a request waits for it
    public BorrowedModel(Model model, Residency residency, Patience patience) {
        this.model = model;
        this.residency = residency;
        this.patience = patience;
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    @Override
    public boolean healthy() {
        return model.healthy();
    }

    @Override
    public Standing standing() {
        Standing within = model.standing();
        String name = card().remoteName();
        return residency.lodges(name)
                ? residency.seen(name).map(it -> with(within, it)).orElse(within)
                : within;
    }

    private static Standing with(Standing within, Seen seen) {
        return new Standing(
                Math.max(within.running(), seen.users()),
                within.waiting() + seen.waiters(),
                within.places(),
                seen.loaded() ? Standing.Loaded.YES : Standing.Loaded.NO,
                within.tokensPerSecond(),
                within.firstTokenMillis(),
                within.lastUsed());
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!residency.lodges(card().remoteName())) {
            return model.ask(clearance, call);
        }
        return switch (residency.ask(card().remoteName(), patience)) {
            case Asked.Refused(Failure failure) -> new Outcome.Failed(failure);
            case Asked.Lent(Runnable giveBack) -> ask(clearance, call, giveBack);
        };
    }

    private Outcome ask(Clearance clearance, Call call, Runnable giveBack) {
        boolean handedOn = false;
        try {
            Outcome outcome = model.ask(clearance, call);
            if (outcome instanceof Outcome.Begun(AnswerStream stream)) {
                handedOn = true;
                return new Outcome.Begun(new Lent(stream, giveBack));
            }
            return outcome;
        } finally {
            if (!handedOn) {
                giveBack.run();
            }
        }
    }

    /// Gives the model back when the stream has ended, however it ends.
    private record Lent(AnswerStream stream, Runnable giveBack) implements AnswerStream {
        @Override
        public void start(Sink sink, Runnable ended) {
            stream.start(sink, ended);
        }

        @Override
        public Ending end() {
            try {
                return stream.end();
            } finally {
                giveBack.run();
            }
        }

        @Override
        public Ending drop() {
            try {
                return stream.drop();
            } finally {
                giveBack.run();
            }
        }
    }
}
