package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Takes the chances of tokens out of answers for a client that did not ask for them: `logprobs` of
/// each choice becomes null, every other byte stays as it came. Stateless.
public final class ChancesCut {
    private static final byte[] FIELD = "\"logprobs\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private ChancesCut() {}

    /// A whole answer without them.
    public static Body ofAnswer(Body answer) {
        var spans = new ArrayList<Body.Span>();
        find(answer.bytes(), 0, answer.bytes().length, spans);
        return without(answer, spans);
    }

    /// One or several whole events without them.
    public static Body ofEvents(Body events) {
        byte[] bytes = events.bytes();
        if (!mentions(bytes)) {
            return events;
        }
        var spans = new ArrayList<Body.Span>();
        int line = 0;
        while (line < bytes.length) {
            int end = ChunkReader.dataEnd(bytes, line);
            if (ChunkReader.startsWith(bytes, line, "data:")) {
                find(bytes, line + 5, end, spans);
            }
            line = end + 1;
        }
        return without(events, spans);
    }

    private static boolean mentions(byte[] bytes) {
        for (int at = 0; at <= bytes.length - FIELD.length; at++) {
            if (bytes[at] == '"' && bytes[at + 1] == 'l' && isField(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isField(byte[] bytes, int at) {
        for (int i = 0; i < FIELD.length; i++) {
            if (bytes[at + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }

    private static void find(byte[] bytes, int from, int to, List<Body.Span> spans) {
        try (JsonParser json = Json.answer(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean choices = json.currentName().equals("choices");
                if (json.nextToken() == JsonToken.START_ARRAY && choices) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        choice(json, from, spans);
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException _) {
            // what is no JSON has no chances
        }
    }

    private static void choice(JsonParser json, int from, List<Body.Span> spans) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean chances = json.currentName().equals("logprobs");
            JsonToken value = json.nextToken();
            int start = from + (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            if (chances && value.isStructStart()) {
                int end = from + (int) json.currentLocation().getByteOffset();
                spans.add(new Body.Span(start, end));
            }
        }
    }

    private static Body without(Body body, List<Body.Span> spans) {
        if (spans.isEmpty()) {
            return body;
        }
        byte[] bytes = body.bytes();
        var out = new ByteArrayOutputStream(bytes.length);
        int copied = 0;
        for (Body.Span span : spans) {
            out.write(bytes, copied, span.start() - copied);
            out.writeBytes(NULL);
            copied = span.end();
        }
        out.write(bytes, copied, bytes.length - copied);
        return new Body(out.toByteArray());
    }
}
