package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of strings, dicts and lists that templates call.
final class Methods {
    private static final Set<String> OF_TEXT =
            Set.of(
                    "strip",
                    "lstrip",
                    "rstrip",
                    "split",
                    "rsplit",
                    "splitlines",
                    "startswith",
                    "endswith",
                    "replace",
                    "upper",
                    "lower",
                    "title",
                    "capitalize",
                    "find",
                    "count",
                    "join",
                    "format",
                    "isdigit",
                    "isspace",
                    "removeprefix",
                    "removesuffix");
    private static final Set<String> OF_DICT = Set.of("items", "keys", "values", "get");
    private static final Set<String> OF_LIST = Set.of("index", "count");

    private Methods() {}

    /// The method of that name; null when the value has none.
    static @Nullable Callable of(Value value, String name, Meter meter) {
        return switch (value) {
            case Text text when OF_TEXT.contains(name) ->
                    callable(name, given -> text(text, name, given, meter), text.length(), meter);
            case Value.Fields fields when OF_DICT.contains(name) ->
                    callable(
                            name,
                            given -> dict(fields, name, given),
                            16 * fields.values().size(),
                            meter);
            case Value.Items items when OF_LIST.contains(name) ->
                    callable(name, given -> list(items, name, given, meter), 0, meter);
            case Text _,
                    Value.Nothing _,
                    Undefined _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Value.Items _,
                    Value.Fields _,
                    Callable _,
                    Namespace _ ->
                    null;
        };
    }

    private interface Body {
        Value call(Given given);
    }

    private static Callable callable(String name, Body body, int size, Meter meter) {
        return new Callable(
                name,
                (plain, named) -> {
                    meter.step(size);
                    var given = new Given(name, plain, named);
                    var result = body.call(given);
                    given.finish();
                    return result;
                });
    }

    private static Value text(Text text, String name, Given given, Meter meter) {
        return switch (name) {
            case "strip" -> text.strip(drop(given), true, true);
            case "lstrip" -> text.strip(drop(given), true, false);
            case "rstrip" -> text.strip(drop(given), false, true);
            case "split" -> new Value.Items(split(text, given, meter));
            case "rsplit" -> new Value.Items(splitFromEnd(text, given, meter));
            case "splitlines" -> new Value.Items(List.copyOf(lines(text, meter)));
            case "startswith" -> Value.Truth.of(meets(text, given, true));
            case "endswith" -> Value.Truth.of(meets(text, given, false));
            case "replace" ->
                    text.replace(
                            given.needText(0, "old"),
                            given.needText(1, "new"),
                            given.whole(2, "count", -1));
            case "upper" -> text.map(part -> part.toUpperCase(Locale.ROOT));
            case "lower" -> text.map(part -> part.toLowerCase(Locale.ROOT));
            case "title" -> title(text);
            case "capitalize" -> capitalize(text);
            case "find" -> new Value.Whole(find(text, given.needText(0, "sub")));
            case "count" -> new Value.Whole(count(text, given.needText(0, "sub").value()));
            case "join" -> join(text, Python.iterate(given.need(0, "iterable"), meter));
            case "format" -> format(text, given);
            case "isdigit" -> Value.Truth.of(all(text, Character::isDigit));
            case "isspace" -> Value.Truth.of(all(text, Python::isSpace));
            case "removeprefix" -> {
                var prefix = given.needText(0, "prefix");
                yield text.value().startsWith(prefix.value())
                        ? text.slice(prefix.length(), text.length())
                        : text;
            }
            case "removesuffix" -> {
                var suffix = given.needText(0, "suffix");
                yield text.value().endsWith(suffix.value())
                        ? text.slice(0, text.length() - suffix.length())
                        : text;
            }
            default -> throw new Trouble("the method '" + name + "' of a string is not known");
        };
    }

    private static String drop(Given given) {
        return switch (given.get(0, "chars")) {
            case null -> "";
            case Value.Nothing _ -> "";
            // Nothing to drop is not the same as no argument.
            case Text text -> text.isEmpty() ? "\ufdd0" : text.value();
            case Value other ->
                    throw new Trouble("strip wants a string, not " + Python.kind(other));
        };
    }

    private static List<Value> split(Text text, Given given, Meter meter) {
        var most = given.whole(1, "maxsplit", -1);
        return given.get(0, "sep", Value.Nothing.NOTHING) instanceof Value.Nothing
                ? text.split(most, meter)
                : text.split(separator(given), most, meter);
    }

    private static String separator(Given given) {
        var separator = given.needText(0, "sep").value();
        if (separator.isEmpty()) {
            throw new Trouble("split by an empty separator");
        }
        return separator;
    }

    private static List<Value> splitFromEnd(Text text, Given given, Meter meter) {
        var most = given.whole(1, "maxsplit", -1);
        var separator = separator(given);
        var parts = new ArrayList<Value>();
        var to = text.length();
        while (most < 0 || parts.size() < most) {
            var at = text.value().lastIndexOf(separator, to - separator.length());
            if (at < 0 || to < separator.length()) {
                break;
            }
            meter.items(2);
            parts.addFirst(text.slice(at + separator.length(), to));
            to = at;
        }
        parts.addFirst(text.slice(0, to));
        return parts;
    }

    /// Python's `splitlines`.
    static List<Text> lines(Text text, Meter meter) {
        var lines = new ArrayList<Text>();
        var from = 0;
        for (var i = 0; i < text.length(); i++) {
            var letter = text.value().charAt(i);
            var breaks =
                    (letter >= '\n' && letter <= '\r')
                            || (letter >= 0x1c && letter <= 0x1e)
                            || letter == 0x85
                            || letter == 0x2028
                            || letter == 0x2029;
            if (breaks) {
                meter.items(2);
                lines.add(text.slice(from, i));
                var pair = letter == '\r' && text.value().startsWith("\n", i + 1);
                i += pair ? 1 : 0;
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.slice(from, text.length()));
        }
        return lines;
    }

    private static boolean meets(Text text, Given given, boolean start) {
        var wanted = given.need(0, "prefix");
        var any = wanted instanceof Value.Items(var values, _) ? values : List.of(wanted);
        for (var each : any) {
            if (!(each instanceof Text part)) {
                throw new Trouble("startswith and endswith want strings");
            }
            if (start
                    ? text.value().startsWith(part.value())
                    : text.value().endsWith(part.value())) {
                return true;
            }
        }
        return false;
    }

    /// The first letter of every run of letters large, the others small.
    private static Text title(Text text) {
        var inside = new boolean[1];
        return text.map(part -> {
            var out = new StringBuilder();
            part.codePoints()
                    .forEach(letter -> {
                        out.append(
                                inside[0]
                                        ? Character.toString(letter).toLowerCase(Locale.ROOT)
                                        : large(letter));
                        inside[0] =
                                Character.isUpperCase(letter)
                                        || Character.isLowerCase(letter)
                                        || Character.isTitleCase(letter);
                    });
            return out.toString();
        });
    }

    /// A letter at the start of a word; a ligature has only its first letter large.
    private static String large(int letter) {
        var upper = Character.toString(letter).toUpperCase(Locale.ROOT);
        var first = upper.offsetByCodePoints(0, 1);
        return first == upper.length()
                ? Character.toString(Character.toTitleCase(letter))
                : upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT);
    }

    static Text capitalize(Text text) {
        if (text.isEmpty()) {
            return text;
        }
        var first = text.value().offsetByCodePoints(0, 1);
        return new Text.Builder()
                .add(
                        text.slice(0, first)
                                .map(part -> part.isEmpty() ? part : large(part.codePointAt(0))))
                .add(text.slice(first, text.length()).map(part -> part.toLowerCase(Locale.ROOT)))
                .build();
    }

    private static int find(Text text, Text part) {
        var at = text.value().indexOf(part.value());
        return at < 0 ? -1 : text.value().codePointCount(0, at);
    }

    private static int count(Text text, String part) {
        if (part.isEmpty()) {
            return text.value().codePointCount(0, text.length()) + 1;
        }
        var count = 0;
        var at = text.value().indexOf(part);
        while (at >= 0) {
            count++;
            at = text.value().indexOf(part, at + part.length());
        }
        return count;
    }

    private static Text join(Text separator, List<Value> parts) {
        var builder = new Text.Builder();
        for (var i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Text part)) {
                throw new Trouble("join wants strings, not " + Python.kind(parts.get(i)));
            }
            builder.add(i > 0 ? separator : Text.EMPTY).add(part);
        }
        return builder.build();
    }

    /// Python's `str.format` with plain places: `{}`, `{1}`, `{name}`.
    private static Text format(Text text, Given given) {
        var out = new Text.Builder();
        var next = 0;
        for (var i = 0; i < text.length(); ) {
            var letter = text.value().charAt(i);
            var doubled = text.value().startsWith(letter + "" + letter, i);
            if ((letter != '{' && letter != '}') || doubled) {
                out.add(text, i, i + 1);
                i += letter == '{' || letter == '}' ? 2 : 1;
                continue;
            }
            var end = text.value().indexOf('}', i);
            var place = letter == '}' || end < 0 ? "!" : text.value().substring(i + 1, end);
            if (!place.matches("\\w*")) {
                throw new Trouble("a place '{" + place + "}' of 'format' is not known");
            }
            var number = place.matches("[0-9]{1,4}") ? Integer.parseInt(place) : -1;
            out.add(
                    Python.text(
                            place.isEmpty()
                                    ? given.need(next++, "the next one")
                                    : number >= 0
                                            ? given.need(number, "of that number")
                                            : given.need(9999, place)));
            i = end + 1;
        }
        given.all();
        return out.build();
    }

    private static boolean all(Text text, java.util.function.IntPredicate test) {
        return !text.isEmpty() && text.value().codePoints().allMatch(test);
    }

    private static Value dict(Value.Fields fields, String name, Given given) {
        return switch (name) {
            case "items" -> items(fields);
            case "keys" -> new Value.Items(List.copyOf(fields.values().keySet()));
            case "values" -> new Value.Items(List.copyOf(fields.values().values()));
            case "get" -> {
                var found = fields.values().get(key(given.need(0, "key")));
                var otherwise = given.get(1, "default", Value.Nothing.NOTHING);
                yield found == null ? otherwise : found;
            }
            default -> throw new Trouble("the method '" + name + "' of a dict is not known");
        };
    }

    /// The pairs of a dict.
    static Value items(Value.Fields fields) {
        var pairs = new ArrayList<Value>();
        fields.values()
                .forEach((key, value) -> pairs.add(new Value.Items(List.of(key, value), true)));
        return new Value.Items(pairs);
    }

    /// A value as a key of a dict.
    static Value key(Value value) {
        if (value instanceof Value.Items || value instanceof Value.Fields) {
            throw new Trouble(Python.kind(value) + " cannot be the key of a dict");
        }
        var whole = Python.whole(value);
        return whole == null ? value : new Value.Whole(whole);
    }

    private static Value list(Value.Items items, String name, Given given, Meter meter) {
        var wanted = given.need(0, "value");
        var count = 0;
        for (var i = 0; i < items.values().size(); i++) {
            if (Python.equal(items.values().get(i), wanted, meter)) {
                if (name.equals("index")) {
                    return new Value.Whole(i);
                }
                count++;
            }
        }
        if (name.equals("index")) {
            throw new Trouble("index: the value is not in the list");
        }
        return new Value.Whole(count);
    }
}
