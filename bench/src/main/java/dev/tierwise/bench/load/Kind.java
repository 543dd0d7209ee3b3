package dev.tierwise.bench.load;

/// What kind of answer is asked for.
public enum Kind {
    /// All at once.
    WHOLE(""),
    /// Chunk by chunk, at the mock's pace.
    STREAM("\"stream\":true,"),
    /// Chunk by chunk with a millisecond between two, so that a warm-up of seconds has enough of
    /// them to have the code compiled.
    HURRIED_STREAM("\"stream\":true,\"metadata\":{\"pace\":\"hurried\"},");

    private final String fields;

    Kind(String fields) {
        this.fields = fields;
    }

    /// The fields of the request that ask for it.
    String fields() {
        return fields;
    }

    /// Whether the answer comes chunk by chunk.
    boolean streams() {
        return this != WHOLE;
    }
}
