package dev.tierwise.call.runtime;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;

/// A model of a runtime that says what it has loaded and how busy it is. Thread-safe.
public final class WatchedModel implements Model {
    private final Model model;
    private final RuntimeWatch watch;
    private volatile long answered = System.nanoTime();

    /// @param model the way to ask it
    /// @param watch what its runtime says
    public WatchedModel(Model model, RuntimeWatch watch) {
        this.model = model;
        this.watch = watch;
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    @Override
    public boolean healthy() {
        return model.healthy();
    }

    /// What its runtime says; of what is loaded, its latest answer where that is newer.
    @Override
    public Standing standing() {
        return watch.standing(card().remoteName(), answered, model.standing().loaded());
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        Outcome outcome = model.ask(clearance, call);
        if (!(outcome instanceof Outcome.Failed)) {
            answered = System.nanoTime();
        }
        return outcome;
    }
}
