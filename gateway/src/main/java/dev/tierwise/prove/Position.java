package dev.tierwise.prove;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where in a chat request a canary stands.
enum Position {
    SYSTEM,
    FIRST_USER,
    MIDDLE_USER,
    LAST_USER,
    TEXT_PART,
    ASSISTANT,
    TOOL_ARGUMENTS,
    TOOL_RESULT,
    TOOL_RESULT_JSON,
    TOOL_DESCRIPTION,
    TOOL_ENUM,
    TOOL_PROPERTY,
    AUTHOR,
    USER_FIELD,
    METADATA,
    ANSWER_SCHEMA,
    STOP_WORD,
    UNKNOWN_FIELD,
    FIELD_NAME,
    WRAPPED_TWICE;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A request with `text` in this place.
    ///
    /// @param model what is asked for
    byte[] body(String text, String model, boolean stream) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", stream);
        ArrayNode messages = body.putArray("messages");
        say(messages, "system", this == SYSTEM ? text : "Be brief.");
        say(messages, "user", this == FIRST_USER ? text : "Good day.");
        say(messages, "assistant", this == ASSISTANT ? text : "Good day, what is it about?");
        say(messages, "user", this == MIDDLE_USER ? text : "A letter has to be sorted.");
        tools(body, messages, text);
        ObjectNode last = messages.addObject().put("role", "user");
        switch (this) {
            case LAST_USER -> last.put("content", text);
            case TEXT_PART ->
                    last.putArray("content").addObject().put("type", "text").put("text", text);
            default -> last.put("content", "Which drawer is it for?");
        }
        fields(body, last, text);
        return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private void fields(ObjectNode body, ObjectNode last, String text) {
        switch (this) {
            case AUTHOR -> last.put("name", text);
            case USER_FIELD -> body.put("user", text);
            case METADATA -> body.putObject("metadata").put("note", text);
            case ANSWER_SCHEMA ->
                    body.putObject("response_format")
                            .put("type", "json_schema")
                            .putObject("json_schema")
                            .put("name", "drawer")
                            .put("description", text);
            case STOP_WORD -> body.putArray("stop").add(text);
            case UNKNOWN_FIELD ->
                    body.putObject("x_vendor")
                            .putArray("deep")
                            .addArray()
                            .addObject()
                            .put("y", text);
            case FIELD_NAME -> body.putObject("x_vendor").put(text, true);
            default -> {}
        }
    }

    private void tools(ObjectNode body, ArrayNode messages, String text) {
        switch (this) {
            case TOOL_ARGUMENTS -> called(messages, JSON.createObjectNode().put("q", text), "none");
            case WRAPPED_TWICE -> {
                String inner = JSON.writeValueAsString(JSON.createObjectNode().put("note", text));
                called(messages, JSON.createObjectNode().put("q", inner), "none");
            }
            case TOOL_RESULT -> called(messages, JSON.createObjectNode().put("q", "x"), text);
            case TOOL_RESULT_JSON ->
                    called(
                            messages,
                            JSON.createObjectNode().put("q", "x"),
                            JSON.writeValueAsString(JSON.createArrayNode().add(text)));
            case TOOL_DESCRIPTION, TOOL_ENUM, TOOL_PROPERTY -> offered(body, text);
            default -> {}
        }
    }

    private void offered(ObjectNode body, String text) {
        ObjectNode function =
                body.putArray("tools")
                        .addObject()
                        .put("type", "function")
                        .putObject("function")
                        .put("name", "drawer")
                        .put("description", this == TOOL_DESCRIPTION ? text : "Opens a drawer.");
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        ObjectNode property =
                parameters
                        .putObject("properties")
                        .putObject(this == TOOL_PROPERTY ? text : "which")
                        .put("type", "string");
        if (this == TOOL_ENUM) {
            property.putArray("enum").add("top").add(text);
        }
    }

    private static void called(ArrayNode messages, ObjectNode arguments, String result) {
        ObjectNode call = messages.addObject().put("role", "assistant").putNull("content");
        call.putArray("tool_calls")
                .addObject()
                .put("id", "call_1")
                .put("type", "function")
                .putObject("function")
                .put("name", "search")
                .put("arguments", JSON.writeValueAsString(arguments));
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", "call_1")
                .put("content", result);
    }

    private static void say(ArrayNode messages, String role, String text) {
        messages.addObject().put("role", role).put("content", text);
    }
}
