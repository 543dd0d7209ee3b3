package dev.tierwise.fakes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a value that fits a JSON schema: every property filled according to its type. Knows
/// `type`, `properties`, `items`, `minItems`, `minimum`, `enum`, `const`, `anyOf`, `oneOf` and
/// local `$ref`. For one thread.
final class SchemaFiller {
    private static final int DEEPEST = 12;

    private final JsonNode root;

    private SchemaFiller(JsonNode root) {
        this.root = root;
    }

    /// The JSON text of a value that fits `schema`.
    static String fill(JsonNode schema) {
        var value = new SchemaFiller(schema).value(schema, 0);
        return value == null ? "null" : Json.text(value);
    }

    private @Nullable Object value(JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        if (schema.has("$ref")) {
            var pointer = schema.path("$ref").asString("").replaceFirst("^#", "");
            return value(root.at(pointer), depth + 1);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        for (String choice : List.of("enum", "anyOf", "oneOf")) {
            if (!schema.path(choice).isEmpty()) {
                var first = schema.path(choice).get(0);
                return choice.equals("enum") ? first : value(first, depth + 1);
            }
        }
        return byType(schema, depth);
    }

    private @Nullable Object byType(JsonNode schema, int depth) {
        var type = schema.path("type");
        var word = (type.isArray() ? type.path(0) : type).asString("object");
        return switch (word) {
            case "string" -> "text";
            case "integer" -> schema.path("minimum").asLong(1);
            case "number" -> schema.path("minimum").asDouble(1.5);
            case "boolean" -> true;
            case "null" -> null;
            case "array" -> list(schema, depth);
            default -> object(schema, depth);
        };
    }

    private List<@Nullable Object> list(JsonNode schema, int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0; i < Math.max(1, schema.path("minItems").asInt(1)); i++) {
            list.add(value(schema.path("items"), depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> object(JsonNode schema, int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var property : schema.path("properties").properties()) {
            object.put(property.getKey(), value(property.getValue(), depth + 1));
        }
        return object;
    }
}
