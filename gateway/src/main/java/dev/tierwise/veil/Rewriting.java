package dev.tierwise.veil;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// Copies a JSON document with some of its strings exchanged, wherever they stand, also in JSON
/// inside a string. Every other character stays as it was. For one document.
final class Rewriting {
    /// How deep JSON may be wrapped in strings of JSON.
    private static final int MAX_WRAPS = 3;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(64 << 20)
                                    .maxNumberLength(10_000)
                                    .build())
                    .build();

    private final Edit edit;

    Rewriting(Edit edit) {
        this.edit = edit;
    }

    /// Says what becomes of each leaf.
    interface Edit {
        /// The text that stands in its place; null leaves it as it is.
        ///
        /// @param leaf what is there
        @Nullable String of(Leaf leaf);
    }

    /// One string, number or field name.
    ///
    /// @param text what it says
    /// @param field the field whose value it is; empty where it is a field's name
    /// @param role what it is
    /// @param wraps in how many strings of JSON it stands
    record Leaf(String text, String field, Role role, int wraps) {}

    /// What a leaf is.
    enum Role {
        /// A text.
        STRING,
        /// A number; what replaces it is written as a text.
        NUMBER,
        /// The name of a field.
        NAME
    }

    /// The document with its leaves exchanged; the same object when none was. Throws
    /// [JacksonException] for what is no JSON.
    String of(String json) {
        return of(json, 0);
    }

    private String of(String json, int wraps) {
        var out = new StringBuilder();
        int copied = 0;
        Deque<String> fields = new ArrayDeque<>();
        String field = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> fields.push(field);
                    case END_OBJECT, END_ARRAY -> field = fields.pop();
                    case PROPERTY_NAME -> field = parser.currentName();
                    case VALUE_STRING,
                            VALUE_NUMBER_INT,
                            VALUE_NUMBER_FLOAT,
                            VALUE_TRUE,
                            VALUE_FALSE,
                            VALUE_NULL,
                            VALUE_EMBEDDED_OBJECT,
                            NOT_AVAILABLE -> {}
                }
                Leaf leaf = leaf(parser, token, field, wraps);
                String instead = leaf == null ? null : instead(leaf);
                if (instead != null) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    out.append(json, copied, start).append(quoted(instead));
                    copied = end(json, start);
                }
            }
        }
        return copied == 0 ? json : out.append(json, copied, json.length()).toString();
    }

    private static @Nullable Leaf leaf(
            JsonParser parser, JsonToken token, String field, int wraps) {
        return switch (token) {
            case PROPERTY_NAME -> new Leaf(field, "", Role.NAME, wraps);
            case VALUE_STRING -> new Leaf(parser.getString(), field, Role.STRING, wraps);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Leaf(parser.getString(), field, Role.NUMBER, wraps);
            case START_OBJECT,
                    START_ARRAY,
                    END_OBJECT,
                    END_ARRAY,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_NULL,
                    VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE ->
                    null;
        };
    }

    private @Nullable String instead(Leaf leaf) {
        if (leaf.role != Role.STRING || leaf.wraps >= MAX_WRAPS || !looksLikeJson(leaf.text)) {
            return edit.of(leaf);
        }
        try {
            String inner = of(leaf.text, leaf.wraps + 1);
            return inner.equals(leaf.text) ? null : inner;
        } catch (JacksonException _) {
            return edit.of(leaf); // it only looked like JSON
        }
    }

    /// Where the value that begins at `start` ends.
    private static int end(String json, int start) {
        int at = start;
        if (json.charAt(at) != '"') {
            while (at < json.length() && isOfNumber(json.charAt(at))) {
                at++;
            }
            return at;
        }
        at++;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static boolean isOfNumber(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    static boolean looksLikeJson(String text) {
        String bare = text.strip();
        return bare.length() > 1
                && ((bare.startsWith("{") && bare.endsWith("}"))
                        || (bare.startsWith("[") && bare.endsWith("]")));
    }

    /// The text as a JSON string, without its quotation marks.
    static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    private static String quoted(String text) {
        String escaped = escaped(text);
        var out = new StringBuilder(escaped.length() + 2).append('"');
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (Character.isSurrogate(c) && !isPaired(escaped, i)) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /// Whether the surrogate at `i` is half of a whole character.
    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
