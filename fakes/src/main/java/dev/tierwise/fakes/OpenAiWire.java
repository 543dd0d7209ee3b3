package dev.tierwise.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The chat completions of OpenAI.
record OpenAiWire() implements Wire {
    private static final String ID = "chatcmpl-fake0000000000000000000001";
    private static final long CREATED = 1_760_000_000L;

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public String event(String json) {
        return "data: " + json + "\n\n";
    }

    @Override
    public String text(ChatRequest request, Script script) {
        var format = request.root().path("response_format");
        return switch (format.path("type").asString("text")) {
            case "json_schema" -> SchemaFiller.fill(format.path("json_schema").path("schema"));
            case "json_object" -> Json.text(Json.object("answer", script.text()));
            default -> script.text();
        };
    }

    @Override
    public String error(Problem problem) {
        return Json.text(
                Json.object(
                        "error",
                        Json.object(
                                "message", problem.message(),
                                "type", problem.type(),
                                "param", null,
                                "code", problem.code())));
    }

    @Override
    public String whole(ChatRequest request, Script script) {
        var choices = new ArrayList<Object>();
        for (int index = 0; index < request.answers(); index++) {
            choices.add(
                    Json.object(
                            "index",
                            index,
                            "message",
                            message(request, script),
                            "logprobs",
                            callsTools(request, script)
                                    ? null
                                    : Chances.of(
                                            request,
                                            Wire.pieces(text(request, script), script.chunks())),
                            "finish_reason",
                            reason(request, script)));
        }
        return Json.text(
                Json.object(
                        "id",
                        ID,
                        "object",
                        "chat.completion",
                        "created",
                        CREATED,
                        "model",
                        request.model(),
                        "choices",
                        choices,
                        "usage",
                        usage(request, script),
                        "service_tier",
                        "default",
                        "system_fingerprint",
                        "fp_fake"));
    }

    private Map<String, @Nullable Object> message(ChatRequest request, Script script) {
        var message =
                Json.object(
                        "role",
                        "assistant",
                        "content",
                        null,
                        "refusal",
                        null,
                        "annotations",
                        List.of());
        if (callsTools(request, script)) {
            var calls = new ArrayList<Object>();
            for (var call : script.toolCalls()) {
                calls.add(toolCall(calls.size(), call.name(), call.arguments()));
            }
            message.put("tool_calls", calls);
        } else {
            message.put("content", text(request, script));
        }
        return message;
    }

    @Override
    public Streamed streamed(ChatRequest request, Script script) {
        var opening = new ArrayList<String>();
        var content = new ArrayList<String>();
        var finish = new ArrayList<String>();
        for (int index = 0; index < request.answers(); index++) {
            var role = Json.object("role", "assistant", "content", "", "refusal", null);
            opening.add(chunk(request, index, role, null));
        }
        for (var delta : deltas(request, script)) {
            for (int index = 0; index < request.answers(); index++) {
                content.add(chunk(request, index, delta, null));
            }
        }
        for (int index = 0; index < request.answers(); index++) {
            finish.add(chunk(request, index, Json.object(), reason(request, script)));
        }
        if (wantsUsage(request)) {
            var last = chunk(request, List.of());
            last.put("usage", usage(request, script));
            finish.add(event(Json.text(last)));
        }
        return new Streamed(opening, content, finish, event("[DONE]"));
    }

    private List<Map<String, @Nullable Object>> deltas(ChatRequest request, Script script) {
        var deltas = new ArrayList<Map<String, @Nullable Object>>();
        if (!callsTools(request, script)) {
            for (String piece : Wire.pieces(text(request, script), script.chunks())) {
                deltas.add(Json.object("content", piece));
            }
            return deltas;
        }
        for (int index = 0; index < script.toolCalls().size(); index++) {
            var call = script.toolCalls().get(index);
            var head = toolCall(index, call.name(), "");
            head.put("index", index);
            deltas.add(Json.object("tool_calls", List.of(head)));
            for (String piece : Wire.pieces(call.arguments(), script.chunks())) {
                var more = Json.object("index", index, "function", Json.object("arguments", piece));
                deltas.add(Json.object("tool_calls", List.of(more)));
            }
        }
        return deltas;
    }

    private String chunk(
            ChatRequest request,
            int index,
            Map<String, @Nullable Object> delta,
            @Nullable String reason) {
        var piece =
                delta.get("content") instanceof String text && !text.isEmpty()
                        ? List.of(text)
                        : List.<String>of();
        var choice =
                Json.object(
                        "index",
                        index,
                        "delta",
                        delta,
                        "logprobs",
                        piece.isEmpty() ? null : Chances.of(request, piece),
                        "finish_reason",
                        reason);
        return event(Json.text(chunk(request, List.of(choice))));
    }

    private static Map<String, @Nullable Object> chunk(ChatRequest request, List<?> choices) {
        var chunk =
                Json.object(
                        "id",
                        ID,
                        "object",
                        "chat.completion.chunk",
                        "created",
                        CREATED,
                        "model",
                        request.model(),
                        "service_tier",
                        "default",
                        "system_fingerprint",
                        "fp_fake",
                        "choices",
                        choices);
        if (wantsUsage(request)) {
            chunk.put("usage", null);
        }
        return chunk;
    }

    private static Map<String, @Nullable Object> toolCall(
            int index, String name, String arguments) {
        return Json.object(
                "id",
                "call_fake" + index,
                "type",
                "function",
                "function",
                Json.object("name", name, "arguments", arguments));
    }

    private static Map<String, @Nullable Object> usage(ChatRequest request, Script script) {
        int prompt = request.promptTokens();
        int completion = script.chunks() * request.answers();
        return Json.object(
                "prompt_tokens",
                prompt,
                "completion_tokens",
                completion,
                "total_tokens",
                prompt + completion,
                "prompt_tokens_details",
                Json.object("cached_tokens", 0, "audio_tokens", 0),
                "completion_tokens_details",
                Json.object(
                        "reasoning_tokens", 0,
                        "audio_tokens", 0,
                        "accepted_prediction_tokens", 0,
                        "rejected_prediction_tokens", 0));
    }

    private static boolean wantsUsage(ChatRequest request) {
        return request.root().path("stream_options").path("include_usage").asBoolean(false);
    }

    private static boolean callsTools(ChatRequest request, Script script) {
        return request.offersTools() && !script.toolCalls().isEmpty();
    }

    private static String reason(ChatRequest request, Script script) {
        return callsTools(request, script) ? "tool_calls" : "stop";
    }
}
