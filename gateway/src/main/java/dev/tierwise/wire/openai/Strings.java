package dev.tierwise.wire.openai;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Weighs the words of an answer without keeping them.
final class Strings {
    private Strings() {}

    /// The characters of all strings in the value at hand except roles, ids and types; leaves the
    /// parser on the value's end.
    static int weigh(JsonParser json) {
        int depth = 0;
        int weight = 0;
        do {
            JsonToken token = json.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && counts(json.currentName())) {
                weight += json.getStringLength();
            }
        } while (depth > 0 && json.nextToken() != null);
        return weight;
    }

    private static boolean counts(String field) {
        return switch (field) {
            case "role", "id", "type" -> false;
            case null -> true;
            default -> true;
        };
    }
}
