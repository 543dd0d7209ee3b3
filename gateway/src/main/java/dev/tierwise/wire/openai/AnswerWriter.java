package dev.tierwise.wire.openai;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes answers that came in another dialect as this one's `chat.completion` and
/// `chat.completion.chunk`. One writer an answer: id and time are the same in every chunk.
public final class AnswerWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Delta NOTHING = new Delta("", "", List.of(), "", null);

    private final String id;
    private final long created;
    private final String model;
    private final boolean usageInStream;
    private boolean begun;
    private int toolCalls;

    /// @param id the id of the answer, such as `chatcmpl-…`
    /// @param created seconds since 1970
    /// @param model the model's name
    /// @param usageInStream whether the client wants a last chunk with token counts
    public AnswerWriter(String id, long created, String model, boolean usageInStream) {
        this.id = id;
        this.created = created;
        this.model = model;
        this.usageInStream = usageInStream;
    }

    /// The whole answer.
    public Answer answer(Delta delta, Usage usage) {
        var out = new ByteArrayOutputStream(512);
        String finish = finish(delta);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            head(json, "chat.completion");
            json.writeArrayPropertyStart("choices");
            json.writeStartObject();
            json.writeNumberProperty("index", 0);
            json.writeObjectPropertyStart("message");
            json.writeStringProperty("role", "assistant");
            if (delta.text().isEmpty() && !delta.toolCalls().isEmpty()) {
                json.writeNullProperty("content");
            } else {
                json.writeStringProperty("content", delta.text());
            }
            words(json, delta);
            json.writeNullProperty("refusal");
            json.writeEndObject();
            chances(json, delta);
            json.writeStringProperty("finish_reason", finish);
            json.writeEndObject();
            json.writeEndArray();
            json.writeName("usage");
            usage(json, usage);
            json.writeEndObject();
        }
        return new Answer(new Body(out.toByteArray()), usage, finish);
    }

    /// The events that say what `delta` says, in order: role with the first words, the words, why
    /// it stopped, and where wished the token counts.
    public Event event(Delta delta) {
        var out = new ByteArrayOutputStream(256);
        String finish = delta.finish().isEmpty() ? "" : finish(delta);
        if (!delta.text().isEmpty()
                || !delta.reasoning().isEmpty()
                || !delta.toolCalls().isEmpty()
                || !delta.tokens().isEmpty()
                || !begun) {
            chunk(out, delta, "");
        }
        if (!finish.isEmpty()) {
            chunk(out, NOTHING, finish);
            if (usageInStream && delta.usage() != null) {
                usageChunk(out, delta.usage());
            }
        }
        int weight = delta.text().length() + delta.reasoning().length();
        return new Event(
                new Body(out.toByteArray()), Event.Kind.CONTENT, finish, delta.usage(), weight);
    }

    /// The event that ends a whole stream.
    public static Event done() {
        byte[] raw = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
        return new Event(new Body(raw), Event.Kind.DONE, "", null, 0);
    }

    private String finish(Delta delta) {
        return toolCalls + delta.toolCalls().size() > 0 && delta.finish().equals("stop")
                ? "tool_calls"
                : delta.finish();
    }

    private void chunk(ByteArrayOutputStream out, Delta delta, String finish) {
        out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            head(json, "chat.completion.chunk");
            json.writeArrayPropertyStart("choices");
            json.writeStartObject();
            json.writeNumberProperty("index", 0);
            json.writeObjectPropertyStart("delta");
            if (!begun) {
                json.writeStringProperty("role", "assistant");
                begun = true;
            }
            if (!delta.text().isEmpty()) {
                json.writeStringProperty("content", delta.text());
            }
            words(json, delta);
            json.writeEndObject();
            chances(json, delta);
            if (finish.isEmpty()) {
                json.writeNullProperty("finish_reason");
            } else {
                json.writeStringProperty("finish_reason", finish);
            }
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void usageChunk(ByteArrayOutputStream out, Usage usage) {
        out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            head(json, "chat.completion.chunk");
            json.writeArrayPropertyStart("choices");
            json.writeEndArray();
            json.writeName("usage");
            usage(json, usage);
            json.writeEndObject();
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void head(JsonGenerator json, String object) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        json.writeStringProperty("object", object);
        json.writeNumberProperty("created", created);
        json.writeStringProperty("model", model);
    }

    private void words(JsonGenerator json, Delta delta) {
        if (!delta.reasoning().isEmpty()) {
            json.writeStringProperty("reasoning_content", delta.reasoning());
        }
        if (delta.toolCalls().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tool_calls");
        for (Delta.ToolCall call : delta.toolCalls()) {
            json.writeStartObject();
            json.writeNumberProperty("index", toolCalls++);
            json.writeStringProperty("id", call.id());
            json.writeStringProperty("type", "function");
            json.writeObjectPropertyStart("function");
            json.writeStringProperty("name", call.name());
            json.writeStringProperty("arguments", call.arguments());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void chances(JsonGenerator json, Delta delta) {
        if (delta.tokens().isEmpty()) {
            json.writeNullProperty("logprobs");
            return;
        }
        json.writeObjectPropertyStart("logprobs");
        json.writeArrayPropertyStart("content");
        for (Delta.TokenChance token : delta.tokens()) {
            json.writeStartObject();
            chance(json, token);
            json.writeArrayPropertyStart("top_logprobs");
            for (Delta.TokenChance other : token.others()) {
                json.writeStartObject();
                chance(json, other);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullProperty("refusal");
        json.writeEndObject();
    }

    private static void chance(JsonGenerator json, Delta.TokenChance token) {
        byte[] bytes = token.bytes().bytes();
        json.writeStringProperty("token", new String(bytes, StandardCharsets.UTF_8));
        json.writeNumberProperty("logprob", token.logprob());
        json.writeArrayPropertyStart("bytes");
        for (byte b : bytes) {
            json.writeNumber(b & 0xff);
        }
        json.writeEndArray();
    }

    private static void usage(JsonGenerator json, Usage usage) {
        json.writeStartObject();
        json.writeNumberProperty("prompt_tokens", usage.input());
        json.writeNumberProperty("completion_tokens", usage.output());
        json.writeNumberProperty("total_tokens", usage.input() + usage.output());
        json.writeEndObject();
    }
}
