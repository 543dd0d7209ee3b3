package dev.tierwise.wire.anthropic;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the system prompt and the messages into the form of a chat request. Results of tools become
/// messages of their own; what a chat request has no place for in them, the mark of a failure and
/// images, is said in words and in the message after them.
final class Conversation {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");
    private static final Set<String> TEXT = Set.of("type", "text", "cache_control", "citations");
    private static final Set<String> IMAGE = Set.of("type", "source", "cache_control");
    private static final Set<String> USE =
            Set.of("type", "id", "name", "input", "cache_control", "caller");
    private static final Set<String> RESULT =
            Set.of("type", "tool_use_id", "content", "is_error", "cache_control");

    private final ArrayNode out;

    private Conversation(ArrayNode out) {
        this.out = out;
    }

    static void copy(JsonNode in, ArrayNode out) {
        var conversation = new Conversation(out);
        if (Fields.has(in, "system")) {
            conversation.system(in.path("system"), "system");
        }
        JsonNode messages = Fields.list(in, "", "messages");
        if (messages.isEmpty()) {
            throw Bad.must("messages", "a list of at least one message");
        }
        for (int i = 0; i < messages.size(); i++) {
            conversation.message(messages.path(i), "messages[" + i + "]");
        }
        JsonNode last = messages.path(messages.size() - 1);
        if (last.path("role").asString("").equals("assistant")) {
            throw new Bad(
                    "The last message is the assistant's: an answer cannot be begun for the model"
                            + " here. End with a message of the user.",
                    "messages");
        }
    }

    private void system(JsonNode system, String at) {
        String text = system.isString() ? system.asString() : texts(system, at, "\n\n");
        if (!text.isEmpty()) {
            out.addObject().put("role", "system").put("content", text);
        }
    }

    private void message(JsonNode message, String at) {
        if (!message.isObject()) {
            throw Bad.must(at, "an object");
        }
        Fields.only(message, at, Set.of("role", "content"));
        String role = Fields.text(message, at, "role");
        JsonNode content = message.path("content");
        if (!ROLES.contains(role)) {
            throw Bad.must(at + ".role", "`user`, `assistant` or `system`");
        }
        if (role.equals("system")) {
            system(content, at + ".content");
            return;
        }
        if (content.isString()) {
            out.addObject().put("role", role).put("content", content.asString());
            return;
        }
        JsonNode blocks = Fields.list(message, at, "content");
        if (role.equals("user")) {
            user(blocks, at + ".content");
        } else {
            assistant(blocks, at + ".content");
        }
    }

    private void user(JsonNode blocks, String at) {
        ArrayNode parts = out.arrayNode();
        boolean said = false;
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.path(i);
            String here = at + "[" + i + "]";
            if (type(block, here).equals("tool_result")) {
                if (said) {
                    throw new Bad(
                            "`"
                                    + here
                                    + "`: results of tools come before everything else in a"
                                    + " message.",
                            here);
                }
                result(block, here, parts);
            } else {
                said = true;
                part(block, here, parts);
            }
        }
        if (parts.size() == 1 && parts.path(0).has("text")) {
            out.addObject().put("role", "user").set("content", parts.path(0).path("text"));
        } else if (!parts.isEmpty()) {
            out.addObject().put("role", "user").set("content", parts);
        }
    }

    private static String type(JsonNode block, String at) {
        if (!block.isObject()) {
            throw Bad.must(at, "an object");
        }
        return Fields.text(block, at, "type");
    }

    private static void part(JsonNode block, String at, ArrayNode parts) {
        switch (type(block, at)) {
            case "text" -> parts.addObject().put("type", "text").put("text", text(block, at));
            case "image" -> image(block, at, parts);
            default -> throw Bad.cannot(at + ".type");
        }
    }

    private static String text(JsonNode block, String at) {
        Fields.only(block, at, TEXT);
        if (block.path("citations").size() > 0) {
            throw Bad.cannot(at + ".citations");
        }
        return Fields.text(block, at, "text");
    }

    private static void image(JsonNode block, String at, ArrayNode parts) {
        Fields.only(block, at, IMAGE);
        JsonNode source = Fields.object(block, at, "source");
        String from = at + ".source";
        String url =
                switch (Fields.text(source, from, "type")) {
                    case "base64" ->
                            "data:"
                                    + Fields.text(source, from, "media_type")
                                    + ";base64,"
                                    + Fields.text(source, from, "data");
                    case "url" -> Fields.text(source, from, "url");
                    default -> throw Bad.cannot(from + ".type");
                };
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    }

    /// One result of a tool; its images go into `later`.
    private void result(JsonNode block, String at, ArrayNode later) {
        Fields.only(block, at, RESULT);
        String id = Fields.text(block, at, "tool_use_id");
        ArrayNode parts = out.arrayNode();
        JsonNode content = block.path("content");
        if (content.isString()) {
            parts.addObject().put("type", "text").put("text", content.asString());
        } else if (Fields.has(block, "content")) {
            JsonNode blocks = Fields.list(block, at, "content");
            for (int i = 0; i < blocks.size(); i++) {
                part(blocks.path(i), at + ".content[" + i + "]", parts);
            }
        }
        var words = new StringBuilder();
        if (Fields.flag(block, at, "is_error")) {
            words.append("The tool failed: ");
        }
        boolean images = false;
        for (JsonNode part : parts) {
            if (part.has("text")) {
                words.append(part.path("text").asString());
                continue;
            }
            if (!images) {
                later.addObject()
                        .put("type", "text")
                        .put("text", "Images that the tool call " + id + " gave:");
                images = true;
            }
            later.add(part);
        }
        if (images) {
            words.append(words.isEmpty() ? "" : "\n").append("(Its images follow.)");
        }
        out.addObject()
                .put("role", "tool")
                .put("tool_call_id", id)
                .put("content", words.toString());
    }

    /// Thinking is left out: without `thinking` in the request Anthropic passes it over as well.
    private void assistant(JsonNode blocks, String at) {
        var words = new StringBuilder();
        ArrayNode calls = out.arrayNode();
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.path(i);
            String here = at + "[" + i + "]";
            switch (type(block, here)) {
                case "text" -> words.append(text(block, here));
                case "tool_use" -> call(block, here, calls);
                case "thinking", "redacted_thinking" -> {}
                default -> throw Bad.cannot(here + ".type");
            }
        }
        ObjectNode message = out.addObject().put("role", "assistant");
        if (words.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", words.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static void call(JsonNode block, String at, ArrayNode calls) {
        Fields.only(block, at, USE);
        ObjectNode call =
                calls.addObject().put("id", Fields.text(block, at, "id")).put("type", "function");
        call.putObject("function")
                .put("name", Fields.text(block, at, "name"))
                .put("arguments", Fields.object(block, at, "input").toString());
    }

    private static String texts(JsonNode blocks, String at, String between) {
        if (!blocks.isArray()) {
            throw Bad.must(at, "a text or a list of texts");
        }
        var words = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            String here = at + "[" + i + "]";
            if (!type(blocks.path(i), here).equals("text")) {
                throw Bad.cannot(here + ".type");
            }
            words.append(words.isEmpty() ? "" : between).append(text(blocks.path(i), here));
        }
        return words.toString();
    }
}
