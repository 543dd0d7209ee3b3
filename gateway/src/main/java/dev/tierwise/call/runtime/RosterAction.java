package dev.tierwise.call.runtime;

import dev.tierwise.core.Failure;

/// What a [Roster] wants done.
sealed interface RosterAction {
    /// Load a model, then tell whether it is loaded.
    record Load(String model) implements RosterAction {}

    /// Unload a model, then tell whether it has left.
    record Unload(String model) implements RosterAction {}

    /// Tell the runtime that a loaded model is to stay; nothing needs to be told afterwards.
    record Renew(String model) implements RosterAction {}

    /// A request may go to its model, which stays loaded until the request has left.
    record Grant(long ticket) implements RosterAction {}

    /// A request gets no model.
    record Refuse(long ticket, Failure why) implements RosterAction {}
}
