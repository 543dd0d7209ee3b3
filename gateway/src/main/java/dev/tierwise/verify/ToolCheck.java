package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Whether the calls that a model wants made name tools that were offered, with arguments that fit.
final class ToolCheck {
    private static final String NAME = "tools";

    private ToolCheck() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        if (reply.calls().isEmpty()) {
            return;
        }
        Map<String, JsonNode> offered = offered(question);
        for (int i = 0; i < reply.calls().size(); i++) {
            Optional<String> complaint = complaint(reply.calls().get(i), offered);
            if (complaint.isPresent()) {
                String reason = "tool call " + (i + 1) + ": " + complaint.get();
                sheet.add(Finding.fail(NAME, Rates.NEVER, reason));
                return;
            }
        }
        sheet.add(
                Finding.pass(
                        NAME, Rates.FITS, "arguments of " + reply.calls().size() + " calls fit"));
    }

    private static Optional<String> complaint(Reply.Call call, Map<String, JsonNode> offered) {
        JsonNode schema = offered.get(call.tool());
        if (schema == null) {
            return Optional.of("no such tool was offered");
        }
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        JsonNode value = JsonCheck.read(arguments);
        if (value == null || !value.isObject()) {
            return Optional.of("the arguments are not a JSON object");
        }
        return new JsonSchema(schema).complaint(value);
    }

    private static Map<String, JsonNode> offered(Question question) {
        var offered = new HashMap<String, JsonNode>();
        JsonNode tools = QuestionReader.field(question.body(), "tools");
        if (tools != null) {
            for (JsonNode tool : tools) {
                JsonNode function = tool.path("function");
                offered.put(function.path("name").asString(""), function.path("parameters"));
            }
        }
        return offered;
    }
}
