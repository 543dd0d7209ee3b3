package dev.tierwise.wire.openai;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The two parsers of this dialect.
final class Json {
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build();

    /// For requests: a field that stands twice is refused, because two readers may pick different
    /// ones and one of them may be the guard.
    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final JsonFactory PLAIN =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private Json() {}

    static JsonParser request(byte[] bytes) {
        return STRICT.createParser(ObjectReadContext.empty(), bytes);
    }

    static JsonParser answer(byte[] bytes, int from, int length) {
        return PLAIN.createParser(ObjectReadContext.empty(), bytes, from, length);
    }
}
