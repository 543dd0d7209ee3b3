package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Why answers stop and what they spent, in this dialect's words.
final class Stops {
    private Stops() {}

    /// The word for a finish reason.
    ///
    /// @param finish in the words of the OpenAI API; empty when not said
    /// @param calls whether tools are called
    /// @param sequence the text that ended it, where the upstream says so
    static String reason(String finish, boolean calls, @Nullable String sequence) {
        return switch (finish) {
            case "length" -> "max_tokens";
            case "content_filter" -> "refusal";
            default -> calls ? "tool_use" : sequence != null ? "stop_sequence" : "end_turn";
        };
    }

    /// The text that ended a choice; vLLM is known to say it.
    static @Nullable String sequence(JsonNode choice) {
        JsonNode said = choice.path("stop_reason");
        return said.isString() && !said.asString().isEmpty() ? said.asString() : null;
    }

    /// The counts of a `usage` object of the OpenAI API; null where it has none.
    static @Nullable Usage usage(JsonNode usage) {
        if (!usage.path("prompt_tokens").isNumber()) {
            return null;
        }
        return new Usage(
                Math.max(0, usage.path("prompt_tokens").asLong(0)),
                Math.max(0, usage.path("prompt_tokens_details").path("cached_tokens").asLong(0)),
                Math.max(0, usage.path("completion_tokens").asLong(0)),
                false);
    }

    /// Writes the counts. Here tokens that were read from a cache are no part of the input.
    static void write(JsonGenerator json, Usage usage) {
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("input_tokens", usage.input() - usage.cachedInput());
        json.writeNumberProperty("cache_creation_input_tokens", 0);
        json.writeNumberProperty("cache_read_input_tokens", usage.cachedInput());
        json.writeNumberProperty("output_tokens", usage.output());
        json.writeEndObject();
    }

    static void reason(JsonGenerator json, @Nullable String reason, @Nullable String sequence) {
        write(json, "stop_reason", reason);
        write(json, "stop_sequence", "stop_sequence".equals(reason) ? sequence : null);
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
