package dev.tierwise.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The chat of Ollama: one JSON object a line.
record OllamaWire() implements Wire {

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public String event(String json) {
        return json + "\n";
    }

    @Override
    public String text(ChatRequest request, Script script) {
        var format = request.root().path("format");
        if (format.isObject()) {
            return SchemaFiller.fill(format);
        }
        return format.asString("").equals("json")
                ? Json.text(Json.object("answer", script.text()))
                : script.text();
    }

    @Override
    public String error(Problem problem) {
        return Json.text(Json.object("error", problem.message()));
    }

    @Override
    public String whole(ChatRequest request, Script script) {
        var line = line(request, message(request, script));
        line.putAll(ending(request, script));
        return Json.text(line);
    }

    @Override
    public Streamed streamed(ChatRequest request, Script script) {
        var content = new ArrayList<String>();
        if (callsTools(request, script)) {
            content.add(open(request, message(request, script)));
        } else {
            for (String piece : Wire.pieces(text(request, script), script.chunks())) {
                content.add(open(request, Json.object("role", "assistant", "content", piece)));
            }
        }
        var last = line(request, Json.object("role", "assistant", "content", ""));
        last.putAll(ending(request, script));
        return new Streamed(List.of(), content, List.of(), event(Json.text(last)));
    }

    private String open(ChatRequest request, Map<String, @Nullable Object> message) {
        var line = line(request, message);
        line.put("done", false);
        return event(Json.text(line));
    }

    private static Map<String, @Nullable Object> line(
            ChatRequest request, Map<String, @Nullable Object> message) {
        return Json.object(
                "model",
                request.model(),
                "created_at",
                "2026-01-01T00:00:00.000000Z",
                "message",
                message);
    }

    private Map<String, @Nullable Object> message(ChatRequest request, Script script) {
        var message = Json.object("role", "assistant", "content", "");
        if (!callsTools(request, script)) {
            message.put("content", text(request, script));
            return message;
        }
        var calls = new ArrayList<Object>();
        for (var call : script.toolCalls()) {
            Object arguments = Json.read(call.arguments()).map(Object.class::cast).orElse(Map.of());
            calls.add(
                    Json.object(
                            "function",
                            Json.object(
                                    "index", calls.size(),
                                    "name", call.name(),
                                    "arguments", arguments)));
        }
        message.put("tool_calls", calls);
        return message;
    }

    private static Map<String, @Nullable Object> ending(ChatRequest request, Script script) {
        return Json.object(
                "done",
                true,
                "done_reason",
                "stop",
                "total_duration",
                180_000_000L,
                "load_duration",
                10_000_000L,
                "prompt_eval_count",
                request.promptTokens(),
                "prompt_eval_duration",
                50_000_000L,
                "eval_count",
                script.chunks(),
                "eval_duration",
                120_000_000L);
    }

    private static boolean callsTools(ChatRequest request, Script script) {
        return request.offersTools() && !script.toolCalls().isEmpty();
    }
}
