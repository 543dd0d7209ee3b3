package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes top-level fields of a request that was read; every other byte stays as it came. Not
/// thread-safe.
public final class ChatEdit {
    private final Prompt prompt;
    private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

    private ChatEdit(Prompt prompt) {
        this.prompt = prompt;
    }

    /// Begins to change a request.
    public static ChatEdit of(Prompt prompt) {
        return new ChatEdit(prompt);
    }

    /// Leaves a field out.
    public ChatEdit without(String field) {
        changes.put(field, null);
        return this;
    }

    /// Gives a field another value, or adds it.
    ///
    /// @param field a name that needs no escaping
    /// @param json the value
    public ChatEdit with(String field, String json) {
        changes.put(field, json);
        return this;
    }

    /// The number that a field has now; empty where it has none.
    public Optional<Double> number(String field) {
        Body body = prompt.body();
        try {
            return body.field(field)
                    .map(span ->
                            new String(
                                    body.bytes(),
                                    span.start(),
                                    span.end() - span.start(),
                                    StandardCharsets.UTF_8))
                    .map(Double::valueOf);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// The changed request; the one that it was where nothing changes.
    public Prompt prompt() {
        Body body = prompt.body();
        var there = new LinkedHashMap<String, Body.Span>();
        for (String field : changes.keySet()) {
            body.field(field).ifPresent(span -> there.put(field, span));
        }
        if (there.isEmpty() && changes.values().stream().allMatch(Objects::isNull)) {
            return prompt;
        }
        byte[] bytes = body.bytes();
        // from back to front: what stands before a change stays in its place
        for (Map.Entry<String, Body.Span> field :
                there.entrySet().stream()
                        .sorted(Comparator.comparingInt(entry -> -entry.getValue().start()))
                        .toList()) {
            String value = changes.get(field.getKey());
            bytes =
                    value == null
                            ? cut(bytes, member(bytes, field.getValue()), "")
                            : cut(bytes, field.getValue(), value);
        }
        for (Map.Entry<String, @Nullable String> change : changes.entrySet()) {
            if (change.getValue() != null && !there.containsKey(change.getKey())) {
                bytes = added(bytes, change.getKey(), change.getValue());
            }
        }
        return read(bytes);
    }

    private static Prompt read(byte[] bytes) {
        return switch (ChatReader.read(bytes)) {
            case Read.Good<Prompt>(Prompt read) -> read;
            case Read.Bad<Prompt>(Failure.Malformed problem) ->
                    throw new IllegalStateException(
                            "a request that could be read, changed: " + problem.field());
        };
    }

    private static byte[] cut(byte[] bytes, Body.Span span, String in) {
        var out = new ByteArrayOutputStream(bytes.length + in.length());
        out.write(bytes, 0, span.start());
        out.writeBytes(in.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, span.end(), bytes.length - span.end());
        return out.toByteArray();
    }

    private static byte[] added(byte[] bytes, String field, String value) {
        int at = 0;
        while (bytes[at] != '{') {
            at++;
        }
        return cut(bytes, new Body.Span(at + 1, at + 1), "\"" + field + "\":" + value + ",");
    }

    /// Where the field with this value stands, its name and one comma included.
    private static Body.Span member(byte[] bytes, Body.Span value) {
        int closing = back(bytes, back(bytes, value.start() - 1, ':') - 1, '"');
        int name = back(bytes, closing - 1, '"');
        int after = value.end();
        while (isSpace(bytes[after])) {
            after++;
        }
        if (bytes[after] == ',') {
            return new Body.Span(name, after + 1);
        }
        int before = name - 1;
        while (isSpace(bytes[before])) {
            before--;
        }
        return new Body.Span(bytes[before] == ',' ? before : name, value.end());
    }

    private static int back(byte[] bytes, int from, char wanted) {
        int at = from;
        while (bytes[at] != wanted) {
            at--;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
