package dev.tierwise.models;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading of JSON that others wrote.
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /// The object that `text` is; empty when it is something else.
    static Optional<JsonNode> object(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree.isObject() ? Optional.of(tree) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// The texts in a list.
    static List<String> texts(JsonNode list) {
        return list.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    }

    /// A printable text of at most 200 characters; null when there is none.
    static @Nullable String text(JsonNode node) {
        String text = node.asString("").replaceAll("\\p{Cntrl}", " ").strip();
        return text.isEmpty() ? null : text.substring(0, Math.min(200, text.length()));
    }
}
