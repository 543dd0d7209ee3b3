package dev.tierwise.engine.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What stands after `|`. Those over lists are in [ListFilters].
final class Filters {
    private static final Set<String> NAMES =
            Set.of(
                    "trim",
                    "tojson",
                    "length",
                    "count",
                    "default",
                    "d",
                    "upper",
                    "lower",
                    "title",
                    "capitalize",
                    "replace",
                    "int",
                    "float",
                    "string",
                    "indent",
                    "items",
                    "abs",
                    "round",
                    "safe");

    private final Meter meter;
    private final ListFilters lists;

    Filters(Meter meter) {
        this.meter = meter;
        this.lists = new ListFilters(meter, this);
    }

    static boolean knows(String name) {
        return NAMES.contains(name) || ListFilters.knows(name);
    }

    Value apply(String name, Value value, Given given) {
        var size = Python.length(value);
        meter.step(size == null ? 0 : size);
        var result =
                ListFilters.knows(name)
                        ? lists.apply(name, value, given)
                        : single(name, value, given);
        given.finish();
        if (result instanceof Text text) {
            meter.step(text.length());
        }
        return result;
    }

    private Value single(String name, Value value, Given given) {
        return switch (name) {
            case "trim" -> {
                var chars = given.get(0, "chars", Text.EMPTY);
                yield Python.text(value)
                        .strip(chars instanceof Text text ? text.value() : "", true, true);
            }
            case "tojson" -> Json.of(value, given);
            case "length", "count" -> length(value);
            case "default", "d" -> {
                var otherwise = given.get(0, "default_value", Text.EMPTY);
                var falsy = given.truth(1, "boolean", false);
                var missing = value instanceof Undefined || (falsy && !Python.isTrue(value));
                yield missing ? otherwise : value;
            }
            case "upper" -> Python.text(value).map(part -> part.toUpperCase(Locale.ROOT));
            case "lower" -> Python.text(value).map(part -> part.toLowerCase(Locale.ROOT));
            case "title" -> title(Python.text(value));
            case "capitalize" -> Methods.capitalize(Python.text(value));
            case "replace" ->
                    Python.text(value)
                            .replace(
                                    Python.text(given.need(0, "old")),
                                    Python.text(given.need(1, "new")),
                                    count(given));
            case "int" -> toWhole(value, given);
            case "float" -> toReal(value, given);
            case "string", "safe" -> Python.text(value);
            case "indent" -> indent(Python.text(value), given, meter);
            case "items" -> items(value);
            case "abs" -> abs(value);
            case "round" -> round(value, given);
            default -> throw new Trouble("the filter '" + name + "' is not known");
        };
    }

    private static long count(Given given) {
        return given.get(2, "count", Value.Nothing.NOTHING) instanceof Value.Nothing
                ? -1
                : given.whole(2, "count", -1);
    }

    private static Value length(Value value) {
        var length = Python.length(value);
        if (length == null) {
            throw new Trouble(Python.kind(value) + " has no length");
        }
        return new Value.Whole(length);
    }

    /// The first letter of each word large; a word ends at white space, `-`, `(`, `{`, `[` or `<`.
    private static Text title(Text text) {
        var inside = new boolean[1];
        return text.map(part -> {
            var out = new StringBuilder();
            part.codePoints()
                    .forEach(letter -> {
                        var one = Character.toString(letter);
                        out.append(
                                inside[0]
                                        ? one.toLowerCase(Locale.ROOT)
                                        : one.toUpperCase(Locale.ROOT));
                        inside[0] = "-({[<".indexOf(letter) < 0 && !Python.isSpace(letter);
                    });
            return out.toString();
        });
    }

    private static Value toWhole(Value value, Given given) {
        var otherwise = given.get(0, "default", new Value.Whole(0));
        var base = given.whole(1, "base", 10);
        var whole = Python.whole(value);
        if (whole != null) {
            return new Value.Whole(whole);
        }
        if (value instanceof Value.Real(var number)) {
            return wholeOf(number, otherwise);
        }
        if (!(value instanceof Text text)) {
            return otherwise;
        }
        var digits = text.strip("", true, true).value().replace("_", "");
        try {
            return new Value.Whole(Long.parseLong(digits, (int) base));
        } catch (NumberFormatException e) {
            return toReal(text) instanceof Value.Real(var number)
                    ? wholeOf(number, otherwise)
                    : otherwise;
        }
    }

    private static Value wholeOf(double number, Value otherwise) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return otherwise;
        }
        if (Math.abs(number) >= 0x1p63) {
            throw new Trouble("int gives a number beyond 64 bits");
        }
        return new Value.Whole((long) number);
    }

    private static Value toReal(Value value, Given given) {
        var otherwise = given.get(0, "default", new Value.Real(0));
        var number = Python.number(value);
        if (number != null) {
            return new Value.Real(number);
        }
        return value instanceof Text text && toReal(text) instanceof Value.Real real
                ? real
                : otherwise;
    }

    private static Value toReal(Text text) {
        var digits = text.strip("", true, true).value().toLowerCase(Locale.ROOT);
        if (!digits.matches("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)(e[+-]?[0-9]++)?")) {
            return Value.Nothing.NOTHING;
        }
        return new Value.Real(Double.parseDouble(digits));
    }

    private static Text indent(Text text, Given given, Meter meter) {
        var width = given.get(0, "width", new Value.Whole(4));
        var spaces = Python.whole(width);
        var margin =
                width instanceof Text own
                        ? own
                        : Text.own(" ".repeat(Math.clamp(spaces == null ? 4 : spaces, 0, 256)));
        var first = given.truth(1, "first", false);
        var blank = given.truth(2, "blank", false);
        var lines = Methods.lines(new Text.Builder().add(text).add("\n").build(), meter);
        var out = new Text.Builder();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            out.add(i > 0 ? "\n" : "");
            if (i == 0 ? first : blank || !line.isEmpty()) {
                out.add(margin);
            }
            out.add(line);
        }
        return out.build();
    }

    private static Value items(Value value) {
        return switch (value) {
            case Value.Fields fields -> Methods.items(fields);
            case Undefined _ -> new Value.Items(List.of());
            case Text _,
                    Value.Nothing _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Value.Items _,
                    Callable _,
                    Namespace _ ->
                    throw new Trouble("items wants a dict, not " + Python.kind(value));
        };
    }

    private static Value abs(Value value) {
        var whole = Python.whole(value);
        if (whole != null && whole != Long.MIN_VALUE) {
            return new Value.Whole(Math.abs(whole));
        }
        var number = Python.number(value);
        if (number == null) {
            throw new Trouble("abs wants a number, not " + Python.kind(value));
        }
        return new Value.Real(Math.abs(number));
    }

    private static Value round(Value value, Given given) {
        var places = Math.clamp(given.whole(0, "precision", 0), -400, 400);
        var mode =
                switch (given.get(1, "method", Text.own("common"))) {
                    case Text text when text.value().equals("common") -> RoundingMode.HALF_EVEN;
                    case Text text when text.value().equals("ceil") -> RoundingMode.CEILING;
                    case Text text when text.value().equals("floor") -> RoundingMode.FLOOR;
                    case Value _ -> throw new Trouble("round by common, ceil or floor");
                };
        var whole = Python.whole(value);
        if (whole != null && mode == RoundingMode.HALF_EVEN) {
            return new Value.Whole(
                    new BigDecimal(whole).setScale(Math.min(places, 0), mode).longValue());
        }
        var number = Python.number(value);
        if (number == null || Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Trouble("round wants a finite number");
        }
        if (mode != RoundingMode.HALF_EVEN) {
            var scale = Math.pow(10, places);
            var scaled = number * scale;
            return new Value.Real(
                    (mode == RoundingMode.FLOOR ? Math.floor(scaled) : Math.ceil(scaled) + 0.0)
                            / scale);
        }
        var rounded = new BigDecimal(number).setScale(places, mode).doubleValue();
        return new Value.Real(Math.copySign(rounded, number));
    }

    /// Applies a filter by its name, for `map`.
    Value byName(String name, Value value, List<Value> arguments) {
        if (!knows(name)) {
            throw new Trouble("the filter '" + name + "' is not known");
        }
        return apply(name, value, new Given(name, new ArrayList<>(arguments), Map.of()));
    }
}
