package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives expressions their values. One per rendering.
final class Evaluator {
    private final Meter meter;
    private final Filters filters;

    Evaluator(Meter meter) {
        this.meter = meter;
        this.filters = new Filters(meter);
    }

    Value value(Node.Expression expression, Scope scope) {
        meter.enter();
        meter.step(0);
        try {
            var value = inside(expression, scope);
            meter.leave();
            return value;
        } catch (Trouble e) {
            throw e.at(expression.line());
        }
    }

    boolean isTrue(Node.Expression expression, Scope scope) {
        return Python.isTrue(value(expression, scope));
    }

    private Value inside(Node.Expression expression, Scope scope) {
        return switch (expression) {
            case Node.Constant constant -> constant.value();
            case Node.Name name -> scope.get(name.name());
            case Node.ListOf list -> new Value.Items(all(list.items(), scope), list.tuple());
            case Node.DictOf dict -> dict(dict, scope);
            case Node.Attribute attribute ->
                    Access.attribute(value(attribute.of(), scope), attribute.name(), meter);
            case Node.Item item ->
                    Access.item(value(item.of(), scope), value(item.key(), scope), meter);
            case Node.Slice slice -> slice(slice, scope);
            case Node.Call call -> call(call, scope);
            case Node.Filter filter ->
                    filters.apply(
                            filter.name(),
                            value(filter.of(), scope),
                            given(filter.name(), filter.arguments(), scope));
            case Node.Test test ->
                    Value.Truth.of(
                            Tests.holds(
                                    test.name(),
                                    value(test.of(), scope),
                                    given(test.name(), test.arguments(), scope),
                                    meter));
            case Node.Unary unary -> unary(unary.sign(), value(unary.of(), scope));
            case Node.Binary binary -> binary(binary, scope);
            case Node.Compare compare -> Value.Truth.of(compare(compare, scope));
            case Node.Choice choice ->
                    isTrue(choice.condition(), scope)
                            ? value(choice.yes(), scope)
                            : choice.no() == null
                                    ? new Undefined("the value of an 'if' without 'else'")
                                    : value(choice.no(), scope);
        };
    }

    private List<Value> all(List<Node.Expression> expressions, Scope scope) {
        var values = new ArrayList<Value>(expressions.size());
        for (var expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Given given(String name, Node.Arguments arguments, Scope scope) {
        return new Given(name, all(arguments.plain(), scope), named(arguments, scope));
    }

    private Map<String, Value> named(Node.Arguments arguments, Scope scope) {
        var named = new LinkedHashMap<String, Value>();
        arguments.named().forEach((name, of) -> named.put(name, value(of, scope)));
        return named;
    }

    private Value dict(Node.DictOf dict, Scope scope) {
        var values = new LinkedHashMap<Value, Value>();
        for (var i = 0; i < dict.keys().size(); i++) {
            var key = Methods.key(value(dict.keys().get(i), scope));
            values.put(key, value(dict.values().get(i), scope));
        }
        return new Value.Fields(values);
    }

    private Value slice(Node.Slice slice, Scope scope) {
        var of = value(slice.of(), scope);
        var result =
                Access.slice(
                        of,
                        slice.from() == null ? null : value(slice.from(), scope),
                        slice.to() == null ? null : value(slice.to(), scope),
                        slice.step() == null ? null : value(slice.step(), scope),
                        meter);
        charge(of);
        return result;
    }

    private void charge(Value value) {
        var size = Python.length(value);
        meter.step(size == null ? 0 : size);
    }

    private Value call(Node.Call call, Scope scope) {
        var of = value(call.of(), scope);
        if (of instanceof Callable callable) {
            var result =
                    callable.body()
                            .call(
                                    all(call.arguments().plain(), scope),
                                    named(call.arguments(), scope));
            charge(result);
            return result;
        }
        throw new Trouble(
                of instanceof Undefined undefined
                        ? (call.of() instanceof Node.Name ? "the function '" : "the method '")
                                + undefined.name()
                                + "' is not known"
                        : Python.kind(of) + " cannot be called");
    }

    private Value unary(String sign, Value value) {
        if (sign.equals("not")) {
            return Value.Truth.of(!Python.isTrue(value));
        }
        return sign.equals("-")
                ? Arithmetic.apply("-", new Value.Whole(0), value, meter)
                : Arithmetic.apply("+", new Value.Whole(0), value, meter);
    }

    private Value binary(Node.Binary binary, Scope scope) {
        var left = value(binary.left(), scope);
        return switch (binary.sign()) {
            case "and" -> Python.isTrue(left) ? value(binary.right(), scope) : left;
            case "or" -> Python.isTrue(left) ? left : value(binary.right(), scope);
            default -> {
                var result =
                        Arithmetic.apply(binary.sign(), left, value(binary.right(), scope), meter);
                charge(result);
                yield result;
            }
        };
    }

    private boolean compare(Node.Compare compare, Scope scope) {
        var left = value(compare.first(), scope);
        for (var i = 0; i < compare.signs().size(); i++) {
            var right = value(compare.rest().get(i), scope);
            if (!holds(compare.signs().get(i), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean holds(String sign, Value left, Value right) {
        return switch (sign) {
            case "==" -> Python.equal(left, right, meter);
            case "!=" -> !Python.equal(left, right, meter);
            case "<" -> Python.compare(left, right) < 0;
            case "<=" -> Python.compare(left, right) <= 0;
            case ">" -> Python.compare(left, right) > 0;
            case ">=" -> Python.compare(left, right) >= 0;
            case "in" -> Tests.contains(right, left, meter);
            case "not in" -> !Tests.contains(right, left, meter);
            default -> throw new Trouble("the sign '" + sign + "' is not known");
        };
    }
}
