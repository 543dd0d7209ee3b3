package dev.tierwise.engine.chat;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Parts of values: attributes, items, slices.
final class Access {
    private Access() {}

    /// `value.name`: a method before an entry, as Jinja looks.
    static Value attribute(Value value, String name, Meter meter) {
        var method = Methods.of(value, name, meter);
        if (method != null) {
            return method;
        }
        return entry(value, Text.own(name), name);
    }

    /// `value[key]`: an entry before a method.
    static Value item(Value value, Value key, Meter meter) {
        var found = entry(value, key, key instanceof Text text ? text.value() : "");
        if (found instanceof Undefined && key instanceof Text text) {
            var method = Methods.of(value, text.value(), meter);
            return method == null ? found : method;
        }
        return found;
    }

    private static Value entry(Value value, Value key, String name) {
        var missing = new Undefined(name);
        return switch (value) {
            case Undefined undefined ->
                    throw new Trouble("'" + undefined.name() + "' is undefined");
            case Value.Fields fields -> {
                var found = fields.values().get(Methods.key(key));
                yield found == null ? missing : found;
            }
            case Namespace namespace -> {
                var found = namespace.values().get(name);
                yield found == null ? missing : found;
            }
            case Value.Items items -> {
                var at = index(key, items.values().size());
                yield at < 0 ? missing : items.values().get(at);
            }
            case Text text -> {
                var letters = text.value().codePointCount(0, text.length());
                var at = index(key, letters);
                yield at < 0
                        ? missing
                        : text.slice(offset(text, at, letters), offset(text, at + 1, letters));
            }
            case Value.Nothing _, Value.Truth _, Value.Whole _, Value.Real _, Callable _ -> missing;
        };
    }

    /// The place that an index means, from the end when negative; -1 when it is none.
    private static int index(Value key, int size) {
        var at = Python.whole(key);
        if (at == null) {
            return -1;
        }
        var place = at < 0 ? at + size : at;
        return place < 0 || place >= size ? -1 : (int) place;
    }

    private static int offset(Text text, int letter, int letters) {
        return letters == text.length() ? letter : text.value().offsetByCodePoints(0, letter);
    }

    /// `value[from:to:step]`.
    static Value slice(
            Value value,
            @Nullable Value from,
            @Nullable Value to,
            @Nullable Value step,
            Meter meter) {
        var size = Python.length(value);
        if (size == null || !(value instanceof Text || value instanceof Value.Items)) {
            throw new Trouble(Python.kind(value) + " cannot be sliced");
        }
        var by = bound(step, 1);
        if (by == 0) {
            throw new Trouble("a slice with a step of zero");
        }
        var start = clamp(bound(from, by > 0 ? 0 : Long.MAX_VALUE), size, by);
        var end =
                to == null || to instanceof Value.Nothing
                        ? by > 0 ? size : -1
                        : clamp(bound(to, 0), size, by);
        if (value instanceof Text text && by == 1) {
            return start < end
                    ? text.slice(offset(text, start, size), offset(text, end, size))
                    : Text.EMPTY;
        }
        var all = Python.iterate(value, meter);
        var out = new ArrayList<Value>();
        for (long i = start; by > 0 ? i < end : i > end; i += by) {
            out.add(all.get((int) i));
            if (Math.abs(by) > size) {
                break;
            }
        }
        if (value instanceof Text) {
            var builder = new Text.Builder();
            out.forEach(letter -> builder.add((Text) letter));
            return builder.build();
        }
        return new Value.Items(out, value instanceof Value.Items items && items.tuple());
    }

    private static long bound(@Nullable Value value, long otherwise) {
        if (value == null || value instanceof Value.Nothing) {
            return otherwise;
        }
        var number = Python.whole(value);
        if (number == null) {
            throw new Trouble("a slice wants whole numbers, not " + Python.kind(value));
        }
        return number;
    }

    private static int clamp(long at, int size, long step) {
        var place = at < 0 ? Math.max(at, -size - 1) + size : at;
        return step > 0 ? Math.clamp(place, 0, size) : Math.clamp(place, -1, size - 1);
    }
}
