package dev.tierwise.bench.load;

/// One stretch of load: what is sent to whom, by how many connections, for how long.
///
/// @param port where the target listens on loopback
/// @param connections how many requests are under way at any time
/// @param warmMillis time before anything is counted
/// @param measureMillis time that is counted
/// @param model the `model` of the request
/// @param kind of the answer
/// @param expected what a right answer has: body bytes, or events when streaming; 0 takes any
public record Slice(
        int port,
        int connections,
        int warmMillis,
        int measureMillis,
        String model,
        Kind kind,
        long expected) {
    private static final int FIELDS = 7;

    /// One line for the load generator's standard input.
    public String line() {
        return "%d %d %d %d %s %s %d"
                .formatted(port, connections, warmMillis, measureMillis, model, kind, expected);
    }

    /// Reads [#line()].
    public static Slice of(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != FIELDS) {
            throw new IllegalArgumentException("a slice has " + FIELDS + " words: " + line);
        }
        return new Slice(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                words[4],
                Kind.valueOf(words[5]),
                Long.parseLong(words[6]));
    }
}
