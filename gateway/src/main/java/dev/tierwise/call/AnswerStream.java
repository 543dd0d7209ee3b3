package dev.tierwise.call;

/// A streamed answer whose first event has come. For one use by one thread.
public interface AnswerStream {
    /// Hands every event to `sink` as it comes and blocks until the end. An interrupt means that
    /// the client left: the upstream is cancelled at once and the ending is a failure `Abandoned`;
    /// the thread's interrupt flag is set again.
    Ending relay(Sink sink);

    /// Cancels the upstream; nothing will be relayed.
    void drop();
}
