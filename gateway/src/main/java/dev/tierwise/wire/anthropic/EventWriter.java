package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Body;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.LineScanner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes a stream of `chat.completion.chunk` events as this dialect's events. Blocks follow one
/// another here, so a call that begins before the one at hand is whole waits for it. Not
/// thread-safe: one writer an answer.
public final class EventWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_CALLS = 256;

    /// The most characters that wait for the end of a call.
    private static final int MOST_WAITING = 4 << 20;

    private final LineScanner scanner = LineScanner.events();
    private final String requestId;
    private final String model;
    private final long promptTokens;
    private final List<ToolCall> calls = new ArrayList<>(0);
    private final StringBuilder lateWords = new StringBuilder();
    private ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private boolean begun;
    private boolean textOpen;
    private int blocks;
    private int current;
    private int waiting;
    private long characters;
    private String finish = "";
    private @Nullable String sequence;
    private @Nullable Usage usage;
    private @Nullable String problem;

    /// @param requestId the request's id
    /// @param model the model that answers
    /// @param promptTokens the estimate to give for the prompt until the upstream counted it
    public EventWriter(String requestId, String model, long promptTokens) {
        this.requestId = requestId;
        this.model = model;
        this.promptTokens = promptTokens;
    }

    /// An event that says only that the connection lives.
    public static Body ping() {
        return new Body(
                "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.UTF_8));
    }

    /// An event that tells an error.
    public static Body error(Body error) {
        var out = new ByteArrayOutputStream(256);
        out.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(error.bytes());
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return new Body(out.toByteArray());
    }

    /// Takes the next bytes, split anyhow, and gives the events that they make; perhaps none.
    public Body event(Body events) {
        if (problem != null) {
            return taken();
        }
        if (!scanner.feed(events.bytes())) {
            problem = "an event is larger than 16 MiB";
        }
        for (byte[] raw = scanner.next(); raw.length > 0; raw = scanner.next()) {
            read(new String(raw, StandardCharsets.UTF_8));
        }
        return taken();
    }

    /// The last events of an answer that is whole.
    public Body end() {
        begin();
        flush();
        Usage spent =
                usage == null
                        ? new Usage(promptTokens, 0, Usage.tokensOf(characters), true)
                        : usage;
        event(
                "message_delta",
                json -> {
                    json.writeObjectPropertyStart("delta");
                    Stops.reason(json, Stops.reason(finish, !calls.isEmpty(), sequence), sequence);
                    json.writeEndObject();
                    Stops.write(json, spent);
                });
        event("message_stop", _ -> {});
        return taken();
    }

    /// What of the answer cannot be said in this dialect; null where all could be said, which is
    /// known after [#end].
    public @Nullable String problem() {
        if (problem == null && calls.stream().anyMatch(call -> call.opened && !call.whole())) {
            return "the arguments of a tool call are no whole JSON object";
        }
        return problem;
    }

    private Body taken() {
        var body = new Body(out.toByteArray());
        out = new ByteArrayOutputStream(256);
        return body;
    }

    private void read(String event) {
        for (String line : event.split("\r\n|\n|\r", -1)) {
            if (line.startsWith("data:") && !line.startsWith("[DONE]", 5 + spaces(line))) {
                try {
                    chunk(MAPPER.readTree(line.substring(5)));
                } catch (JacksonException _) {
                    problem = "an event is not JSON";
                }
            }
        }
    }

    private static int spaces(String line) {
        return line.startsWith(" ", 5) ? 1 : 0;
    }

    private void chunk(JsonNode chunk) {
        Usage counted = Stops.usage(chunk.path("usage"));
        if (counted != null) {
            usage = counted;
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) != 0) {
                continue;
            }
            begin();
            JsonNode delta = choice.path("delta");
            text(MessageWriter.words(delta));
            JsonNode pieces = delta.path("tool_calls");
            for (int place = 0; place < pieces.size(); place++) {
                piece(pieces.path(place), place);
            }
            if (choice.path("finish_reason").isString()) {
                finish = choice.path("finish_reason").asString();
                sequence = Stops.sequence(choice);
            }
        }
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        event(
                "message_start",
                json -> {
                    json.writeName("message");
                    MessageWriter.head(json, requestId, model);
                    json.writeArrayPropertyStart("content");
                    json.writeEndArray();
                    Stops.reason(json, null, null);
                    Stops.write(json, new Usage(promptTokens, 0, 0, true));
                    json.writeEndObject();
                });
    }

    /// Words after a call come after all calls that have begun, where they are not whole yet.
    private void text(String words) {
        if (words.isEmpty()) {
            return;
        }
        characters += words.length();
        advance(false);
        if (current < calls.size()) {
            wait(words.length());
            lateWords.append(words);
        } else {
            say(words);
        }
    }

    private void say(String words) {
        if (!textOpen) {
            textOpen = true;
            event(
                    "content_block_start",
                    json -> {
                        json.writeNumberProperty("index", blocks);
                        json.writeObjectPropertyStart("content_block");
                        json.writeStringProperty("type", "text");
                        json.writeStringProperty("text", "");
                        json.writeEndObject();
                    });
        }
        delta("text_delta", "text", words);
    }

    private void piece(JsonNode piece, int place) {
        JsonNode function = piece.path("function");
        ToolCall call = call(piece.path("index").asInt(place), piece.path("id").asString(""));
        if (call == null) {
            return;
        }
        String name = function.path("name").asString("");
        if (!call.opened && !name.contentEquals(call.name)) {
            call.name.append(name);
        }
        JsonNode said = function.path("arguments");
        String arguments = said.isObject() ? said.toString() : said.asString("");
        characters += arguments.length();
        call.add(arguments);
        if (call == calls.get(Math.min(current, calls.size() - 1)) && !arguments.isEmpty()) {
            show(call);
        } else {
            wait(arguments.length());
        }
        advance(false);
    }

    private void wait(int more) {
        waiting += more;
        if (waiting > MOST_WAITING) {
            problem = "too much waits for the end of a tool call";
        }
    }

    /// The call that a piece belongs to. Some servers give every call the same place.
    private @Nullable ToolCall call(int index, String id) {
        for (int at = calls.size() - 1; at >= 0; at--) {
            ToolCall call = calls.get(at);
            if (call.index == index) {
                if (id.isEmpty() || call.id.isEmpty() || id.equals(call.id)) {
                    return call;
                }
                break;
            }
        }
        if (calls.size() == MOST_CALLS) {
            problem = "it calls more than " + MOST_CALLS + " tools";
            return null;
        }
        var call = new ToolCall(index, id);
        calls.add(call);
        return call;
    }

    /// Goes on to the next call while the one at hand is whole, or all of them where nothing more
    /// comes.
    private void advance(boolean last) {
        while (current < calls.size()) {
            ToolCall call = calls.get(current);
            boolean next = current + 1 < calls.size() || last;
            if (!last && (!call.whole() || !next)) {
                return;
            }
            if (last && call.blank()) {
                call.add("{}");
            }
            show(call);
            close();
            current++;
            if (current < calls.size() && !calls.get(current).blank()) {
                show(calls.get(current));
            }
        }
    }

    private void flush() {
        advance(true);
        if (!lateWords.isEmpty()) {
            String words = lateWords.toString();
            lateWords.setLength(0);
            say(words);
        }
        closeText();
    }

    private void show(ToolCall call) {
        if (!call.opened) {
            closeText();
            call.opened = true;
            String id = call.id.isEmpty() ? MessageWriter.callId(requestId, current) : call.id;
            event(
                    "content_block_start",
                    json -> {
                        json.writeNumberProperty("index", blocks);
                        json.writeObjectPropertyStart("content_block");
                        json.writeStringProperty("type", "tool_use");
                        json.writeStringProperty("id", id);
                        json.writeStringProperty("name", call.name.toString());
                        json.writeObjectPropertyStart("input");
                        json.writeEndObject();
                        json.writeEndObject();
                    });
        }
        String arguments = call.take();
        if (!arguments.isEmpty()) {
            delta("input_json_delta", "partial_json", arguments);
        }
    }

    private void delta(String type, String field, String value) {
        event(
                "content_block_delta",
                json -> {
                    json.writeNumberProperty("index", blocks);
                    json.writeObjectPropertyStart("delta");
                    json.writeStringProperty("type", type);
                    json.writeStringProperty(field, value);
                    json.writeEndObject();
                });
    }

    private void closeText() {
        if (textOpen) {
            textOpen = false;
            close();
        }
    }

    private void close() {
        event("content_block_stop", json -> json.writeNumberProperty("index", blocks));
        blocks++;
    }

    private void event(String type, Consumer<JsonGenerator> fields) {
        out.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            fields.accept(json);
            json.writeEndObject();
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }
}
