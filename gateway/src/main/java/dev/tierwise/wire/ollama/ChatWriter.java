package dev.tierwise.wire.ollama;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes an OpenAI chat request in the words of Ollama's `POST /api/chat`. What the native API
/// calls otherwise is renamed; what it cannot say is refused with the field's name; what Tierwise
/// does not know is handed on unchanged.
public final class ChatWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Sampling parameters that stand in `options`, by their OpenAI name.
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "temperature", "temperature",
                    "top_p", "top_p",
                    "top_k", "top_k",
                    "min_p", "min_p",
                    "seed", "seed",
                    "stop", "stop",
                    "frequency_penalty", "frequency_penalty",
                    "presence_penalty", "presence_penalty",
                    "max_tokens", "num_predict",
                    "max_completion_tokens", "num_predict");

    /// Fields that mean nothing to a local model: bookkeeping of the hosted service.
    private static final Set<String> BOOKKEEPING =
            Set.of(
                    "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "user",
                    "store",
                    "metadata",
                    "service_tier",
                    "parallel_tool_calls",
                    "safety_identifier",
                    "prompt_cache_key");

    private static final Set<String> CANNOT =
            Set.of("logit_bias", "functions", "function_call", "modalities", "audio", "prediction");

    private ChatWriter() {}

    /// What the gateway itself adds to a request.
    ///
    /// @param model the name that Ollama knows the model by
    /// @param contextTokens the context window to load the model with (`num_ctx`)
    /// @param keepAlive how long to keep it loaded, such as `10m`; null leaves it to Ollama
    public record Terms(String model, long contextTokens, @Nullable String keepAlive) {}

    /// The body to send, or the field that native Ollama cannot take.
    public static Read<Body> write(Prompt prompt, Terms terms) {
        try {
            var in = (ObjectNode) MAPPER.readTree(prompt.body().bytes());
            return write(in, prompt.stream(), terms);
        } catch (JacksonException | ClassCastException e) {
            return bad(
                    "The body cannot be put into Ollama's form: " + e.getClass().getSimpleName(),
                    "messages");
        }
    }

    private static Read<Body> write(ObjectNode in, boolean stream, Terms terms) {
        ObjectNode out = MAPPER.createObjectNode();
        out.put("model", terms.model());
        Failure.Malformed problem =
                Messages.copy((ArrayNode) in.path("messages"), out.putArray("messages"));
        if (problem != null) {
            return new Read.Bad<>(problem);
        }
        out.put("stream", stream);
        ObjectNode options = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : in.properties()) {
            problem = copy(field.getKey(), field.getValue(), out, options);
            if (problem != null) {
                return new Read.Bad<>(problem);
            }
        }
        if (!options.has("num_ctx")) {
            options.put("num_ctx", terms.contextTokens());
        }
        out.set("options", options);
        if (terms.keepAlive() != null && !out.has("keep_alive")) {
            out.put("keep_alive", terms.keepAlive());
        }
        return new Read.Good<>(new Body(MAPPER.writeValueAsBytes(out)));
    }

    private static Failure.@Nullable Malformed copy(
            String name, JsonNode value, ObjectNode out, ObjectNode options) {
        if (BOOKKEEPING.contains(name) || value.isNull()) {
            return null;
        }
        String option = OPTIONS.get(name);
        if (option != null) {
            options.set(option, value);
            return null;
        }
        if (CANNOT.contains(name)) {
            return cannot(name);
        }
        switch (name) {
            case "n" -> {
                return value.asLong(1) == 1 ? null : cannot(name);
            }
            case "tool_choice" -> {
                return copyToolChoice(value, out);
            }
            case "options" -> {
                if (value instanceof ObjectNode given) {
                    options.setAll(given);
                }
            }
            case "response_format" -> {
                JsonNode format = format(value);
                if (format != null) {
                    out.set("format", format);
                }
            }
            case "reasoning_effort" -> out.set("think", think(value));
            default -> out.set(name, value);
        }
        return null;
    }

    private static Failure.@Nullable Malformed copyToolChoice(JsonNode value, ObjectNode out) {
        switch (value.asString("")) {
            case "auto" -> {}
            case "none" -> out.putArray("tools");
            default -> {
                return cannot("tool_choice");
            }
        }
        return null;
    }

    private static @Nullable JsonNode format(JsonNode value) {
        return switch (value.path("type").asString("")) {
            case "json_schema" -> value.path("json_schema").path("schema");
            case "json_object" -> MAPPER.getNodeFactory().stringNode("json");
            default -> null;
        };
    }

    private static JsonNode think(JsonNode effort) {
        return effort.asString("").equals("none")
                ? MAPPER.getNodeFactory().booleanNode(false)
                : effort;
    }

    private static Failure.Malformed cannot(String field) {
        return new Failure.Malformed(
                "Ollama's own API has no `"
                        + field
                        + "`. Leave the field out, name another model, or set `api: openai` for"
                        + " this upstream in tierwise.yaml.",
                field);
    }

    private static Read<Body> bad(String message, String field) {
        return new Read.Bad<>(new Failure.Malformed(message, field));
    }
}
