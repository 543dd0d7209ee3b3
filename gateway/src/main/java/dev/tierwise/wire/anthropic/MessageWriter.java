package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.wire.Read;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes a whole `chat.completion` as this dialect's message. Stateless.
public final class MessageWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MessageWriter() {}

    /// The message that says what `answer` says; bad where a call's arguments are no JSON object,
    /// which a message has no place for.
    ///
    /// @param requestId the request's id
    /// @param model the model that answered
    public static Read<Body> write(Answer answer, String requestId, String model) {
        try {
            JsonNode choice = MAPPER.readTree(answer.body().bytes()).path("choices").path(0);
            var out = new ByteArrayOutputStream(512);
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                message(json, choice, answer, requestId, model);
            }
            return new Read.Good<>(new Body(out.toByteArray()));
        } catch (JacksonException _) {
            return new Read.Bad<>(
                    new Failure.Malformed(
                            "The arguments of a tool call in the answer are not JSON.", null));
        } catch (Bad bad) {
            return new Read.Bad<>(bad.problem());
        }
    }

    private static void message(
            JsonGenerator json, JsonNode choice, Answer answer, String requestId, String model) {
        JsonNode calls = choice.path("message").path("tool_calls");
        head(json, requestId, model);
        json.writeArrayPropertyStart("content");
        text(json, words(choice.path("message")));
        for (int i = 0; i < calls.size(); i++) {
            call(json, calls.path(i), callId(requestId, i));
        }
        json.writeEndArray();
        String sequence = Stops.sequence(choice);
        Stops.reason(json, Stops.reason(answer.finish(), !calls.isEmpty(), sequence), sequence);
        Stops.write(json, answer.usage());
        json.writeEndObject();
    }

    /// Begins a message.
    static void head(JsonGenerator json, String requestId, String model) {
        json.writeStartObject();
        json.writeStringProperty("id", "msg_" + requestId);
        json.writeStringProperty("type", "message");
        json.writeStringProperty("role", "assistant");
        json.writeStringProperty("model", model);
    }

    /// The id of a call whose upstream gave it none. It comes back in the next turn, where digits
    /// in a row would look like somebody's number, so it has letters in their place.
    static String callId(String requestId, int number) {
        var letters = new StringBuilder("toolu_");
        for (int i = 0; i < requestId.length(); i++) {
            char c = requestId.charAt(i);
            letters.append(c >= '0' && c <= '9' ? (char) (c - '0' + 'g') : c);
        }
        return letters.append('_').append(number).toString();
    }

    /// What a message or a delta says in words, a refusal's included.
    static String words(JsonNode message) {
        JsonNode content = message.path("content");
        var words = new StringBuilder(content.asString(""));
        for (JsonNode part : content) {
            words.append(part.isString() ? part.asString() : part.path("text").asString(""));
        }
        return words.append(message.path("refusal").asString("")).toString();
    }

    private static void text(JsonGenerator json, String words) {
        if (words.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("type", "text");
        json.writeStringProperty("text", words);
        json.writeEndObject();
    }

    private static void call(JsonGenerator json, JsonNode call, String otherwise) {
        JsonNode function = call.path("function");
        String id = call.path("id").asString("");
        json.writeStartObject();
        json.writeStringProperty("type", "tool_use");
        json.writeStringProperty("id", id.isEmpty() ? otherwise : id);
        json.writeStringProperty("name", function.path("name").asString(""));
        json.writeName("input");
        json.writeRawValue(object(function.path("arguments")).toString());
        json.writeEndObject();
    }

    private static JsonNode object(@Nullable JsonNode arguments) {
        JsonNode said = arguments == null ? MAPPER.missingNode() : arguments;
        if (said.isString() || said.isMissingNode() || said.isNull()) {
            String text = said.asString("");
            said = text.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
        }
        if (!said.isObject()) {
            throw new Bad("The arguments of a tool call in the answer are no object.", "input");
        }
        return said;
    }
}
