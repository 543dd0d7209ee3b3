package dev.tierwise.fakes;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat request as far as the fake looks at it.
///
/// @param root the whole request
/// @param model the model asked for
/// @param streamed whether the answer is a stream
record ChatRequest(JsonNode root, String model, boolean streamed) {

    /// Reads a request; `streamedByDefault` says what an absent `stream` means.
    static ChatRequest of(JsonNode root, boolean streamedByDefault) {
        return new ChatRequest(
                root,
                root.path("model").asString(""),
                root.path("stream").asBoolean(streamedByDefault));
    }

    /// Says what is missing, empty text when nothing is.
    String complaint() {
        if (model.isEmpty()) {
            return "you must provide a model parameter";
        }
        return root.path("messages").isArray() ? "" : "Missing required parameter: 'messages'.";
    }

    /// Whether tools are offered and may be called.
    boolean offersTools() {
        return !root.path("tools").isEmpty()
                && !root.path("tool_choice").asString("").equals("none");
    }

    /// The same without a wish for JSON.
    ChatRequest unshaped() {
        return root instanceof ObjectNode object
                ? new ChatRequest(
                        object.deepCopy().without(List.of("response_format", "format")),
                        model,
                        streamed)
                : this;
    }

    /// What the last message says, where it is plain text.
    String last() {
        JsonNode messages = root.path("messages");
        return messages.path(messages.size() - 1).path("content").asString("");
    }

    /// How many answers are asked for.
    int answers() {
        return Math.clamp(root.path("n").asInt(1), 1, 16);
    }

    /// A rough count: a token is four bytes of the messages.
    int promptTokens() {
        return Math.max(1, root.path("messages").toString().length() / 4);
    }
}
