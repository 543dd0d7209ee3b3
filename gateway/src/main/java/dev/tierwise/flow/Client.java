package dev.tierwise.flow;

import dev.tierwise.call.Sink;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The one who asked, seen from the flow. None of its methods blocks.
public interface Client {
    /// Who answers and why; becomes the answer's headers.
    ///
    /// @param requestId the request's id
    /// @param tier the tier that answers
    /// @param model the model that answers
    /// @param reason why this one
    record Heading(String requestId, Tier tier, String model, String reason) {}

    /// The event loop on which the client's bytes move.
    Executor loop();

    /// Says who is asked now. A stream that is slow to begin may be opened under this heading with
    /// heartbeats before its first event.
    void announce(Heading heading);

    /// Says who is asked now, whose answer may still be thrown away. A stream that is slow to begin
    /// may be opened with heartbeats, but under nobody's name.
    void hold(Heading heading);

    /// Holds the door: from now on no heartbeat opens the stream under the announced heading.
    ///
    /// @return false when bytes have gone out already and no other model may answer
    boolean retract();

    /// Sends a whole answer.
    ///
    /// @param cost what it cost; null when not known
    void send(Answer answer, Heading heading, @Nullable Money cost);

    /// Begins a streamed answer.
    Sink open(Heading heading);

    /// Ends a streamed answer that is whole.
    ///
    /// @param cost what it cost; null when not known
    void finish(@Nullable Money cost);

    /// Tells a failure: as an error answer, or in a begun stream as an error event and an end that
    /// no client takes for a clean one.
    ///
    /// @param heading who failed; null when no model was asked
    void fail(Failure failure, String requestId, @Nullable Heading heading);
}
