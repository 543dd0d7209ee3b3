package dev.tierwise.engine.chat;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a template can call without being given it: Jinja's `range`, `namespace` and `dict`, and
/// the `raise_exception` and `strftime_now` of `transformers`.
final class Functions {
    /// Items that a template may make at once, as Jinja's sandbox allows.
    static final int MOST_ITEMS = 100_000;

    private Functions() {}

    static Map<String, Value> all(Meter meter, Clock clock) {
        var functions = new HashMap<String, Value>();
        add(functions, "range", given -> range(given, meter));
        functions.put("namespace", new Callable("namespace", Functions::namespace));
        functions.put(
                "dict",
                new Callable(
                        "dict", (plain, named) -> new Value.Fields(entries("dict", plain, named))));
        add(
                functions,
                "raise_exception",
                given -> {
                    throw Trouble.raised(Python.text(given.need(0, "message")).value());
                });
        add(
                functions,
                "strftime_now",
                given -> Text.own(date(given.needText(0, "format").value(), clock)));
        return functions;
    }

    private interface Body {
        Value call(Given given);
    }

    private static void add(Map<String, Value> functions, String name, Body body) {
        functions.put(
                name,
                new Callable(
                        name,
                        (plain, named) -> {
                            var given = new Given(name, plain, named);
                            var result = body.call(given);
                            given.finish();
                            return result;
                        }));
    }

    private static Value namespace(List<Value> plain, Map<String, Value> named) {
        var values = new LinkedHashMap<String, Value>();
        entries("namespace", plain, named)
                .forEach((key, value) -> values.put(Python.text(key).value(), value));
        return new Namespace(values);
    }

    private static Map<Value, Value> entries(
            String name, List<Value> plain, Map<String, Value> named) {
        var entries = new LinkedHashMap<Value, Value>();
        for (var each : plain) {
            if (!(each instanceof Value.Fields fields)) {
                throw new Trouble(name + " wants dicts and named arguments");
            }
            entries.putAll(fields.values());
        }
        named.forEach((key, value) -> entries.put(Text.own(key), value));
        return entries;
    }

    private static Value range(Given given, Meter meter) {
        var two = given.get(1, "stop") != null;
        var start = two ? given.whole(0, "start", 0) : 0;
        var stop = two ? given.whole(1, "stop", 0) : given.whole(0, "stop", 0);
        var step = given.whole(2, "step", 1);
        if (step == 0) {
            throw new Trouble("range with a step of zero");
        }
        var size = Math.ceil(((double) stop - start) / step);
        if (size > MOST_ITEMS) {
            throw new Trouble("a range of more than " + MOST_ITEMS);
        }
        meter.items((long) Math.max(0, size));
        var items = new ArrayList<Value>();
        for (var i = 0; i < size; i++) {
            items.add(new Value.Whole(start + i * step));
        }
        return new Value.Items(items);
    }

    /// C's `strftime` in English; `%-d` and its kin are without a leading zero.
    private static String date(String format, Clock clock) {
        var now = ZonedDateTime.now(clock);
        var out = new StringBuilder();
        for (var i = 0; i < format.length(); i++) {
            var letter = format.charAt(i);
            if (letter != '%') {
                out.append(letter);
                continue;
            }
            var bare = format.startsWith("-", i + 1);
            i += bare ? 2 : 1;
            if (i >= format.length()) {
                throw new Trouble("strftime_now: a format that ends in '%'");
            }
            out.append(part(format.charAt(i), bare, now));
        }
        return out.toString();
    }

    private static String part(char letter, boolean bare, ZonedDateTime now) {
        return switch (letter) {
            case 'Y' -> Integer.toString(now.getYear());
            case 'y' -> digits(now.getYear() % 100, 2, bare);
            case 'm' -> digits(now.getMonthValue(), 2, bare);
            case 'd' -> digits(now.getDayOfMonth(), 2, bare);
            case 'e' -> String.format(Locale.ROOT, "%2d", now.getDayOfMonth());
            case 'j' -> digits(now.getDayOfYear(), 3, bare);
            case 'H' -> digits(now.getHour(), 2, bare);
            case 'I' -> digits(now.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, bare);
            case 'M' -> digits(now.getMinute(), 2, bare);
            case 'S' -> digits(now.getSecond(), 2, bare);
            case 'p' -> now.getHour() < 12 ? "AM" : "PM";
            case 'B' -> now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'F' ->
                    part('Y', bare, now) + "-" + part('m', bare, now) + "-" + part('d', bare, now);
            case 'T' ->
                    part('H', bare, now) + ":" + part('M', bare, now) + ":" + part('S', bare, now);
            case '%' -> "%";
            default -> throw new Trouble("strftime_now: '%" + letter + "' is not known");
        };
    }

    private static String digits(int number, int width, boolean bare) {
        var text = Integer.toString(number);
        return bare ? text : "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
