package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.wire.Event;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Exchanges the texts of a streamed answer: every string of a `delta`, in each choice and tool
/// call by itself. An exchange may hold a text's end back until more comes; what is held when a
/// choice ends is put into the event that ends it, or into one before `[DONE]`. For one stream and
/// one thread.
public final class ChunkTexts {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Function<String, Exchange> exchanges;
    private final Map<Place, Exchange> open = new LinkedHashMap<>();
    private @Nullable ObjectNode envelope;

    /// @param exchanges makes the exchange for one text, by the name of its field, such as
    ///   `content` or `arguments`
    public ChunkTexts(Function<String, Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    /// Exchanges one text that comes in pieces.
    public interface Exchange {
        /// What can be said of the text by now.
        String feed(String piece);

        /// What is left at its end.
        String end();
    }

    /// Where a text of the answer stands.
    ///
    /// @param choice the index of the choice
    /// @param call the index of the tool call; -1 outside of one
    /// @param field the name of its field
    private record Place(int choice, int call, String field) {}

    /// The events that stand for `event`.
    public List<Event> take(Event event) {
        return switch (event.kind()) {
            case CONTENT -> List.of(exchanged(event));
            case DONE -> done(event);
            case USAGE, ERROR, COMMENT, GARBLED -> List.of(event);
        };
    }

    private Event exchanged(Event event) {
        String raw = new String(event.raw().bytes(), StandardCharsets.UTF_8);
        int from = raw.indexOf('{');
        try {
            if (from < 0 || !(MAPPER.readTree(raw.substring(from)) instanceof ObjectNode chunk)) {
                return event;
            }
            for (JsonNode choice : chunk.path("choices")) {
                if (choice instanceof ObjectNode node) {
                    choice(node);
                }
            }
            envelope = chunk.deepCopy();
            return written(chunk, event);
        } catch (JacksonException _) {
            return new Event(
                    event.raw(), Event.Kind.GARBLED, "data that is not JSON", event.usage(), 0);
        }
    }

    private void choice(ObjectNode choice) {
        int index = choice.path("index").asInt(0);
        if (choice.path("delta") instanceof ObjectNode delta) {
            strings(delta, index, -1);
        }
        if (choice.path("finish_reason").isString()) {
            end(index, choice);
        }
    }

    private void strings(ObjectNode node, int choice, int call) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(node.properties())) {
            switch (entry.getValue()) {
                case ObjectNode inner -> strings(inner, choice, call);
                case ArrayNode items -> items(items, choice);
                case JsonNode value -> {
                    if (value.isString() && isText(entry.getKey())) {
                        var place = new Place(choice, call, entry.getKey());
                        Exchange exchange =
                                open.computeIfAbsent(place, it -> exchanges.apply(it.field()));
                        node.put(entry.getKey(), exchange.feed(value.stringValue()));
                    }
                }
            }
        }
    }

    private void items(ArrayNode items, int choice) {
        int number = 0;
        for (JsonNode item : items) {
            if (item instanceof ObjectNode call) {
                strings(call, choice, call.path("index").asInt(number));
            }
            number++;
        }
    }

    /// Words of the protocol come whole and hold no text.
    private static boolean isText(String field) {
        return switch (field) {
            case "role", "type", "id" -> false;
            default -> true;
        };
    }

    /// Puts what is held of a choice's texts into the choice that ends it.
    ///
    /// @return whether anything was held
    private boolean end(int choice, ObjectNode node) {
        boolean held = false;
        for (Map.Entry<Place, Exchange> text : List.copyOf(open.entrySet())) {
            if (text.getKey().choice == choice) {
                open.remove(text.getKey());
                String rest = text.getValue().end();
                if (!rest.isEmpty()) {
                    append(node.withObjectProperty("delta"), text.getKey(), rest);
                    held = true;
                }
            }
        }
        return held;
    }

    private static void append(ObjectNode delta, Place place, String rest) {
        ObjectNode node = delta;
        if (place.call >= 0) {
            node = call(delta.withArrayProperty("tool_calls"), place.call);
        }
        if (place.call >= 0 && (place.field.equals("arguments") || place.field.equals("name"))) {
            node = node.withObjectProperty("function");
        }
        node.put(place.field, node.path(place.field).asString("") + rest);
    }

    private static ObjectNode call(ArrayNode calls, int index) {
        for (JsonNode call : calls) {
            if (call instanceof ObjectNode node && node.path("index").asInt(-1) == index) {
                return node;
            }
        }
        return calls.addObject().put("index", index);
    }

    /// What is still held goes before the end, choice by choice.
    private List<Event> done(Event event) {
        ObjectNode last = envelope;
        if (last == null) {
            return List.of(event);
        }
        ArrayNode choices = last.putArray("choices");
        last.remove("usage");
        boolean held = false;
        for (int index : open.keySet().stream().map(Place::choice).distinct().toList()) {
            ObjectNode choice = choices.addObject().put("index", index);
            choice.putObject("delta");
            choice.putNull("finish_reason");
            held |= end(index, choice);
        }
        var rest = new Event(event.raw(), Event.Kind.CONTENT, "", null, 0);
        return held ? List.of(written(last, rest), event) : List.of(event);
    }

    private static Event written(ObjectNode chunk, Event event) {
        String text = "data: " + MAPPER.writeValueAsString(chunk) + "\n\n";
        return new Event(
                new Body(text.getBytes(StandardCharsets.UTF_8)),
                event.kind(),
                event.finish(),
                event.usage(),
                event.contentBytes());
    }
}
