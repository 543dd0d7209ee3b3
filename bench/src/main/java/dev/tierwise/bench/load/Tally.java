package dev.tierwise.bench.load;

/// What the load generator counted in one slice.
///
/// @param requests right answers completed
/// @param errors wrong answers and broken connections
/// @param events `data:` lines received, also those of streams not completed
/// @param elapsedNanos length of the measured stretch
/// @param p50Nanos median time from sending a request to the end of its answer
/// @param p99Nanos the 99th percentile of the same
/// @param firstNanos median time from sending a request to the first byte of its answer
/// @param lastBytes body bytes of the last right answer
public record Tally(
        long requests,
        long errors,
        long events,
        long elapsedNanos,
        long p50Nanos,
        long p99Nanos,
        long firstNanos,
        long lastBytes) {
    private static final int FIELDS = 8;

    /// One line for the load generator's standard output.
    public String line() {
        return "%d %d %d %d %d %d %d %d"
                .formatted(
                        requests,
                        errors,
                        events,
                        elapsedNanos,
                        p50Nanos,
                        p99Nanos,
                        firstNanos,
                        lastBytes);
    }

    /// Reads [#line()].
    public static Tally of(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != FIELDS) {
            throw new IllegalArgumentException("a tally has " + FIELDS + " words: " + line);
        }
        long[] n = new long[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            n[i] = Long.parseLong(words[i]);
        }
        return new Tally(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }
}
