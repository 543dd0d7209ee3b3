package dev.tierwise.engine.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments of a call. Those that nobody asks for are refused by [#finish].
final class Given {
    private final String name;
    private final List<Value> plain;
    private final Map<String, Value> named;
    private final Set<String> used = new HashSet<>();
    private int asked;

    Given(String name, List<Value> plain, Map<String, Value> named) {
        this.name = name;
        this.plain = plain;
        this.named = named;
    }

    /// The argument at a place or of a name; null when not given.
    @Nullable Value get(int at, String parameter) {
        asked = Math.max(asked, at + 1);
        used.add(parameter);
        return at < plain.size() ? plain.get(at) : named.get(parameter);
    }

    Value get(int at, String parameter, Value otherwise) {
        var value = get(at, parameter);
        return value == null ? otherwise : value;
    }

    Value need(int at, String parameter) {
        var value = get(at, parameter);
        if (value == null) {
            throw new Trouble("'" + name + "' lacks its argument '" + parameter + "'");
        }
        return value;
    }

    Text needText(int at, String parameter) {
        if (need(at, parameter) instanceof Text text) {
            return text;
        }
        throw new Trouble("'" + name + "' wants a string as its '" + parameter + "'");
    }

    long whole(int at, String parameter, long otherwise) {
        var value = get(at, parameter);
        var number = value == null ? Long.valueOf(otherwise) : Python.whole(value);
        if (number == null) {
            throw new Trouble("'" + name + "' wants a whole number as its '" + parameter + "'");
        }
        return number;
    }

    boolean truth(int at, String parameter, boolean otherwise) {
        var value = get(at, parameter);
        return value == null ? otherwise : Python.isTrue(value);
    }

    boolean has(String parameter) {
        return named.containsKey(parameter);
    }

    boolean isEmpty() {
        return plain.isEmpty();
    }

    /// The plain arguments from a place on, as those of another call.
    Given rest(String other, int from) {
        asked = plain.size();
        return new Given(
                other, plain.subList(Math.min(from, plain.size()), plain.size()), Map.of());
    }

    List<Value> all() {
        asked = plain.size();
        return plain;
    }

    void finish() {
        if (plain.size() > asked) {
            throw new Trouble("'" + name + "' has " + plain.size() + " arguments; too many");
        }
        for (var parameter : named.keySet()) {
            if (!used.contains(parameter)) {
                throw new Trouble(
                        "'" + name + "' has no argument '" + parameter + "' that is known");
            }
        }
    }
}
