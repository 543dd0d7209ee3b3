package dev.tierwise.verify;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Checks a value against a JSON schema: the keywords that models are given, within a bounded
/// amount of work, since both schema and value come from outside. What it does not know, what goes
/// beyond the bound and references to other documents count as fitting. For one value.
final class JsonSchema {
    private static final int STEPS = 200_000;
    private static final int DEEPEST = 96;

    private final JsonNode root;
    private final BoundedPattern patterns = new BoundedPattern();
    private int steps = STEPS;
    private @Nullable String complaint;

    JsonSchema(JsonNode root) {
        this.root = root;
    }

    /// What the first thing against the value is, in words that name fields of the schema and
    /// nothing of the value; empty when it fits.
    Optional<String> complaint(JsonNode value) {
        return fits(root, value, "$", 0) ? Optional.empty() : Optional.ofNullable(complaint);
    }

    private boolean fits(JsonNode schema, JsonNode value, String path, int depth) {
        if (--steps < 0 || depth > DEEPEST) {
            return true;
        }
        if (schema.isBoolean()) {
            return schema.booleanValue() || no(path, "nothing is allowed here");
        }
        JsonNode reference = schema.path("$ref");
        if (reference.isString()
                && !fits(target(reference.stringValue()), value, path, depth + 1)) {
            return false;
        }
        return type(schema, value, path)
                && choice(schema, value, path)
                && combined(schema, value, path, depth)
                && switch (value.getNodeType()) {
                    case OBJECT -> object(schema, value, path, depth);
                    case ARRAY -> array(schema, value, path, depth);
                    case STRING -> string(schema, value.stringValue(), path);
                    case NUMBER -> number(schema, value.doubleValue(), path);
                    case BINARY, BOOLEAN, MISSING, NULL, POJO -> true;
                };
    }

    private boolean no(String path, String what) {
        complaint = "at " + path + ": " + what;
        return false;
    }

    /// The part of this document that a reference names; `true`, which all fits, when it names
    /// none.
    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        JsonNode found =
                reference.startsWith("#/")
                        ? root.at(reference.substring(1).replace("%24", "$"))
                        : root.path("");
        return found.isMissingNode() ? BooleanNode.TRUE : found;
    }

    private boolean type(JsonNode schema, JsonNode value, String path) {
        JsonNode type = schema.path("type");
        if (type.isString()) {
            return isType(type.stringValue(), value) || no(path, "must be " + word(type));
        }
        if (!type.isArray() || type.isEmpty()) {
            return true;
        }
        for (JsonNode one : type) {
            if (isType(one.asString(""), value)) {
                return true;
            }
        }
        return no(path, "has none of the allowed types");
    }

    private static String word(JsonNode type) {
        return type.stringValue().length() > 16
                ? "of another type"
                : "of type " + type.stringValue();
    }

    private static boolean isType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> isWhole(value);
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> true;
        };
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || (value.isNumber() && Math.rint(value.doubleValue()) == value.doubleValue());
    }

    private boolean choice(JsonNode schema, JsonNode value, String path) {
        JsonNode fixed = schema.path("const");
        if (!fixed.isMissingNode() && !same(fixed, value)) {
            return no(path, "is not the fixed value");
        }
        JsonNode allowed = schema.path("enum");
        if (!allowed.isArray()) {
            return true;
        }
        for (JsonNode one : allowed) {
            if (same(one, value)) {
                return true;
            }
        }
        return no(path, "is none of the " + allowed.size() + " allowed values");
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(other)
                || (one.isNumber() && other.isNumber() && one.doubleValue() == other.doubleValue());
    }

    private boolean combined(JsonNode schema, JsonNode value, String path, int depth) {
        for (JsonNode one : schema.path("allOf")) {
            if (!fits(one, value, path, depth + 1)) {
                return false;
            }
        }
        JsonNode any = schema.path("anyOf");
        if (any.isArray() && !any.isEmpty() && count(any, value, path, depth) == 0) {
            return any.size() == 1 ? false : no(path, "fits none of the " + any.size() + " forms");
        }
        JsonNode one = schema.path("oneOf");
        if (one.isArray() && !one.isEmpty()) {
            int fitting = count(one, value, path, depth);
            if (fitting != 1 && steps >= 0) {
                return no(path, "fits " + fitting + " of the forms of which it must fit one");
            }
        }
        JsonNode not = schema.path("not");
        if (!not.isMissingNode() && fits(not, value, path, depth + 1) && steps >= 0) {
            return no(path, "fits what it must not");
        }
        return conditional(schema, value, path, depth);
    }

    private boolean conditional(JsonNode schema, JsonNode value, String path, int depth) {
        JsonNode condition = schema.path("if");
        if (condition.isMissingNode()) {
            return true;
        }
        JsonNode then = schema.path(fits(condition, value, path, depth + 1) ? "then" : "else");
        return then.isMissingNode() || fits(then, value, path, depth + 1);
    }

    private int count(JsonNode forms, JsonNode value, String path, int depth) {
        int fitting = 0;
        for (JsonNode form : forms) {
            fitting += fits(form, value, path, depth + 1) ? 1 : 0;
        }
        return fitting;
    }

    private boolean object(JsonNode schema, JsonNode value, String path, int depth) {
        for (JsonNode name : schema.path("required")) {
            if (name.isString() && !value.has(name.stringValue())) {
                return no(path, "lacks `" + shown(name.stringValue()) + "`");
            }
        }
        if (value.size() < schema.path("minProperties").asInt(0)
                || value.size() > schema.path("maxProperties").asInt(Integer.MAX_VALUE)) {
            return no(path, "has " + value.size() + " fields, which is outside of the bounds");
        }
        JsonNode known = schema.path("properties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode rule = known.path(field.getKey());
            if (!rule.isMissingNode()) {
                String deeper = path + "." + shown(field.getKey());
                if (!fits(rule, field.getValue(), deeper, depth + 1)) {
                    return false;
                }
            } else if (!other(schema, field, path, depth)) {
                return false;
            }
        }
        return true;
    }

    /// A field that `properties` does not name.
    private boolean other(
            JsonNode schema, Map.Entry<String, JsonNode> field, String path, int depth) {
        boolean matched = false;
        for (Map.Entry<String, JsonNode> rule : schema.path("patternProperties").properties()) {
            if (patterns.matches(rule.getKey(), field.getKey())) {
                matched = true;
                if (!fits(rule.getValue(), field.getValue(), path + ".*", depth + 1)) {
                    return false;
                }
            }
        }
        JsonNode more = schema.path("additionalProperties");
        if (matched || more.isMissingNode()) {
            return true;
        }
        return more.isBoolean()
                ? more.booleanValue() || no(path, "has a field that the schema does not name")
                : fits(more, field.getValue(), path + ".*", depth + 1);
    }

    private boolean array(JsonNode schema, JsonNode value, String path, int depth) {
        if (value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            return no(path, "has " + value.size() + " items, which is outside of the bounds");
        }
        if (schema.path("uniqueItems").asBoolean(false) && !isUnique(value)) {
            return no(path, "holds an item twice");
        }
        JsonNode first = schema.path("prefixItems");
        JsonNode items = schema.path("items");
        String deeper = path + "[]";
        for (int i = 0; i < value.size() && steps >= 0; i++) {
            JsonNode rule = i < first.size() ? first.get(i) : items;
            boolean checked = rule.isObject() || rule.isBoolean();
            if (checked && !fits(rule, value.get(i), deeper, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnique(JsonNode value) {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode item : value) {
            if (--steps >= 0 && !seen.add(item)) {
                return false;
            }
        }
        return true;
    }

    private boolean string(JsonNode schema, String value, String path) {
        JsonNode least = schema.path("minLength");
        JsonNode most = schema.path("maxLength");
        if (least.isNumber() || most.isNumber()) {
            int length = value.codePointCount(0, value.length());
            if (length < least.asInt(0) || length > most.asInt(Integer.MAX_VALUE)) {
                return no(path, "has " + length + " characters, which is outside of the bounds");
            }
        }
        JsonNode pattern = schema.path("pattern");
        return !pattern.isString()
                || patterns.matches(pattern.stringValue(), value)
                || no(path, "does not match the pattern");
    }

    private boolean number(JsonNode schema, double value, String path) {
        boolean inside =
                value >= bound(schema, "minimum", Double.NEGATIVE_INFINITY)
                        && value <= bound(schema, "maximum", Double.POSITIVE_INFINITY)
                        && (!schema.path("exclusiveMinimum").isNumber()
                                || value > schema.path("exclusiveMinimum").doubleValue())
                        && (!schema.path("exclusiveMaximum").isNumber()
                                || value < schema.path("exclusiveMaximum").doubleValue());
        if (!inside) {
            return no(path, "is outside of the bounds");
        }
        double step = bound(schema, "multipleOf", 0);
        if (step <= 0 || Double.isInfinite(value) || Math.abs(value) > 1e15) {
            return true;
        }
        BigDecimal rest = BigDecimal.valueOf(value).remainder(BigDecimal.valueOf(step));
        return rest.signum() == 0 || no(path, "is not a multiple of the step");
    }

    private static double bound(JsonNode schema, String name, double otherwise) {
        JsonNode bound = schema.path(name);
        return bound.isNumber() ? bound.doubleValue() : otherwise;
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
