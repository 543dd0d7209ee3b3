package dev.tierwise.wire.openai;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Read;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a whole `chat.completion`. The bytes stay as they came.
public final class AnswerReader {
    private AnswerReader() {}

    /// Reads one answer. Where it has no token counts they are estimated from sizes. An error in
    /// place of an answer is bad in the field `error`.
    ///
    /// @param bytes the upstream's body
    /// @param promptTokens the estimate to take for the prompt
    public static Read<Answer> read(byte[] bytes, long promptTokens) {
        String finish = "";
        Usage usage = null;
        int weight = 0;
        boolean choices = false;
        String error = null;
        try (JsonParser json = Json.answer(bytes, 0, bytes.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return bad("no JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "choices" -> {
                        choices = token == JsonToken.START_ARRAY;
                        var read = new Choices();
                        read.read(json, token);
                        finish = read.finish;
                        weight = read.weight;
                    }
                    case "error" -> error = ErrorBody.messageOf(json, token);
                    case "usage" -> usage = UsageReader.read(json, token);
                    default -> json.skipChildren();
                }
            }
        } catch (JacksonException _) {
            return bad("JSON that breaks off or is not JSON");
        }
        if (!choices && error != null) {
            return new Read.Bad<>(
                    new Failure.Malformed("the answer is an error: " + error, "error"));
        }
        if (!choices) {
            return bad("an object without `choices`");
        }
        return new Read.Good<>(
                new Answer(new Body(bytes), counted(usage, promptTokens, weight), finish));
    }

    private static Usage counted(@Nullable Usage usage, long promptTokens, int weight) {
        return usage != null ? usage : new Usage(promptTokens, 0, Usage.tokensOf(weight), true);
    }

    private static Read<Answer> bad(String what) {
        return new Read.Bad<>(new Failure.Malformed("the answer is " + what, null));
    }

    private static final class Choices {
        private String finish = "";
        private int weight;

        void read(JsonParser json, JsonToken token) {
            if (token != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
                        finish = json.getString();
                    } else if (name.equals("message")) {
                        weight += Strings.weigh(json);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }
}
