package dev.tierwise.bench;

import dev.tierwise.bench.load.Tally;

/// One slice: one target, one number of connections, one round.
///
/// @param target the target's name
/// @param connections requests under way
/// @param round from 1
/// @param answers answers that the CPU time was spent on; of a stream also the part of one
/// @param cpuNanos CPU time of the target's process
/// @param rssKib its resident memory at the end
/// @param tally what the load generator counted
record Measured(
        String target,
        int connections,
        int round,
        double answers,
        long cpuNanos,
        long rssKib,
        Tally tally) {
    /// CPU time per answer in microseconds; 0 when there was no answer.
    double cpuMicros() {
        return answers == 0 ? 0 : cpuNanos / 1e3 / answers;
    }

    double p50Millis() {
        return tally.p50Nanos() / 1e6;
    }

    double p99Millis() {
        return tally.p99Nanos() / 1e6;
    }

    double answersPerSecond() {
        return answers * 1e9 / tally.elapsedNanos();
    }
}
