package dev.tierwise.wire.anthropic;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Takes values out of a request, each of the form that it must have. Null stands for absent.
final class Fields {
    private Fields() {}

    /// Refuses an object's fields that are not in `known`.
    static void only(JsonNode in, String at, Set<String> known) {
        for (Map.Entry<String, JsonNode> field : in.properties()) {
            if (!known.contains(field.getKey()) && !field.getValue().isNull()) {
                throw Bad.cannot(path(at, field.getKey()));
            }
        }
    }

    static String path(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }

    static boolean has(JsonNode in, String field) {
        return in.has(field) && !in.path(field).isNull();
    }

    static String text(JsonNode in, String at, String field) {
        JsonNode value = in.path(field);
        if (!value.isString()) {
            throw Bad.must(path(at, field), "a text");
        }
        return value.asString();
    }

    static boolean flag(JsonNode in, String at, String field) {
        if (!has(in, field)) {
            return false;
        }
        if (!in.path(field).isBoolean()) {
            throw Bad.must(path(at, field), "true or false");
        }
        return in.path(field).asBoolean();
    }

    static JsonNode object(JsonNode in, String at, String field) {
        JsonNode value = in.path(field);
        if (!value.isObject()) {
            throw Bad.must(path(at, field), "an object");
        }
        return value;
    }

    static JsonNode list(JsonNode in, String at, String field) {
        JsonNode value = in.path(field);
        if (!value.isArray()) {
            throw Bad.must(path(at, field), "a list");
        }
        return value;
    }
}
