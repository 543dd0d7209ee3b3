package dev.tierwise.call;

/// A streamed answer whose first event has come. For one use by one thread.
public interface AnswerStream {
    /// Begins to hand every event to `sink` as it comes. Does not block.
    ///
    /// @param ended run once, by any thread, when nothing more will come, whatever the reason;
    ///   [#end] then returns at once. Must not block
    void start(Sink sink, Runnable ended);

    /// Blocks until the end. An interrupt means that the client left: the upstream is cancelled at
    /// once and the ending is a failure `Abandoned`; the thread's interrupt flag is set again.
    Ending end();

    /// Hands every event to `sink` as it comes and blocks until the end, as [#end] does.
    default Ending relay(Sink sink) {
        start(sink, () -> {});
        return end();
    }

    /// Cancels the upstream at once, begun or not, in place of [#end]. No event reaches the sink
    /// any more when it has returned.
    ///
    /// @return what was spent; no failure, and no finish reason where the answer was cut
    Ending drop();
}
