package dev.tierwise.wire.openai;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a chat request wishes. Nothing is dropped in silence: a field that would change the
/// answer and cannot be followed is refused by name.
public final class WishesReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_LOGPROBS = 20;
    private static final int MOST_STOPS = 16;

    /// Fields that are read elsewhere, and bookkeeping of the hosted service.
    private static final Set<String> ELSEWHERE =
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
                    "prompt_cache_key",
                    "cache_prompt",
                    "reasoning_effort",
                    "verbosity",
                    "keep_alive");

    private final ObjectNode in;
    private final List<String> stop = new ArrayList<>();
    private final Map<Integer, Double> bias = new HashMap<>();
    private Wishes.Shape shape = new Wishes.Shape.Free();
    private @Nullable JsonNode tools;
    private boolean mustCall;
    private boolean noCalls;
    private int maxTokens;
    private double temperature = 1;
    private double topP = 1;
    private int topK;
    private double minP;
    private double frequencyPenalty;
    private double presencePenalty;
    private @Nullable Long seed;
    private boolean logprobs;
    private int topLogprobs;

    private WishesReader(ObjectNode in) {
        this.in = in;
    }

    /// What `prompt` wishes, or the field that cannot be followed.
    public static Read<Wishes> read(Prompt prompt) {
        try {
            if (MAPPER.readTree(prompt.body().bytes()) instanceof ObjectNode node) {
                return new Read.Good<>(new WishesReader(node).wishes());
            }
            return new Read.Bad<>(new Failure.Malformed("The body is not a JSON object.", null));
        } catch (Bad bad) {
            return new Read.Bad<>(bad.problem);
        } catch (JacksonException _) {
            return new Read.Bad<>(new Failure.Malformed("The body is not JSON.", null));
        }
    }

    /// Ends the reading; never leaves this class.
    private static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Failure.Malformed problem;

        Bad(String message, String field) {
            super(message, null, false, false);
            this.problem = new Failure.Malformed(message, field);
        }
    }

    private Wishes wishes() {
        for (Map.Entry<String, JsonNode> field : in.properties()) {
            if (!field.getValue().isNull() && !ELSEWHERE.contains(field.getKey())) {
                read(field.getKey(), field.getValue());
            }
        }
        if (topLogprobs > 0 && !logprobs) {
            throw new Bad("`top_logprobs` needs `logprobs` to be true.", "top_logprobs");
        }
        var choice =
                new Wishes.Choice(
                        temperature,
                        topP,
                        topK,
                        minP,
                        frequencyPenalty,
                        presencePenalty,
                        bias,
                        seed);
        return new Wishes(
                in.path("messages"),
                noCalls ? null : tools,
                mustCall,
                maxTokens,
                choice,
                shape,
                stop,
                logprobs,
                topLogprobs);
    }

    private void read(String name, JsonNode value) {
        switch (name) {
            case "max_tokens", "max_completion_tokens" ->
                    maxTokens = whole(name, value, 1, Integer.MAX_VALUE);
            case "temperature" -> temperature = real(name, value, 0, 2);
            case "top_p" -> topP = real(name, value, 0, 1);
            case "top_k" -> topK = Math.max(0, whole(name, value, -1, Integer.MAX_VALUE));
            case "min_p" -> minP = real(name, value, 0, 1);
            case "frequency_penalty" -> frequencyPenalty = real(name, value, -2, 2);
            case "presence_penalty" -> presencePenalty = real(name, value, -2, 2);
            case "seed" ->
                    seed =
                            value.isIntegralNumber() && value.canConvertToLong()
                                    ? value.asLong()
                                    : wrong(name, "a whole number of 64 bits");
            case "logprobs" -> logprobs = flag(name, value);
            case "top_logprobs" -> topLogprobs = whole(name, value, 0, MOST_LOGPROBS);
            case "n" -> whole(name, value, 1, 1);
            case "stop" -> stops(value);
            case "logit_bias" -> biases(value);
            case "tools" -> tools(value);
            case "tool_choice" -> toolChoice(value);
            default -> readShape(name, value);
        }
    }

    private void readShape(String name, JsonNode value) {
        shape =
                switch (name) {
                    case "response_format" -> format(value);
                    case "guided_json" -> new Wishes.Shape.Schema(value);
                    case "guided_regex" -> new Wishes.Shape.Regex(text(name, value));
                    case "guided_choice" -> new Wishes.Shape.OneOf(texts(name, value));
                    case "grammar" -> new Wishes.Shape.Gbnf(text(name, value));
                    default ->
                            throw new Bad(
                                    "The built-in engine does not know `"
                                            + name
                                            + "`. Leave it out, or name a model of another server.",
                                    name);
                };
    }

    private static Wishes.Shape format(JsonNode value) {
        String type = value.path("type").asString("");
        return switch (type) {
            case "text" -> new Wishes.Shape.Free();
            case "json_object" ->
                    value.has("schema")
                            ? new Wishes.Shape.Schema(value.path("schema"))
                            : new Wishes.Shape.Json();
            case "json_schema" -> {
                JsonNode schema = value.path("json_schema").path("schema");
                if (schema.isMissingNode()) {
                    throw new Bad(
                            "`response_format.json_schema.schema` is missing.", "response_format");
                }
                yield new Wishes.Shape.Schema(schema);
            }
            default ->
                    throw new Bad(
                            "`response_format.type` is `text`, `json_object` or `json_schema`.",
                            "response_format");
        };
    }

    private void tools(JsonNode value) {
        if (!(value instanceof ArrayNode all)) {
            throw new Bad("`tools` must be a list of tools.", "tools");
        }
        tools = all.isEmpty() ? null : all;
    }

    private void toolChoice(JsonNode value) {
        switch (value.asString("")) {
            case "auto" -> {}
            case "none" -> noCalls = true;
            case "required" -> mustCall = true;
            default ->
                    throw new Bad(
                            "The built-in engine follows `tool_choice` `auto`, `none` and"
                                    + " `required`.",
                            "tool_choice");
        }
    }

    private void stops(JsonNode value) {
        if (value.isString()) {
            stop.add(value.asString());
        } else {
            stop.addAll(texts("stop", value));
        }
        stop.removeIf(String::isEmpty);
        if (stop.size() > MOST_STOPS) {
            throw new Bad("`stop` has more than " + MOST_STOPS + " texts.", "stop");
        }
    }

    private void biases(JsonNode value) {
        if (!value.isObject()) {
            throw new Bad(
                    "`logit_bias` must be an object: numbers by the numbers of tokens.",
                    "logit_bias");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            try {
                bias.put(
                        Integer.valueOf(entry.getKey()),
                        real("logit_bias", entry.getValue(), -100, 100));
            } catch (NumberFormatException _) {
                throw new Bad("The names in `logit_bias` are numbers of tokens.", "logit_bias");
            }
        }
    }

    private static int whole(String name, JsonNode value, int least, int most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.asLong() < least
                || value.asLong() > most) {
            return wrong(
                    name,
                    least == most
                            ? Integer.toString(least)
                            : most == Integer.MAX_VALUE
                                    ? "a whole number of at least " + least
                                    : "a whole number from " + least + " to " + most);
        }
        return (int) value.asLong();
    }

    private static double real(String name, JsonNode value, double least, double most) {
        if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
            return wrong(name, "a number from " + least + " to " + most);
        }
        return value.asDouble();
    }

    private static boolean flag(String name, JsonNode value) {
        return value.isBoolean() ? value.asBoolean() : wrong(name, "true or false");
    }

    private static String text(String name, JsonNode value) {
        return value.isString() ? value.asString() : wrong(name, "a text");
    }

    private static List<String> texts(String name, JsonNode value) {
        if (!(value instanceof ArrayNode all)) {
            return wrong(name, "a list of texts");
        }
        var texts = new ArrayList<String>();
        for (JsonNode one : all) {
            texts.add(text(name, one));
        }
        return texts;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    private static <T> T wrong(String name, String wanted) {
        throw new Bad("`" + name + "` must be " + wanted + ".", name);
    }
}
