package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Does what statements say. One per rendering.
final class Renderer {
    /// How statements came to their end.
    private enum Outcome {
        DONE,
        NEXT,
        BROKEN
    }

    private final Limits limits;
    private final Meter meter;
    private final Evaluator evaluator;

    Renderer(Limits limits, Meter meter) {
        this.limits = limits;
        this.meter = meter;
        this.evaluator = new Evaluator(meter);
    }

    Text render(List<Node.Statement> body, Scope scope) {
        var out = new Text.Builder(limits.characters());
        all(body, scope, out);
        return out.build();
    }

    private Outcome all(List<Node.Statement> body, Scope scope, Text.Builder out) {
        meter.enter();
        for (var statement : body) {
            meter.step(0);
            try {
                var outcome = one(statement, scope, out);
                if (outcome != Outcome.DONE) {
                    meter.leave();
                    return outcome;
                }
            } catch (Trouble e) {
                throw e.at(statement.line());
            }
        }
        meter.leave();
        return Outcome.DONE;
    }

    private Outcome one(Node.Statement statement, Scope scope, Text.Builder out) {
        return switch (statement) {
            case Node.Data data -> {
                meter.step(data.text().length());
                out.add(data.text());
                yield Outcome.DONE;
            }
            case Node.Print print -> {
                var text = Python.text(evaluator.value(print.value(), scope));
                meter.step(text.length());
                out.add(text);
                yield Outcome.DONE;
            }
            case Node.If choice ->
                    all(
                            evaluator.isTrue(choice.condition(), scope)
                                    ? choice.yes()
                                    : choice.no(),
                            scope,
                            out);
            case Node.For loop -> loop(loop, scope, out);
            case Node.Leave leave -> leave.ends() ? Outcome.BROKEN : Outcome.NEXT;
            case Node.Set set -> {
                set(set, scope);
                yield Outcome.DONE;
            }
            case Node.SetBlock block -> {
                var inside = new Text.Builder(limits.characters());
                all(block.body(), scope.inside(), inside);
                assign(block.name(), block.attribute(), inside.build(), scope);
                yield Outcome.DONE;
            }
            case Node.Macro macro -> {
                scope.set(macro.name(), macro(macro, scope));
                yield Outcome.DONE;
            }
            case Node.Group group -> all(group.body(), scope, out);
        };
    }

    private void set(Node.Set set, Scope scope) {
        var value = evaluator.value(set.value(), scope);
        if (set.names().size() == 1) {
            assign(set.names().getFirst(), set.attribute(), value, scope);
        } else {
            unpack(set.names(), value, scope);
        }
    }

    private static void assign(String name, String attribute, Value value, Scope scope) {
        if (attribute.isEmpty()) {
            scope.set(name, value);
        } else if (scope.get(name) instanceof Namespace namespace) {
            namespace.values().put(attribute, value);
        } else {
            throw new Trouble("'" + name + "." + attribute + "' is set, but it is no namespace");
        }
    }

    private void unpack(List<String> names, Value value, Scope scope) {
        var parts = Python.iterate(value, meter);
        if (parts.size() != names.size()) {
            throw new Trouble(names.size() + " names for " + parts.size() + " values");
        }
        for (var i = 0; i < names.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }

    private Outcome loop(Node.For loop, Scope scope, Text.Builder out) {
        var over = evaluator.value(loop.over(), scope);
        var all = Python.iterate(over, meter);
        meter.items(all.size());
        var items = new ArrayList<Value>();
        for (var item : all) {
            var inside = scope.inside();
            bind(loop, item, inside);
            if (loop.filter() == null || evaluator.isTrue(loop.filter(), inside)) {
                items.add(item);
            }
        }
        if (items.isEmpty()) {
            return all(loop.otherwise(), scope.inside(), out);
        }
        for (var i = 0; i < items.size(); i++) {
            meter.step(8);
            var inside = scope.inside();
            inside.set("loop", loopFields(items, i));
            bind(loop, items.get(i), inside);
            if (all(loop.body(), inside, out) == Outcome.BROKEN) {
                break;
            }
        }
        return Outcome.DONE;
    }

    private void bind(Node.For loop, Value item, Scope inside) {
        if (loop.names().size() == 1) {
            inside.set(loop.names().getFirst(), item);
        } else {
            unpack(loop.names(), item, inside);
        }
    }

    private static Value loopFields(List<Value> items, int at) {
        var size = items.size();
        var fields = new LinkedHashMap<String, Value>();
        fields.put("index", new Value.Whole(at + 1L));
        fields.put("index0", new Value.Whole(at));
        fields.put("revindex", new Value.Whole(size - (long) at));
        fields.put("revindex0", new Value.Whole(size - at - 1L));
        fields.put("first", Value.Truth.of(at == 0));
        fields.put("last", Value.Truth.of(at == size - 1));
        fields.put("length", new Value.Whole(size));
        fields.put("previtem", at > 0 ? items.get(at - 1) : new Undefined("previtem"));
        fields.put("nextitem", at < size - 1 ? items.get(at + 1) : new Undefined("nextitem"));
        fields.put(
                "cycle",
                new Callable(
                        "cycle",
                        (plain, _) -> {
                            if (plain.isEmpty()) {
                                throw new Trouble("cycle wants something to go through");
                            }
                            return plain.get(at % plain.size());
                        }));
        return new Namespace(fields);
    }

    private Callable macro(Node.Macro macro, Scope scope) {
        return new Callable(
                macro.name(),
                (plain, named) -> {
                    var inside = scope.inside();
                    bind(macro, plain, named, inside);
                    var out = new Text.Builder(limits.characters());
                    all(macro.body(), inside, out);
                    return out.build();
                });
    }

    private void bind(Node.Macro macro, List<Value> plain, Map<String, Value> named, Scope inside) {
        var parameters = macro.parameters();
        if (plain.size() > parameters.size()) {
            throw new Trouble(
                    "the macro '" + macro.name() + "' takes " + parameters.size() + " arguments");
        }
        for (var name : named.keySet()) {
            if (parameters.indexOf(name) < plain.size()) {
                throw new Trouble(
                        "the macro '" + macro.name() + "' has no argument '" + name + "' to take");
            }
        }
        for (var i = 0; i < parameters.size(); i++) {
            var name = parameters.get(i);
            var given = i < plain.size() ? plain.get(i) : named.get(name);
            var otherwise = macro.defaults().get(name);
            if (given == null) {
                given =
                        otherwise == null
                                ? new Undefined(name)
                                : evaluator.value(otherwise, inside);
            }
            inside.set(name, given);
        }
    }
}
