package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.core.Capability;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the body of `POST /v1/chat/completions` once, front to back, without building a tree. A
/// field that Tierwise does not know is left alone and reaches the upstream as it came. Stateless
/// from outside: use [#read].
public final class ChatReader {
    private final byte[] bytes;
    private final Map<String, Body.Span> fields = new LinkedHashMap<>();
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private List<Prompt.Message> messages = List.of();
    private String model = "auto";
    private boolean stream;
    private boolean usageInStream;
    private long maxOutput;
    private int tools;

    private ChatReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads one request. Never throws for any bytes.
    ///
    /// @param bytes the body; kept, so not to be changed afterwards
    public static Read<Prompt> read(byte[] bytes) {
        if (!utf8(bytes)) {
            return new Read.Bad<>(malformed("The body is not UTF-8; send JSON in UTF-8.", null));
        }
        var reader = new ChatReader(bytes);
        try (JsonParser json = Json.request(bytes)) {
            Failure.Malformed problem = reader.readAll(json);
            return problem == null ? new Read.Good<>(reader.prompt()) : new Read.Bad<>(problem);
        } catch (JacksonException e) {
            return new Read.Bad<>(notJson(e));
        }
    }

    /// Parsers guess UTF-16 and UTF-32 from zero bytes and byte order marks (RFC 4627 §3); RFC 8259
    /// §8.1 asks for UTF-8, and byte offsets hold only there.
    private static boolean utf8(byte[] bytes) {
        return bytes.length < 2 || (bytes[0] != 0 && bytes[1] != 0 && (bytes[0] & 0xFE) != 0xFE);
    }

    private Prompt prompt() {
        return new Prompt(
                model,
                messages,
                needs,
                stream,
                usageInStream,
                maxOutput,
                tools,
                new Body(bytes, fields));
    }

    private static Failure.Malformed notJson(JacksonException e) {
        var at = e.getLocation();
        String where =
                at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String what = e.getOriginalMessage();
        if (what != null && what.startsWith("Duplicate")) {
            return malformed(
                    "A field stands twice in one object" + where + "; send each field once.", null);
        }
        return malformed(
                "The body is not valid JSON" + where + "; send one JSON object in UTF-8.", null);
    }

    private Failure.@Nullable Malformed readAll(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return malformed("The body must be one JSON object.", null);
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            int start = (int) json.currentTokenLocation().getByteOffset();
            Failure.Malformed problem = readField(json, name, token);
            if (problem != null) {
                return problem;
            }
            json.finishToken();
            fields.put(name, new Body.Span(start, (int) json.currentLocation().getByteOffset()));
        }
        if (json.nextToken() != null) {
            return malformed("There is more after the JSON object; send one object.", null);
        }
        return messages.isEmpty()
                ? malformed("`messages` is missing or empty; send at least one.", "messages")
                : null;
    }

    private Failure.@Nullable Malformed readField(JsonParser json, String name, JsonToken token) {
        switch (name) {
            case "model" -> {
                if (token != JsonToken.VALUE_STRING) {
                    return malformed(
                            "`model` must be a string: auto, tier:local, tier:mid, tier:frontier or"
                                    + " a model's name.",
                            "model");
                }
                model = json.getString();
            }
            case "messages" -> {
                if (token != JsonToken.START_ARRAY) {
                    return malformed("`messages` must be an array of objects.", "messages");
                }
                var reader = new MessagesReader(json, needs);
                Failure.Malformed problem = reader.read();
                if (problem != null) {
                    return problem;
                }
                messages = reader.messages();
            }
            case "stream" -> {
                if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
                    return malformed("`stream` must be true or false.", "stream");
                }
                stream = token == JsonToken.VALUE_TRUE;
            }
            case "max_tokens", "max_completion_tokens" -> {
                if (token.isNumeric()) {
                    maxOutput = Math.max(0, json.getValueAsLong());
                }
            }
            case "n" -> need(Capability.CHOICES, token.isNumeric() && json.getValueAsLong() > 1);
            case "logprobs" -> need(Capability.LOGPROBS, token == JsonToken.VALUE_TRUE);
            case "tools", "functions" -> countTools(json, token);
            case "stream_options" ->
                    usageInStream = "true".equals(member(json, token, "include_usage"));
            case "response_format" -> needFormat(member(json, token, "type"));
            case "audio" -> {
                need(Capability.AUDIO, token != JsonToken.VALUE_NULL);
                json.skipChildren();
            }
            default -> json.skipChildren();
        }
        return null;
    }

    private void need(Capability capability, boolean needed) {
        if (needed) {
            needs.add(capability);
        }
    }

    private void countTools(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            tools++;
        }
        need(Capability.TOOLS, tools > 0);
    }

    private void needFormat(@Nullable String type) {
        need(Capability.JSON_SCHEMA, "json_schema".equals(type));
        need(Capability.JSON_MODE, "json_object".equals(type));
    }

    /// The text of one member of the object at hand; leaves the parser on the object's end.
    private static @Nullable String member(JsonParser json, JsonToken token, String wanted) {
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String found = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean hit = json.currentName().equals(wanted);
            json.nextToken();
            if (hit && json.currentToken().isScalarValue()) {
                found = json.getString();
            }
            json.skipChildren();
        }
        return found;
    }

    static Failure.Malformed malformed(String message, @Nullable String field) {
        return new Failure.Malformed(message, field);
    }
}
