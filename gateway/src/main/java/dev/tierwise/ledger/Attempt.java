package dev.tierwise.ledger;

import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One call of one model on the way to an answer.
///
/// @param number 1 for the first attempt of its request
/// @param model the gateway's name of the model
/// @param upstream the name of the upstream that was called
/// @param tier where the model stands
/// @param startedAfter from the arrival of the request to the start of this call; kept in
///   microseconds, as are the next two
/// @param took from the start of this call to its end
/// @param firstByte from the start of this call to its first byte; null when none came
/// @param usage the tokens spent
/// @param cost what the call cost; null when the price is not known
/// @param status the upstream's HTTP status; 0 when it sent none
/// @param outcome how it ended, in a word or two such as `answered`, `timeout` or `blank`; never
///   text of a prompt or an answer
public record Attempt(
        int number,
        String model,
        String upstream,
        Tier tier,
        Duration startedAfter,
        Duration took,
        @Nullable Duration firstByte,
        Usage usage,
        @Nullable Money cost,
        int status,
        String outcome) {}
