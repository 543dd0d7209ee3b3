package dev.tierwise.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Walks every string, number and field name of a JSON document, wherever it stands: no list of
/// fields decides what is looked at, so a field that nobody has heard of is seen as well. JSON
/// inside a string, such as the arguments of a tool call, is walked too. Stateless.
final class Leaves {
    /// How deep JSON may be wrapped in strings of JSON.
    private static final int MAX_WRAPS = 3;

    /// Numbers of fewer digits say nothing about a person.
    private static final int SHORTEST_NUMBER = 5;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(64 << 20)
                                    .maxNumberLength(10_000)
                                    .build())
                    .build();

    /// Field names that every chat request has; they need no scan.
    private static final Set<String> ORDINARY =
            Set.of(
                    "model",
                    "messages",
                    "role",
                    "content",
                    "type",
                    "text",
                    "stream",
                    "stream_options",
                    "include_usage",
                    "temperature",
                    "max_tokens",
                    "max_completion_tokens",
                    "tools",
                    "tool_calls",
                    "tool_call_id",
                    "function",
                    "name",
                    "description",
                    "parameters",
                    "properties",
                    "required",
                    "arguments",
                    "id");

    /// Fields of the APIs for a code that stands for a user without saying who it is.
    private static final Set<String> USERS =
            Set.of("user", "user_id", "safety_identifier", "prompt_cache_key");

    private Leaves() {}

    /// Takes the leaves in their order.
    interface Visitor {
        /// Takes one leaf.
        ///
        /// @param text the leaf
        /// @param field the name of the field that it stands in; empty where it is itself a name
        void leaf(String text, String field);

        /// The client's own code for one of its users, by which the APIs tell users apart.
        void user(String text);

        /// Something that cannot be read as text, such as an image.
        void unscannable();
    }

    /// Walks `json`.
    ///
    /// @return false when it is no JSON, or too deep, so that not all of it was seen
    static boolean walk(byte[] json, Visitor visitor) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            walk(parser, visitor, 0);
            return true;
        } catch (JacksonException _) {
            return false;
        }
    }

    private static void walk(JsonParser parser, Visitor visitor, int wraps) {
        Deque<String> fields = new ArrayDeque<>();
        String field = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> fields.push(field);
                case END_OBJECT, END_ARRAY -> field = fields.pop();
                case PROPERTY_NAME -> {
                    field = parser.currentName();
                    if (!ORDINARY.contains(field)) {
                        visitor.leaf(field, "");
                    }
                }
                case VALUE_STRING -> {
                    String around = fields.isEmpty() ? "" : fields.peek();
                    if (wraps == 0 && fields.size() == 1 && field.equals("model")) {
                        continue; // replaced by the upstream's own word before anything leaves
                    }
                    if (wraps == 0 && fields.size() <= 2 && USERS.contains(field)) {
                        visitor.user(parser.getString());
                    } else if (isMedia(parser.getString(), field) || isMediaPart(around, field)) {
                        visitor.unscannable();
                    } else {
                        string(parser.getString(), field, visitor, wraps);
                    }
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    String number = parser.getString();
                    if (number.length() >= SHORTEST_NUMBER) {
                        visitor.leaf(number, field);
                    }
                }
                case VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
            }
        }
    }

    private static void string(String text, String field, Visitor visitor, int wraps) {
        if (!looksLikeJson(text)) {
            visitor.leaf(text, field);
        } else if (wraps >= MAX_WRAPS) {
            visitor.leaf(text, field);
            visitor.unscannable();
        } else {
            wrapped(text, field, visitor, wraps);
        }
    }

    /// JSON in a string: its leaves. What only looks like JSON is text, and what broke off in the
    /// middle is both.
    private static void wrapped(String text, String field, Visitor visitor, int wraps) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            walk(parser, visitor, wraps + 1);
        } catch (JacksonException _) {
            visitor.leaf(text, field);
        }
    }

    private static boolean looksLikeJson(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) <= ' ') {
            first++;
        }
        if (first >= text.length() - 1) {
            return false;
        }
        char opening = text.charAt(first);
        char closing = text.charAt(lastVisible(text));
        return (opening == '{' && closing == '}') || (opening == '[' && closing == ']');
    }

    private static int lastVisible(String text) {
        int last = text.length() - 1;
        while (last > 0 && text.charAt(last) <= ' ') {
            last--;
        }
        return last;
    }

    /// Bytes that are no text, or an address from which the model would fetch what nobody here has
    /// seen.
    private static boolean isMedia(String text, String field) {
        if (text.regionMatches(true, 0, "data:", 0, 5)) {
            int comma = text.indexOf(',');
            String kind = text.substring(0, Math.clamp(comma, 0, 200)).toLowerCase(Locale.ROOT);
            return kind.contains(";base64");
        }
        return switch (field) {
            case "image_url", "file_data", "file_id", "file_url" -> true;
            default -> false;
        };
    }

    /// The same where the parts of a medium stand in an object of their own.
    private static boolean isMediaPart(String around, String field) {
        boolean medium =
                switch (around) {
                    case "image_url", "image", "input_audio", "audio", "file", "video_url" -> true;
                    default -> false;
                };
        return medium && (field.equals("url") || field.equals("data") || field.equals("id"));
    }
}
