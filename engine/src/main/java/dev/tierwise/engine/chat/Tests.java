package dev.tierwise.engine.chat;

import java.util.Locale;
import java.util.Set;

/// What stands after `is`.
final class Tests {
    private static final Set<String> NAMES =
            Set.of(
                    "defined",
                    "undefined",
                    "none",
                    "string",
                    "mapping",
                    "iterable",
                    "sequence",
                    "number",
                    "integer",
                    "float",
                    "boolean",
                    "true",
                    "false",
                    "odd",
                    "even",
                    "divisibleby",
                    "equalto",
                    "eq",
                    "ne",
                    "lt",
                    "lessthan",
                    "le",
                    "gt",
                    "greaterthan",
                    "ge",
                    "in",
                    "sameas",
                    "upper",
                    "lower",
                    "callable");

    private Tests() {}

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    static boolean holds(String name, Value value, Given given, Meter meter) {
        meter.step(0);
        var holds = judge(name, value, given, meter);
        given.finish();
        return holds;
    }

    private static boolean judge(String name, Value value, Given given, Meter meter) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof Value.Nothing;
            case "string" -> value instanceof Text;
            case "mapping" -> value instanceof Value.Fields;
            case "iterable", "sequence" -> isIterable(value);
            case "number" -> Python.number(value) != null;
            case "integer" -> value instanceof Value.Whole;
            case "float" -> value instanceof Value.Real;
            case "boolean" -> value instanceof Value.Truth;
            case "true" -> value == Value.Truth.TRUE;
            case "false" -> value == Value.Truth.FALSE;
            case "callable" -> value instanceof Callable;
            case "upper" -> isCased(value, true);
            case "lower" -> isCased(value, false);
            case "odd" -> rest(value, 2) == 1;
            case "even" -> rest(value, 2) == 0;
            case "divisibleby" -> rest(value, given.whole(0, "num", 0)) == 0;
            case "in" -> contains(given.need(0, "seq"), value, meter);
            case "sameas" -> isSame(value, given.need(0, "other"), meter);
            default -> compare(name, value, given.need(0, "other"), meter);
        };
    }

    private static boolean isIterable(Value value) {
        return value instanceof Text
                || value instanceof Value.Items
                || value instanceof Value.Fields
                || value instanceof Undefined;
    }

    private static boolean isCased(Value value, boolean upper) {
        var text = Python.text(value).value();
        var same = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        var other = upper ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
        return same.equals(text) && !other.equals(text);
    }

    private static long rest(Value value, long by) {
        var number = Python.whole(value);
        if (number == null || by == 0) {
            throw new Trouble(
                    "odd, even and divisibleby want whole numbers, and none of them zero");
        }
        return Math.floorMod(number, by);
    }

    private static boolean isSame(Value value, Value other, Meter meter) {
        var plain =
                value instanceof Value.Truth
                        || value instanceof Value.Nothing
                        || other instanceof Value.Truth
                        || other instanceof Value.Nothing;
        return plain ? value.equals(other) : Python.equal(value, other, meter);
    }

    private static boolean compare(String name, Value value, Value other, Meter meter) {
        return switch (name) {
            case "equalto", "eq" -> Python.equal(value, other, meter);
            case "ne" -> !Python.equal(value, other, meter);
            case "lt", "lessthan" -> Python.compare(value, other) < 0;
            case "le" -> Python.compare(value, other) <= 0;
            case "gt", "greaterthan" -> Python.compare(value, other) > 0;
            case "ge" -> Python.compare(value, other) >= 0;
            default -> throw new Trouble("the test '" + name + "' is not known");
        };
    }

    /// Python's `in`.
    static boolean contains(Value whole, Value part, Meter meter) {
        return switch (whole) {
            case Text text -> {
                if (!(part instanceof Text wanted)) {
                    throw new Trouble("only a string can be in a string, not " + Python.kind(part));
                }
                meter.step(text.length());
                yield text.value().contains(wanted.value());
            }
            case Value.Items items -> {
                var found = false;
                for (var item : items.values()) {
                    found = found || Python.equal(item, part, meter);
                }
                yield found;
            }
            case Value.Fields fields -> fields.values().containsKey(Methods.key(part));
            case Undefined _ -> false;
            case Value.Nothing _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Callable _,
                    Namespace _ ->
                    throw new Trouble("nothing can be in " + Python.kind(whole));
        };
    }
}
