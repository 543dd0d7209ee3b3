package dev.tierwise.config;

import dev.tierwise.config.Reading.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// A YAML file as a tree in which every key knows its line. Kept by one reading, on one thread.
final class Document {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern PLACE = Pattern.compile("^ in reader, line (\\d{1,9}), column");
    private static final int MOST_DIGITS = 40;

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private JsonNode root = NODES.objectNode();

    private Document(String file) {
        this.file = file;
    }

    /// Reads `text`; what is wrong with it as YAML is among [#problems].
    static Document parse(String file, String text) {
        var document = new Document(file);
        try (var parser =
                (YAMLParser)
                        new YAMLFactory()
                                .createParser(ObjectReadContext.empty(), withoutMark(text))) {
            document.readAll(parser);
        } catch (JacksonException broken) {
            document.breakOff(broken);
        }
        return document;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// The tree; an empty object where the file is empty or broken.
    JsonNode root() {
        return root;
    }

    /// What is wrong with the file as YAML.
    List<Problem> problems() {
        return problems;
    }

    /// A fault of the key at `path`.
    Problem problem(String path, String message, String remedy) {
        return new Problem(file, line(path), path, message, remedy);
    }

    /// The line of the key at `path` or, where the file does not have it, of what it belongs to.
    private int line(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 1);
    }

    private static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    private void readAll(YAMLParser parser) {
        if (parser.nextToken() == null) {
            return;
        }
        JsonNode read = value(parser, "");
        if (!read.isNull()) {
            root = read;
        }
        if (parser.nextToken() != null) {
            problems.add(
                    new Problem(
                            file,
                            parser.currentTokenLocation().getLineNr(),
                            "",
                            "a second document begins here",
                            "leave out the line `---` and what follows"));
        }
    }

    /// Tells what the parser found, without the excerpt of the file that its message has: that may
    /// hold a secret.
    private void breakOff(JacksonException broken) {
        root = NODES.objectNode();
        String message = String.valueOf(broken.getOriginalMessage());
        String told = "unreadable";
        int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
        for (String part : message.lines().toList()) {
            Matcher place = PLACE.matcher(part);
            if (place.find()) {
                line = Integer.parseInt(place.group(1));
            } else if (!part.isBlank() && !part.startsWith(" ")) {
                told = part;
            }
        }
        problems.clear();
        problems.add(
                new Problem(
                        file,
                        Math.max(0, line),
                        "",
                        "not YAML: " + told,
                        "indent with spaces, and put text with `: ` or ` #` in quotes"));
    }

    private JsonNode value(YAMLParser parser, String path) {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias()) {
            problems.add(
                    problem(
                            path,
                            "refers to another place of the file by `*`",
                            "write the value out"));
            return NODES.nullNode();
        }
        return switch (token) {
            case START_OBJECT -> mapping(parser, path);
            case START_ARRAY -> sequence(parser, path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            // no other token begins a value in YAML
            case VALUE_NULL,
                    VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE,
                    END_OBJECT,
                    END_ARRAY,
                    PROPERTY_NAME ->
                    NODES.nullNode();
        };
    }

    private ObjectNode mapping(YAMLParser parser, String path) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            String at = path.isEmpty() ? key : path + "." + key;
            int line = parser.currentTokenLocation().getLineNr();
            Integer first = object.has(key) ? lines.get(at) : null;
            if (first != null) {
                problems.add(
                        new Problem(
                                file,
                                line,
                                at,
                                "the key is here twice, first in line " + first,
                                "keep one of them"));
            }
            lines.putIfAbsent(at, line);
            parser.nextToken();
            object.set(key, value(parser, at));
        }
        return object;
    }

    private ArrayNode sequence(YAMLParser parser, String path) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]"));
        }
        return array;
    }

    /// Numbers that no key can take, such as `.nan` or `1e999999999`, stay text: reckoning with
    /// them would fail or take for ever.
    private static JsonNode number(YAMLParser parser) {
        String text = parser.getString();
        if (text.length() > MOST_DIGITS || parser.isNaN()) {
            return NODES.stringNode(text);
        }
        var number = parser.getDecimalValue();
        return Math.abs(number.scale()) > MOST_DIGITS
                ? NODES.stringNode(text)
                : NODES.numberNode(number);
    }
}
