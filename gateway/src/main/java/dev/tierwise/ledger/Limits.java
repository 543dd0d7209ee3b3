package dev.tierwise.ledger;

import java.time.Duration;

/// How much a ledger holds in memory and how long it waits.
///
/// @param entries how many entries may wait to be written
/// @param reserve how many of those are kept back for requests under way: with fewer left the
///   ledger has no room for new ones
/// @param batch how many entries are written in one transaction
/// @param pause how long an entry waits at most for others to be written with
/// @param retry how long to wait after the first failure; doubled with each further one up to 5 s
/// @param farewell how long closing tries to write what is left
record Limits(
        int entries, int reserve, int batch, Duration pause, Duration retry, Duration farewell) {
    static final Limits USUAL =
            new Limits(
                    32_768,
                    2_048,
                    1_000,
                    Duration.ofMillis(200),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10));
}
