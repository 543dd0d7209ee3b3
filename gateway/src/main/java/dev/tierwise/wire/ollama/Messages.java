package dev.tierwise.wire.ollama;

import dev.tierwise.core.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts messages into Ollama's form: text in one string, images apart as base64, tool arguments as
/// an object instead of a string.
final class Messages {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Messages() {}

    /// Copies all messages; says which one cannot be put into this form.
    static Failure.@Nullable Malformed copy(ArrayNode in, ArrayNode out) {
        for (JsonNode message : in) {
            ObjectNode copy = out.addObject();
            Failure.Malformed problem = copy(message, copy, in);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static Failure.@Nullable Malformed copy(JsonNode in, ObjectNode out, ArrayNode all) {
        String role = in.path("role").asString("");
        out.put("role", role.equals("developer") ? "system" : role);
        JsonNode content = in.path("content");
        if (content instanceof ArrayNode parts) {
            Failure.Malformed problem = parts(parts, out);
            if (problem != null) {
                return problem;
            }
        } else {
            out.put("content", content.asString(""));
        }
        if (in.path("tool_calls") instanceof ArrayNode calls) {
            return toolCalls(calls, out.putArray("tool_calls"));
        }
        if (role.equals("tool")) {
            String id = in.path("tool_call_id").asString("");
            out.put("tool_name", toolName(id, all));
            out.put("tool_call_id", id);
        }
        return null;
    }

    private static Failure.@Nullable Malformed parts(ArrayNode parts, ObjectNode out) {
        var text = new StringBuilder();
        for (JsonNode part : parts) {
            String type = part.path("type").asString("");
            switch (type) {
                case "text" -> text.append(part.path("text").asString(""));
                case "refusal" -> text.append(part.path("refusal").asString(""));
                case "image_url" -> {
                    String url = part.path("image_url").path("url").asString("");
                    int comma = url.indexOf(',');
                    if (!url.startsWith("data:") || comma < 0) {
                        return malformed(
                                "Ollama takes images only inside the request; send a `data:` URL.");
                    }
                    out.withArray("images").add(url.substring(comma + 1));
                }
                default -> {
                    return malformed("Ollama cannot read a content part of type `" + type + "`.");
                }
            }
        }
        out.put("content", text.toString());
        return null;
    }

    private static Failure.@Nullable Malformed toolCalls(ArrayNode calls, ArrayNode out) {
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            ObjectNode copy = out.addObject();
            copy.set("id", call.path("id"));
            ObjectNode named = copy.putObject("function");
            named.put("name", function.path("name").asString(""));
            String arguments = function.path("arguments").asString("");
            try {
                named.set("arguments", MAPPER.readTree(arguments.isBlank() ? "{}" : arguments));
            } catch (JacksonException _) {
                return malformed("The `arguments` of a tool call are not valid JSON.");
            }
        }
        return null;
    }

    /// Ollama names a tool result by function, OpenAI by the id of the call.
    private static String toolName(String id, ArrayNode all) {
        for (JsonNode message : all) {
            for (JsonNode call : message.path("tool_calls")) {
                if (call.path("id").asString("").equals(id)) {
                    return call.path("function").path("name").asString("");
                }
            }
        }
        return "";
    }

    private static Failure.Malformed malformed(String message) {
        return new Failure.Malformed(message, "messages");
    }
}
