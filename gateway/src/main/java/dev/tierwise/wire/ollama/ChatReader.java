package dev.tierwise.wire.ollama;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Read;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what Ollama's `POST /api/chat` answers: one object, or a line of JSON for each piece.
public final class ChatReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ChatReader() {}

    /// Reads a whole answer or one line of a streamed one. The last piece has a `finish`. An error
    /// that Ollama reports is bad in the field `error`.
    ///
    /// @param json the bytes of one object
    /// @param callId what ids of tool calls begin with where Ollama gives none
    public static Read<Delta> read(byte[] json, String callId) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JacksonException _) {
            return bad("the answer is not JSON");
        }
        if (node.has("error")) {
            return new Read.Bad<>(
                    new Failure.Malformed(
                            "Ollama says: " + node.path("error").asString("an error"), "error"));
        }
        if (!node.path("message").isObject() && !node.path("done").isBoolean()) {
            return bad("the answer has no `message`");
        }
        JsonNode message = node.path("message");
        boolean done = node.path("done").asBoolean(false);
        return new Read.Good<>(
                new Delta(
                        message.path("content").asString(""),
                        message.path("thinking").asString(""),
                        toolCalls(message, callId),
                        done ? finish(node.path("done_reason").asString("stop")) : "",
                        done ? usage(node) : null));
    }

    private static List<Delta.ToolCall> toolCalls(JsonNode message, String callId) {
        var calls = new ArrayList<Delta.ToolCall>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            String id = call.path("id").asString("");
            calls.add(
                    new Delta.ToolCall(
                            id.isEmpty() ? callId + calls.size() : id,
                            function.path("name").asString(""),
                            MAPPER.writeValueAsString(function.path("arguments"))));
        }
        return calls;
    }

    private static String finish(String reason) {
        return reason.equals("length") ? "length" : "stop";
    }

    private static Usage usage(JsonNode node) {
        return new Usage(
                Math.max(0, node.path("prompt_eval_count").asLong(0)),
                0,
                Math.max(0, node.path("eval_count").asLong(0)),
                false);
    }

    private static Read<Delta> bad(String what) {
        return new Read.Bad<>(new Failure.Malformed(what, null));
    }
}
