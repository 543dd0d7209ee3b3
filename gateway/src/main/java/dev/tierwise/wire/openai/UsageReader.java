package dev.tierwise.wire.openai;

import dev.tierwise.core.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a `usage` object.
final class UsageReader {
    private UsageReader() {}

    /// The counts of the value at hand, or null where it is null or has none; leaves the parser on
    /// the value's end.
    static @Nullable Usage read(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        long input = -1;
        long cached = 0;
        long output = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("prompt_tokens_details") && value == JsonToken.START_OBJECT) {
                cached = cachedTokens(json);
            } else if (value.isNumeric()) {
                long count = Math.max(0, json.getValueAsLong());
                switch (name) {
                    case "prompt_tokens" -> input = count;
                    case "completion_tokens" -> output = count;
                    default -> {}
                }
            } else {
                json.skipChildren();
            }
        }
        return input < 0 ? null : new Usage(input, cached, output, false);
    }

    private static long cachedTokens(JsonParser json) {
        long cached = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean hit = json.currentName().equals("cached_tokens");
            if (json.nextToken().isNumeric() && hit) {
                cached = Math.max(0, json.getValueAsLong());
            }
            json.skipChildren();
        }
        return cached;
    }
}
