package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a JSON schema. What it makes is never more than the schema allows: properties come in the
/// order of the schema, and none that it does not name. What restricts and is not known is refused.
final class SchemaReader {
    private static final int DEEPEST = 64;
    private static final int MOST_TIMES = 2_000;

    private static final Set<String> NOTES =
            Set.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "$anchor",
                    "$defs",
                    "definitions",
                    "title",
                    "description",
                    "default",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "nullable",
                    "strict");

    private static final Map<String, Set<String>> OF_TYPE =
            Map.of(
                    "object", Set.of("properties", "required", "additionalProperties"),
                    "array", Set.of("items", "prefixItems", "minItems", "maxItems"),
                    "string", Set.of("minLength", "maxLength", "pattern", "format"),
                    "integer", Set.of(),
                    "number", Set.of(),
                    "boolean", Set.of(),
                    "null", Set.of());

    private static final Map<String, String> FORMATS =
            Map.of(
                    "date", "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])",
                    "time",
                            "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)",
                    "date-time",
                            "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)",
                    "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                    "email",
                            "[a-zA-Z0-9_%+-]+(\\.[a-zA-Z0-9_%+-]+)*@[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*(\\.[a-zA-Z]{2,})+",
                    "ipv4",
                            "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    private final Rules rules;
    private final JsonNode root;
    private final JsonRules json;
    private final Map<String, Integer> refs = new HashMap<>();

    SchemaReader(Rules rules, JsonNode root) {
        this.rules = rules;
        this.root = root;
        this.json = new JsonRules(rules);
    }

    int read() {
        return rule(root, "#", 0);
    }

    private static Rules.Unfit wrong(String what, String at) {
        return new Rules.Unfit(what, at);
    }

    private int rule(JsonNode schema, String at, int depth) {
        if (depth > DEEPEST) {
            throw wrong("it is nested deeper than " + DEEPEST, at);
        }
        if (schema.isBoolean() && schema.asBoolean() || schema.isObject() && schema.isEmpty()) {
            return json.value();
        }
        if (!schema.isObject()) {
            throw wrong("a schema is an object", at);
        }
        for (String one : new String[] {"$ref", "const", "enum", "anyOf", "oneOf", "allOf"}) {
            if (schema.has(one)) {
                return combined(one, schema, at, depth);
            }
        }
        return typed(schema, at, depth);
    }

    private int combined(String keyword, JsonNode schema, String at, int depth) {
        for (String other : schema.propertyNames()) {
            boolean type =
                    other.equals("type") && !keyword.equals("$ref") && !keyword.equals("allOf");
            if (!other.equals(keyword) && !NOTES.contains(other) && !type) {
                throw wrong("`" + other + "` beside `" + keyword + "` is not known", at);
            }
        }
        JsonNode value = schema.path(keyword);
        String here = at + "/" + keyword;
        return switch (keyword) {
            case "$ref" -> ref(value.asString(""), here, depth);
            case "const" -> literal(value);
            case "enum" -> either(value, here);
            case "anyOf" -> anyOf(value, here, depth);
            case "oneOf" -> {
                disjoint(value, here);
                yield anyOf(value, here, depth);
            }
            default -> {
                if (value.size() != 1) {
                    throw wrong("`allOf` of several schemas is not known", here);
                }
                yield rule(value.path(0), here + "/0", depth + 1);
            }
        };
    }

    private int ref(String pointer, String at, int depth) {
        if (!pointer.startsWith("#")) {
            throw wrong("`$ref` must point into the schema itself", at);
        }
        Integer known = refs.get(pointer);
        if (known != null) {
            return known;
        }
        JsonNode target = pointer.equals("#") ? root : root.at(pointer.substring(1));
        if (target.isMissingNode()) {
            throw wrong("`" + pointer + "` leads nowhere", at);
        }
        int rule = rules.rule();
        refs.put(pointer, rule);
        rules.add(rule, List.of(rule(target, pointer, depth + 1)));
        return rule;
    }

    private int literal(JsonNode value) {
        return rules.any(List.of(rules.text(value.toString())));
    }

    private int either(JsonNode values, String at) {
        if (!values.isArray() || values.isEmpty()) {
            throw wrong("`enum` is a list of values", at);
        }
        var rows = new ArrayList<List<Integer>>();
        values.forEach(value -> rows.add(rules.text(value.toString())));
        return rules.any(rows);
    }

    private int anyOf(JsonNode schemas, String at, int depth) {
        if (!schemas.isArray() || schemas.isEmpty()) {
            throw wrong("a list of schemas is expected", at);
        }
        var rows = new ArrayList<List<Integer>>();
        for (int i = 0; i < schemas.size(); i++) {
            rows.add(List.of(rule(schemas.path(i), at + "/" + i, depth + 1)));
        }
        return rules.any(rows);
    }

    /// One of several is any of several where no value is of two.
    private static void disjoint(JsonNode schemas, String at) {
        var seen = new HashSet<String>();
        for (JsonNode schema : schemas) {
            String mark =
                    schema.has("const")
                            ? "const " + schema.path("const")
                            : schema.path("type").asString("");
            boolean number = mark.equals("integer");
            if (mark.isEmpty() || !seen.add(number ? "number" : mark)) {
                throw wrong("`oneOf` is known only where the schemas are of different types", at);
            }
        }
        if (seen.stream().anyMatch(mark -> mark.startsWith("const "))
                && !seen.stream().allMatch(mark -> mark.startsWith("const "))) {
            throw wrong("`oneOf` is known only where the schemas are of different types", at);
        }
    }

    private int typed(JsonNode schema, String at, int depth) {
        var types = new ArrayList<String>();
        JsonNode stated = schema.path("type");
        if (stated.isArray()) {
            stated.forEach(type -> types.add(type.asString("")));
        } else if (stated.isString()) {
            types.add(stated.asString());
        } else {
            OF_TYPE.forEach((type, keywords) -> {
                if (keywords.stream().anyMatch(schema::has)) {
                    types.add(type);
                }
            });
            if (types.size() != 1) {
                throw wrong("it says no `type`", at);
            }
        }
        if (schema.path("nullable").asBoolean(false)) {
            types.add("null");
        }
        for (String keyword : schema.propertyNames()) {
            boolean known =
                    NOTES.contains(keyword)
                            || keyword.equals("type")
                            || types.stream()
                                    .anyMatch(type ->
                                            OF_TYPE.getOrDefault(type, Set.of()).contains(keyword));
            if (!known) {
                throw wrong("`" + keyword + "` is not known here", at);
            }
        }
        var rows = new ArrayList<List<Integer>>();
        for (String type : types) {
            rows.add(List.of(ofType(type, schema, at, depth)));
        }
        return rules.any(rows);
    }

    private int ofType(String type, JsonNode schema, String at, int depth) {
        return switch (type) {
            case "object" -> object(schema, at, depth);
            case "array" -> array(schema, at, depth);
            case "string" -> string(schema, at);
            case "integer" -> json.integer();
            case "number" -> json.number();
            case "boolean" -> json.bool();
            case "null" -> json.nothing();
            default -> throw wrong("there is no type `" + type + "`", at);
        };
    }

    private int string(JsonNode schema, String at) {
        boolean bounded = schema.has("minLength") || schema.has("maxLength");
        if (schema.has("pattern") || schema.has("format")) {
            if (bounded || schema.has("pattern") && schema.has("format")) {
                throw wrong("`pattern`, `format` and lengths are known one at a time", at);
            }
            return schema.has("pattern") ? pattern(schema, at) : format(schema, at);
        }
        int least = count(schema, "minLength", 0, at);
        int most = count(schema, "maxLength", -1, at);
        if (!bounded) {
            return json.string();
        }
        if (most >= 0 && most < least) {
            throw wrong("`maxLength` is less than `minLength`", at);
        }
        return json.quoted(rules.times(json.character(), least, most));
    }

    private int pattern(JsonNode schema, String at) {
        String pattern = schema.path("pattern").asString("");
        if (!pattern.startsWith("^") || !pattern.endsWith("$") || pattern.endsWith("\\$")) {
            throw wrong("`pattern` is known only with `^` before and `$` behind it", at);
        }
        return json.quoted(List.of(new RegexReader(rules, pattern, true).read()));
    }

    private int format(JsonNode schema, String at) {
        String expression = FORMATS.get(schema.path("format").asString(""));
        if (expression == null) {
            throw wrong(
                    "the format is not known; there are "
                            + String.join(", ", FORMATS.keySet().stream().sorted().toList()),
                    at);
        }
        return json.quoted(List.of(new RegexReader(rules, expression, true).read()));
    }

    private static int count(JsonNode schema, String keyword, int usual, String at) {
        if (!schema.has(keyword)) {
            return usual;
        }
        JsonNode value = schema.path(keyword);
        if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > MOST_TIMES) {
            throw wrong("`" + keyword + "` is a number up to " + MOST_TIMES, at);
        }
        return (int) value.asLong();
    }

    private int array(JsonNode schema, String at, int depth) {
        JsonNode first = schema.path("prefixItems");
        int least = count(schema, "minItems", 0, at);
        int most = count(schema, "maxItems", -1, at);
        if (most >= 0 && most < least) {
            throw wrong("`maxItems` is less than `minItems`", at);
        }
        if (!first.isMissingNode()) {
            return tuple(first, schema, at, depth);
        }
        JsonNode items = schema.path("items");
        int item = items.isMissingNode() ? json.value() : rule(items, at + "/items", depth + 1);
        List<Integer> more = new ArrayList<>(rules.text(","));
        more.add(json.space());
        more.add(item);
        var rows = new ArrayList<List<Integer>>();
        if (least == 0) {
            rows.add(rules.text("[]"));
        }
        if (most != 0) {
            List<Integer> row = new ArrayList<>(rules.text("["));
            row.add(item);
            row.addAll(
                    rules.times(
                            rules.any(List.of(more)),
                            Math.max(0, least - 1),
                            most < 0 ? -1 : most - 1));
            row.addAll(rules.text("]"));
            rows.add(row);
        }
        return rules.any(rows);
    }

    private int tuple(JsonNode first, JsonNode schema, String at, int depth) {
        if (schema.has("minItems") && schema.path("minItems").asInt() > first.size()
                || schema.has("maxItems") && schema.path("maxItems").asInt() < first.size()) {
            throw wrong("`prefixItems` with other numbers of items is not known", at);
        }
        List<Integer> row = new ArrayList<>(rules.text("["));
        for (int i = 0; i < first.size(); i++) {
            if (i > 0) {
                row.addAll(rules.text(","));
                row.add(json.space());
            }
            row.add(rule(first.path(i), at + "/prefixItems/" + i, depth + 1));
        }
        row.addAll(rules.text("]"));
        return rules.any(List.of(row));
    }

    private int object(JsonNode schema, String at, int depth) {
        var required = new HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        JsonNode extra = schema.path("additionalProperties");
        var names = new ArrayList<String>(schema.path("properties").propertyNames());
        for (String name : required) {
            if (!names.contains(name)) {
                throw wrong("the required property `" + name + "` is not described", at);
            }
        }
        if (names.isEmpty()) {
            if (extra.isBoolean() && !extra.asBoolean()) {
                return rules.any(List.of(rules.text("{}")));
            }
            return extra.isObject() ? map(extra, at, depth) : json.object();
        }
        var members = new ArrayList<Integer>();
        for (String name : names) {
            List<Integer> member = new ArrayList<>(rules.text(quoted(name) + ":"));
            member.add(json.space());
            member.add(
                    rule(
                            schema.path("properties").path(name),
                            at + "/properties/" + name,
                            depth + 1));
            members.add(rules.any(List.of(member)));
        }
        return objectOf(names, members, required);
    }

    /// Members in order: `later.get(i)` is what may follow once a member before `i` has been
    /// written.
    private int objectOf(List<String> names, List<Integer> members, Set<String> required) {
        int later = rules.any(List.of(rules.text("}")));
        int first = later;
        for (int i = names.size() - 1; i >= 0; i--) {
            List<Integer> more = new ArrayList<>(rules.text(","));
            more.add(json.space());
            more.add(members.get(i));
            more.add(later);
            boolean must = required.contains(names.get(i));
            int laterHere =
                    must ? rules.any(List.of(more)) : rules.any(List.of(more, List.of(later)));
            List<Integer> begin = List.of(members.get(i), later);
            first = must ? rules.any(List.of(begin)) : rules.any(List.of(begin, List.of(first)));
            later = laterHere;
        }
        List<Integer> row = new ArrayList<>(rules.text("{"));
        row.add(first);
        return rules.any(List.of(row));
    }

    private int map(JsonNode values, String at, int depth) {
        List<Integer> member = new ArrayList<>();
        member.add(json.string());
        member.addAll(rules.text(":"));
        member.add(json.space());
        member.add(rule(values, at + "/additionalProperties", depth + 1));
        int one = rules.any(List.of(member));
        List<Integer> more = new ArrayList<>(rules.text(","));
        more.add(json.space());
        more.add(one);
        List<Integer> row = new ArrayList<>(rules.text("{"));
        row.add(one);
        row.addAll(rules.times(rules.any(List.of(more)), 0, -1));
        row.addAll(rules.text("}"));
        return rules.any(List.of(rules.text("{}"), row));
    }

    private static String quoted(String name) {
        return JsonMapper.shared().writeValueAsString(name);
    }
}
