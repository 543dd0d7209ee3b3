package dev.tierwise.call;

import dev.tierwise.core.Body;

/// Where the events of a streamed answer go. Called by one thread at a time; never blocks.
public interface Sink {
    /// Takes one event.
    ///
    /// @return false when the client is slow and no more should come until it has drained
    boolean accept(Body event);

    /// Runs `resume` once the client has taken what it was given.
    void whenDrained(Runnable resume);
}
