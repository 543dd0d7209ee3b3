package dev.tierwise.wire.anthropic;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts tools, and the wish which of them is to be called, into the form of a chat request.
final class Tools {
    /// The last two are hints about caching and about how arguments are sent.
    private static final Set<String> KNOWN =
            Set.of(
                    "type",
                    "name",
                    "description",
                    "input_schema",
                    "strict",
                    "cache_control",
                    "eager_input_streaming");

    private Tools() {}

    static void copy(JsonNode in, ObjectNode out) {
        boolean any = false;
        if (Fields.has(in, "tools")) {
            JsonNode tools = Fields.list(in, "", "tools");
            any = !tools.isEmpty();
            if (any) {
                tools(tools, out.putArray("tools"));
            }
        }
        if (Fields.has(in, "tool_choice")) {
            choice(Fields.object(in, "", "tool_choice"), any, out);
        }
    }

    private static void tools(JsonNode in, ArrayNode out) {
        for (int i = 0; i < in.size(); i++) {
            JsonNode tool = in.path(i);
            String at = "tools[" + i + "]";
            if (!tool.isObject()) {
                throw Bad.must(at, "an object");
            }
            String type = tool.path("type").asString("custom");
            if (!type.equals("custom")) {
                throw new Bad(
                        "`"
                                + at
                                + "` is a tool that Anthropic's own servers run or define; send a"
                                + " tool with an `input_schema` of your own.",
                        at + ".type");
            }
            Fields.only(tool, at, KNOWN);
            ObjectNode function = out.addObject().put("type", "function").putObject("function");
            function.put("name", Fields.text(tool, at, "name"));
            if (Fields.has(tool, "description")) {
                function.put("description", Fields.text(tool, at, "description"));
            }
            function.set("parameters", Fields.object(tool, at, "input_schema"));
            if (Fields.has(tool, "strict")) {
                function.put("strict", Fields.flag(tool, at, "strict"));
            }
        }
    }

    private static void choice(JsonNode in, boolean any, ObjectNode out) {
        Fields.only(in, "tool_choice", Set.of("type", "name", "disable_parallel_tool_use"));
        String type = Fields.text(in, "tool_choice", "type");
        if (!any && (type.equals("any") || type.equals("tool"))) {
            throw new Bad("`tool_choice` asks for a tool, and `tools` has none.", "tool_choice");
        }
        if (!any) {
            return;
        }
        switch (type) {
            case "auto" -> out.put("tool_choice", "auto");
            case "any" -> out.put("tool_choice", "required");
            case "none" -> out.put("tool_choice", "none");
            case "tool" -> {
                ObjectNode choice = out.putObject("tool_choice").put("type", "function");
                choice.putObject("function").put("name", Fields.text(in, "tool_choice", "name"));
            }
            default -> throw Bad.must("tool_choice.type", "`auto`, `any`, `tool` or `none`");
        }
        if (Fields.flag(in, "tool_choice", "disable_parallel_tool_use")) {
            out.put("parallel_tool_calls", false);
        }
    }
}
