package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the body of `POST /v1/messages` into the chat request that says the same, so that all that
/// follows holds for both. What a chat request cannot say is refused by name; mere hints, which
/// change no answer, end here. Stateless from outside: use [#read].
public final class MessagesReader {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(200)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /// The last three are hints: where and how Anthropic's own service works, not what it answers.
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stop_sequences",
                    "temperature",
                    "top_p",
                    "tools",
                    "tool_choice",
                    "stream",
                    "thinking",
                    "output_config",
                    "output_format",
                    "metadata",
                    "service_tier",
                    "cache_control");

    private final JsonNode in;
    private final ObjectNode out = MAPPER.createObjectNode();

    private MessagesReader(JsonNode in) {
        this.in = in;
    }

    /// Reads one request. Never throws for any bytes.
    public static Read<Prompt> read(byte[] bytes) {
        return read(bytes, true);
    }

    /// Reads a request whose tokens are to be counted, which has no `max_tokens`.
    public static Read<Prompt> readToCount(byte[] bytes) {
        return read(bytes, false);
    }

    private static Read<Prompt> read(byte[] bytes, boolean answer) {
        try {
            JsonNode in = MAPPER.readTree(bytes);
            if (!in.isObject()) {
                return new Read.Bad<>(new Bad("The body must be one JSON object.", "").problem());
            }
            var reader = new MessagesReader(in);
            reader.translate(answer);
            return ChatReader.read(MAPPER.writeValueAsBytes(reader.out));
        } catch (Bad bad) {
            return new Read.Bad<>(bad.problem());
        } catch (JacksonException _) {
            // its own reader says where and why; strict in the same ways
            return ChatReader.read(bytes) instanceof Read.Bad<Prompt> problem
                    ? problem
                    : new Read.Bad<>(new Bad("The body is not valid JSON.", "").problem());
        }
    }

    private void translate(boolean answer) {
        Fields.only(in, "", KNOWN);
        out.put("model", Fields.text(in, "", "model"));
        Conversation.copy(in, out.putArray("messages"));
        if (answer || Fields.has(in, "max_tokens")) {
            out.put("max_tokens", maxTokens());
        }
        fraction("temperature");
        fraction("top_p");
        stops();
        Tools.copy(in, out);
        thinking();
        shape();
        if (Fields.flag(in, "", "stream")) {
            out.put("stream", true);
            out.putObject("stream_options").put("include_usage", true);
        }
    }

    private long maxTokens() {
        JsonNode value = in.path("max_tokens");
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
            throw Bad.must("max_tokens", "a whole number of at least 1; it cannot be left out");
        }
        return value.asLong();
    }

    private void fraction(String field) {
        if (!Fields.has(in, field)) {
            return;
        }
        JsonNode value = in.path(field);
        if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
            throw Bad.must(field, "a number from 0 to 1");
        }
        out.set(field, value);
    }

    private void stops() {
        if (!Fields.has(in, "stop_sequences")) {
            return;
        }
        JsonNode all = Fields.list(in, "", "stop_sequences");
        for (JsonNode stop : all) {
            if (!stop.isString() || stop.asString().isEmpty()) {
                throw Bad.must("stop_sequences", "a list of texts that are not empty");
            }
        }
        if (!all.isEmpty()) {
            out.set("stop", all);
        }
    }

    private void thinking() {
        if (Fields.has(in, "thinking")
                && !in.path("thinking").path("type").asString("").equals("disabled")) {
            throw Bad.cannot("thinking");
        }
    }

    private void shape() {
        if (Fields.has(in, "output_config")) {
            JsonNode config = Fields.object(in, "", "output_config");
            Fields.only(config, "output_config", Set.of("format"));
            shape(config, "output_config", "format");
        }
        shape(in, "", "output_format");
    }

    private void shape(JsonNode from, String at, String field) {
        if (!Fields.has(from, field)) {
            return;
        }
        JsonNode format = Fields.object(from, at, field);
        String path = Fields.path(at, field);
        Fields.only(format, path, Set.of("type", "schema"));
        if (!Fields.text(format, path, "type").equals("json_schema")) {
            throw Bad.must(path + ".type", "`json_schema`");
        }
        ObjectNode wish = out.putObject("response_format");
        wish.put("type", "json_schema");
        wish.putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", Fields.object(format, path, "schema"));
    }
}
