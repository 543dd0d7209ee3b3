package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values as JSON in the way of Python's `json.dumps` with `ensure_ascii=False`, which is what
/// `transformers` gives templates as `tojson`.
final class Json {
    private final String between;
    private final String afterKey;
    private final int indent;
    private final boolean sorted;
    private final boolean ascii;
    private final Text.Builder out = new Text.Builder();

    private Json(Given given) {
        var width = given.get(1, "indent", Value.Nothing.NOTHING);
        var spaces = Python.whole(width);
        if (spaces == null && !(width instanceof Value.Nothing)) {
            throw new Trouble("tojson wants a number as its 'indent'");
        }
        ascii = given.truth(0, "ensure_ascii", false);
        indent = spaces == null ? -1 : Math.clamp(spaces, 0, 64);
        sorted = given.truth(3, "sort_keys", false);
        var separators = given.get(2, "separators", Value.Nothing.NOTHING);
        if (separators instanceof Value.Items(var values, _)
                && values.size() == 2
                && values.getFirst() instanceof Text first
                && values.getLast() instanceof Text last) {
            between = first.value();
            afterKey = last.value();
        } else {
            between = indent < 0 ? ", " : ",";
            afterKey = ": ";
        }
    }

    static Text of(Value value, Given given) {
        var json = new Json(given);
        json.write(value, 0);
        return json.out.build();
    }

    private void write(Value value, int depth) {
        if (depth > Value.MOST_NESTED) {
            throw new Trouble("tojson of a value nested deeper than " + Value.MOST_NESTED);
        }
        switch (value) {
            case Text text -> quoted(text);
            case Value.Nothing _ -> out.add("null");
            case Value.Truth truth -> out.add(truth == Value.Truth.TRUE ? "true" : "false");
            case Value.Whole whole -> out.add(Long.toString(whole.number()));
            case Value.Real real -> out.add(real(real.number()));
            case Value.Items items -> list(items.values(), depth);
            case Value.Fields fields -> dict(fields.values(), depth);
            case Undefined _, Callable _, Namespace _ ->
                    throw new Trouble(Python.kind(value) + " has no JSON");
        }
    }

    private static String real(double number) {
        return Double.isNaN(number)
                ? "NaN"
                : Double.isInfinite(number)
                        ? number > 0 ? "Infinity" : "-Infinity"
                        : Python.real(number);
    }

    private void list(List<Value> values, int depth) {
        out.add("[");
        var first = true;
        for (var value : values) {
            out.add(first ? "" : between);
            line(depth + 1);
            write(value, depth + 1);
            first = false;
        }
        if (!first) {
            line(depth);
        }
        out.add("]");
    }

    private void dict(Map<Value, Value> values, int depth) {
        var keys = new ArrayList<>(values.keySet());
        if (sorted) {
            keys.sort(Python::compare);
        }
        out.add("{");
        var first = true;
        for (var key : keys) {
            out.add(first ? "" : between);
            line(depth + 1);
            if (key instanceof Text text) {
                quoted(text);
            } else {
                out.add("\"");
                write(key, depth + 1);
                out.add("\"");
            }
            out.add(afterKey);
            write(java.util.Objects.requireNonNull(values.get(key)), depth + 1);
            first = false;
        }
        if (!first) {
            line(depth);
        }
        out.add("}");
    }

    private void line(int depth) {
        if (indent >= 0) {
            out.add("\n" + " ".repeat(indent * depth));
        }
    }

    private void quoted(Text text) {
        out.add("\"").add(text.map(this::escaped)).add("\"");
    }

    private String escaped(String part) {
        var escaped = new StringBuilder(part.length() + 16);
        for (var i = 0; i < part.length(); i++) {
            var letter = part.charAt(i);
            switch (letter) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if (letter < ' ' || (ascii && letter > '~')) {
                        var hex = Integer.toHexString(letter);
                        escaped.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
                    } else {
                        escaped.append(letter);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
