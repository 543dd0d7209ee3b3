package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.core.Failure;
import java.time.Instant;
import java.util.List;

/// What a [Roster] is told.
sealed interface RosterEvent {
    /// When it happened.
    Instant at();

    /// Time has passed.
    record Tick(Instant at) implements RosterEvent {}

    /// A request wants a model.
    ///
    /// @param ticket names the request; each at most once
    /// @param model the model
    /// @param until how long it can wait as things are
    /// @param last how long it can wait where the model has to leave meanwhile and be loaded again
    record Wanted(Instant at, long ticket, String model, Instant until, Instant last)
            implements RosterEvent {}

    /// A request has ended, or its client waits no more.
    record Left(Instant at, long ticket) implements RosterEvent {}

    /// A load has ended well.
    record Loaded(Instant at, String model) implements RosterEvent {}

    /// A load has failed.
    record NotLoaded(Instant at, String model, Failure why) implements RosterEvent {}

    /// A model has left memory, as it was told to.
    record Unloaded(Instant at, String model) implements RosterEvent {}

    /// A model did not leave memory.
    record NotUnloaded(Instant at, String model, Failure why) implements RosterEvent {}

    /// Somebody wants a model out of memory, and it stays out until a request asks for it.
    record Dismissed(Instant at, String model) implements RosterEvent {}

    /// Models are shared out in another way from now on.
    ///
    /// @param rules how
    /// @param lodgers the models that may be loaded
    /// @param defaults those that are wanted even when nobody asks
    record Reformed(Instant at, Residency.Rules rules, List<Lodger> lodgers, List<String> defaults)
            implements RosterEvent {
        public Reformed {
            lodgers = List.copyOf(lodgers);
            defaults = List.copyOf(defaults);
        }
    }

    /// Somebody looked at the runtime.
    ///
    /// @param begun when the look began; what changed after that is not taken from it
    /// @param view what was seen of its memory
    record Observed(Instant at, Instant begun, RuntimeView view) implements RosterEvent {}
}
