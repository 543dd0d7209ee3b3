package dev.tierwise.ledger;

import dev.tierwise.core.Money;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums over a group of requests.
///
/// @param requests how many they are
/// @param outcomes how many ended in which way; every outcome has its number, if 0
/// @param tokens the tokens they took
/// @param spend what they cost
/// @param latency from arrival to the last byte, of answered requests; null when none was answered
/// @param firstByte from arrival to the first byte, of answered requests; null when none was
public record Totals(
        long requests,
        Map<Outcome, Long> outcomes,
        Tokens tokens,
        Spend spend,
        @Nullable Quantiles latency,
        @Nullable Quantiles firstByte) {
    public Totals {
        outcomes = Map.copyOf(outcomes);
    }

    /// How many ended as `outcome`.
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /// Tokens of all attempts.
    ///
    /// @param input tokens read, `cachedInput` included
    /// @param cachedInput tokens read from upstreams' caches
    /// @param output tokens written
    /// @param estimated of how many requests the figures are estimates in part or whole
    public record Tokens(long input, long cachedInput, long output, long estimated) {}

    /// Money, always with the number of requests that it is known of.
    ///
    /// @param cost what the requests with a known cost took together
    /// @param unpriced how many requests have no known cost and are not in `cost`
    /// @param compared how many requests have both a known cost and a known baseline
    /// @param comparedCost what the compared requests cost
    /// @param baseline what the compared requests would have cost on their baseline model
    public record Spend(
            Money cost, long unpriced, long compared, Money comparedCost, Money baseline) {
        /// What the compared requests saved; negative when they cost more than the baseline.
        public Money saving() {
            return baseline.minus(comparedCost);
        }
    }

    /// The middle and the tail of a set of times: each the smallest that at least so many per cent
    /// do not exceed.
    ///
    /// @param count how many times there are
    /// @param p50 the median
    /// @param p95 what 95 % do not exceed
    public record Quantiles(long count, Duration p50, Duration p95) {}
}
