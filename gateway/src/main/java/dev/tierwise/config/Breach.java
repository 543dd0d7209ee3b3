package dev.tierwise.config;

import com.networknt.schema.Error;
import dev.tierwise.config.Reading.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One breach of the schema, put into words that a user can act on. Values of keys that the schema
/// calls `writeOnly` (secrets and addresses, which may hold one) are not repeated.
///
/// @param document the file
/// @param error what the schema library found
/// @param rule the part of the schema that is broken
record Breach(Document document, Error error, JsonNode rule) {
    private static final int LONGEST_VALUE = 60;

    /// The breach in words.
    Problem problem() {
        String path = Schema.path(error.getInstanceLocation());
        String property = error.getProperty();
        String below = path.isEmpty() ? property : path + "." + property;
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                    document.problem(below, "unknown key", nearestKey(property));
            case "propertyNames" -> {
                JsonNode name = Schema.at(rule.path("propertyNames").path("$ref").stringValue());
                yield document.problem(
                        below,
                        "the key is not " + name.path("title").stringValue(),
                        name.path("x-remedy").stringValue());
            }
            case "required" ->
                    document.problem(
                            path, "`" + property + "` is missing", "add `" + property + ": …`");
            case String keyword -> document.problem(path, message(keyword), remedy(keyword));
        };
    }

    private String message(String keyword) {
        return switch (keyword) {
            case "minProperties" -> "says nothing";
            case "maxProperties" -> "says more than one thing";
            case "minItems" -> "is an empty list";
            case "uniqueItems" -> "lists something twice";
            case "minimum", "maximum" -> value() + " is out of range";
            case String _ ->
                    error.getInstanceNode().isNull()
                            ? "has no value"
                            : value() + " is not " + title();
        };
    }

    private String remedy(String keyword) {
        return switch (keyword) {
            case "minProperties" -> "write one of " + keys();
            case "maxProperties" -> "keep one of " + keys();
            case "minItems" -> "leave the key out";
            case "uniqueItems" -> "list each once";
            case "minimum", "maximum" ->
                    "write a number from %s to %s"
                            .formatted(rule.path("minimum"), rule.path("maximum"));
            case String _ -> {
                if (error.getInstanceNode().isNull()) {
                    yield "give it one, or leave the key out";
                }
                yield keyword.equals("enum") ? nearestWord() : form();
            }
        };
    }

    private String nearestKey(String key) {
        List<String> known = List.copyOf(rule.path("properties").propertyNames());
        return Nearest.of(key, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> "known here: " + keys());
    }

    private String nearestWord() {
        List<String> known = rule.path("enum").valueStream().map(JsonNode::stringValue).toList();
        return Nearest.of(error.getInstanceNode().asString(""), known)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> "write one of " + listed(known));
    }

    private String keys() {
        return listed(List.copyOf(rule.path("properties").propertyNames()));
    }

    private static String listed(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private String value() {
        JsonNode value = error.getInstanceNode();
        if (value.isContainer()) {
            return value.isObject() ? "a group of keys" : "a list";
        }
        String text = value.asString();
        if (text.isEmpty()) {
            return "an empty text";
        }
        boolean shown =
                !rule.path("writeOnly").asBoolean(false)
                        && text.length() <= LONGEST_VALUE
                        && text.chars().noneMatch(Character::isISOControl);
        return shown ? "`" + text + "`" : "the value";
    }

    private String title() {
        String title = rule.path("title").asString("");
        return title.isEmpty() || rule.path("type").asString("").equals("object")
                ? typeTitle()
                : title;
    }

    private String typeTitle() {
        return switch (rule.path("type").asString("")) {
            case "object" -> "a group of keys";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case String _ -> "a number";
        };
    }

    private String form() {
        String remedy = rule.path("x-remedy").asString("");
        if (!remedy.isEmpty()) {
            return remedy;
        }
        return switch (rule.path("type").asString("").toLowerCase(Locale.ROOT)) {
            case "object" -> "write `key: value` lines below it, indented";
            case "array" -> "write `[a, b]`, or lines that begin with `- `";
            case "boolean" -> "write `true` or `false`";
            case "integer" -> "write a whole number without quotes";
            case String _ -> "write a number without quotes";
        };
    }
}
