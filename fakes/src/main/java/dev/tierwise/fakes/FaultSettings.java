package dev.tierwise.fakes;

import java.time.Duration;

/// The figures of the faults.
///
/// @param retryAfter the wait that a 429 asks for, whole seconds on the wire
/// @param gap the wait before each chunk of a slow stream
/// @param afterChunks content chunks sent before a fault in mid-stream; at least one content chunk
///   is always held back
/// @param hugeBytes the least length of a huge answer's text
/// @param reach which requests a fault hits
public record FaultSettings(
        Duration retryAfter, Duration gap, int afterChunks, long hugeBytes, Reach reach) {

    /// Which requests a fault hits. Refused connections hit all in any case.
    public enum Reach {
        /// Chat requests only: model lists and health checks stay well.
        CHAT,
        /// Every request but those to the control endpoints.
        EVERYTHING
    }

    /// Checks the figures.
    public FaultSettings {
        if (retryAfter.isNegative() || gap.isNegative() || afterChunks < 0 || hugeBytes < 1) {
            throw new IllegalArgumentException("a fault's setting is negative");
        }
    }

    /// Retry after 2 s, gaps of 200 ms, two chunks before a fault, 32 MiB, chat only.
    public static FaultSettings defaults() {
        return new FaultSettings(
                Duration.ofSeconds(2), Duration.ofMillis(200), 2, 32L << 20, Reach.CHAT);
    }

    /// The same with another wait asked for by 429.
    public FaultSettings withRetryAfter(Duration other) {
        return new FaultSettings(other, gap, afterChunks, hugeBytes, reach);
    }

    /// The same with another gap between the chunks of a slow stream.
    public FaultSettings withGap(Duration other) {
        return new FaultSettings(retryAfter, other, afterChunks, hugeBytes, reach);
    }

    /// The same with another number of chunks before a fault in mid-stream.
    public FaultSettings withAfterChunks(int other) {
        return new FaultSettings(retryAfter, gap, other, hugeBytes, reach);
    }

    /// The same with another length of a huge answer.
    public FaultSettings withHugeBytes(long other) {
        return new FaultSettings(retryAfter, gap, afterChunks, other, reach);
    }

    /// The same with another reach.
    public FaultSettings withReach(Reach other) {
        return new FaultSettings(retryAfter, gap, afterChunks, hugeBytes, other);
    }
}
