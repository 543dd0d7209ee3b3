package dev.tierwise.audit;

import java.time.Duration;

/// How much a trail holds in memory, how long it waits and how large its files become.
///
/// @param queue how many records may wait for the disk
/// @param reserve how many of those are kept back for requests under way
/// @param batch how many are written at once
/// @param pause how long a record waits at most for others when nobody waits for it
/// @param retry how long to wait after the first failure; doubled with each further one up to 5 s
/// @param farewell how long closing tries to write what is left
/// @param every how many records have one checkpoint
/// @param interval how long a record is without a checkpoint
/// @param segment how many bytes a segment holds before the next begins
record Limits(
        int queue,
        int reserve,
        int batch,
        Duration pause,
        Duration retry,
        Duration farewell,
        int every,
        Duration interval,
        long segment) {
    static final Limits USUAL =
            new Limits(
                    32_768,
                    2_048,
                    4_096,
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    10_000,
                    Duration.ofSeconds(10),
                    64 << 20);
}
