package dev.tierwise.ledger;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The closing record of one request, written once when the request has ended, with all its
/// attempts. It holds no word of a prompt or an answer.
///
/// @param id the request's id, unique for all time; an id that is already in the ledger is kept as
///   it was. Ids that rise with time (UUID version 7) keep the ledger's index small and fast
/// @param at when the request arrived, kept in milliseconds
/// @param caller who sent it and with what bounds
/// @param choice what was asked for and what was chosen
/// @param bill what it took and what it cost
/// @param course how it went
/// @param attempts the calls made for it in order; empty when no model was called
/// @param verdicts what was decided on the way in order; empty when nothing was judged
public record Entry(
        String id,
        Instant at,
        Caller caller,
        Choice choice,
        Bill bill,
        Course course,
        List<Attempt> attempts,
        List<Verdict> verdicts)
        implements Line {
    public Entry {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an entry needs an id");
        }
        attempts = List.copyOf(attempts);
        verdicts = List.copyOf(verdicts);
    }

    /// An entry of a request of which nothing was judged.
    public Entry(
            String id,
            Instant at,
            Caller caller,
            Choice choice,
            Bill bill,
            Course course,
            List<Attempt> attempts) {
        this(id, at, caller, choice, bill, course, attempts, List.of());
    }

    /// Where a request in the ledger came from, and who answered it.
    ///
    /// @param id the request's id
    /// @param at when it arrived
    /// @param key the name of the key that sent it
    /// @param task the name of the task; null when the client gave none
    /// @param model the model that gave the answer; null when none did
    /// @param tier where the answer came from; null when no model gave one
    public record Origin(
            String id,
            Instant at,
            String key,
            @Nullable String task,
            @Nullable String model,
            @Nullable Tier tier) {}

    /// What was asked for and what was chosen.
    ///
    /// @param requestedModel the client's word, such as `auto`
    /// @param tier where the answer came from; null when no model gave one
    /// @param model the model that gave the answer; null when none did
    /// @param reason why this model, or why none, in a short code
    /// @param outlook what the decision was made of, as JSON: candidates with what was expected of
    ///   each, and vetoes; null where nothing was foretold
    public record Choice(
            String requestedModel,
            @Nullable Tier tier,
            @Nullable String model,
            String reason,
            @Nullable String outlook) {
        /// A choice of which nothing was foretold.
        public Choice(
                String requestedModel, @Nullable Tier tier, @Nullable String model, String reason) {
            this(requestedModel, tier, model, reason, null);
        }
    }

    /// What a request took and cost, all attempts together.
    ///
    /// @param usage the tokens of all attempts
    /// @param cost what all attempts cost together; null when the price of one is not known, which
    ///   is never counted as 0
    /// @param baselineModel the model that the saving is measured against; null when there is none
    /// @param baselineCost what that model would have cost; null when that is not known
    public record Bill(
            Usage usage,
            @Nullable Money cost,
            @Nullable String baselineModel,
            @Nullable Money baselineCost) {
        public Bill {
            if (baselineCost != null && baselineModel == null) {
                throw new IllegalArgumentException("a baseline cost needs its model's name");
            }
        }
    }

    /// How a request went, as its client saw it.
    ///
    /// @param latency from its arrival to the last byte of the answer; kept in microseconds
    /// @param firstByte from its arrival to the first byte of the answer; null when none went out
    /// @param streamed whether the client asked for a stream
    /// @param status the HTTP status that the client has; 0 when it left before one was sent
    /// @param outcome how it ended
    public record Course(
            Duration latency,
            @Nullable Duration firstByte,
            boolean streamed,
            int status,
            Outcome outcome) {}
}
