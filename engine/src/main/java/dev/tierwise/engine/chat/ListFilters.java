package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The filters over lists. Where Jinja gives a generator, these give a list.
final class ListFilters {
    private static final Set<String> NAMES =
            Set.of(
                    "first",
                    "last",
                    "join",
                    "list",
                    "map",
                    "select",
                    "reject",
                    "selectattr",
                    "rejectattr",
                    "reverse",
                    "sort",
                    "dictsort",
                    "unique",
                    "sum",
                    "min",
                    "max");

    private static final Set<String> PICKING =
            Set.of("map", "select", "reject", "selectattr", "rejectattr");

    private final Meter meter;
    private final Filters filters;

    ListFilters(Meter meter, Filters filters) {
        this.meter = meter;
        this.filters = filters;
    }

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    Value apply(String name, Value value, Given given) {
        var size = Python.length(value);
        meter.items(value instanceof Text || size == null ? 0 : size);
        // Jinja goes through what is true only, so that these take None too.
        var picks = PICKING.contains(name) && !Python.isTrue(value);
        return picks ? picksNothing(given) : full(name, value, given);
    }

    private static Value picksNothing(Given given) {
        given.all();
        given.get(0, "attribute");
        given.get(0, "default");
        return new Value.Items(List.of());
    }

    private Value full(String name, Value value, Given given) {
        return switch (name) {
            case "first" -> end(value, true);
            case "last" -> end(value, false);
            case "join" -> join(value, given);
            case "list" -> new Value.Items(Python.iterate(value, meter));
            case "map" -> map(value, given);
            case "select" -> select(value, given, null, true);
            case "reject" -> select(value, given, null, false);
            case "selectattr" -> select(value, given, given.needText(0, "attribute").value(), true);
            case "rejectattr" ->
                    select(value, given, given.needText(0, "attribute").value(), false);
            case "reverse" -> reverse(value);
            case "sort" -> sort(value, given);
            case "dictsort" -> dictSort(value, given);
            case "unique" -> unique(value);
            case "sum" -> sum(value, given);
            case "min" -> extreme(value, given, false);
            case "max" -> extreme(value, given, true);
            default -> throw new Trouble("the filter '" + name + "' is not known");
        };
    }

    private Value end(Value value, boolean first) {
        if (value instanceof Text text && !text.isEmpty()) {
            return Access.item(text, new Value.Whole(first ? 0 : -1), meter);
        }
        var values = Python.iterate(value, meter);
        return values.isEmpty()
                ? new Undefined(first ? "first" : "last")
                : first ? values.getFirst() : values.getLast();
    }

    private Value join(Value value, Given given) {
        var between = Python.text(given.get(0, "d", Text.EMPTY));
        var attribute = given.get(1, "attribute");
        var out = new Text.Builder();
        var first = true;
        for (var each : Python.iterate(value, meter)) {
            meter.step(0);
            out.add(first ? Text.EMPTY : between);
            out.add(Python.text(attribute == null ? each : attribute(each, attribute)));
            first = false;
        }
        return out.build();
    }

    /// An attribute by its name, dots for attributes of attributes.
    private Value attribute(Value value, Value name) {
        if (!(name instanceof Text text)) {
            return Access.item(value, name, meter);
        }
        var at = value;
        for (var part : text.split(".", -1, meter)) {
            var word = ((Text) part).value();
            var digits =
                    !word.isEmpty()
                            && word.length() < 10
                            && word.chars().allMatch(Character::isDigit);
            at = Access.item(at, digits ? new Value.Whole(Long.parseLong(word)) : part, meter);
        }
        return at;
    }

    private Value map(Value value, Given given) {
        var out = new ArrayList<Value>();
        if (given.has("attribute")) {
            var name = given.need(9, "attribute");
            var otherwise = given.get(9, "default");
            for (var each : Python.iterate(value, meter)) {
                meter.step(0);
                var found = attribute(each, name);
                out.add(found instanceof Undefined && otherwise != null ? otherwise : found);
            }
            return new Value.Items(out);
        }
        var filter = given.needText(0, "filter").value();
        for (var each : Python.iterate(value, meter)) {
            var rest = given.rest(filter, 1);
            out.add(filters.byName(filter, each, rest.all()));
        }
        return new Value.Items(out);
    }

    private Value select(Value value, Given given, @Nullable String attribute, boolean keeps) {
        var from = attribute == null ? 0 : 1;
        var test = given.get(from, "test");
        Predicate<Value> holds = Python::isTrue;
        if (test != null) {
            var name = given.needText(from, "test").value();
            var known = testName(name);
            var rest = given.rest(name, from + 1).all();
            holds =
                    each ->
                            Tests.holds(
                                    known, each, new Given(name, rest, java.util.Map.of()), meter);
        }
        var out = new ArrayList<Value>();
        for (var each : Python.iterate(value, meter)) {
            meter.step(0);
            var judged = attribute == null ? each : attribute(each, Text.own(attribute));
            if (holds.test(judged) == keeps) {
                out.add(each);
            }
        }
        return new Value.Items(out);
    }

    private static String testName(String name) {
        var known =
                switch (name) {
                    case "==" -> "eq";
                    case "!=" -> "ne";
                    case "<" -> "lt";
                    case "<=" -> "le";
                    case ">" -> "gt";
                    case ">=" -> "ge";
                    default -> name;
                };
        if (!Tests.knows(known)) {
            throw new Trouble("the test '" + name + "' is not known");
        }
        return known;
    }

    private Value reverse(Value value) {
        if (value instanceof Text text) {
            var out = new Text.Builder();
            Python.iterate(text, meter).reversed().forEach(letter -> out.add((Text) letter));
            return out.build();
        }
        return new Value.Items(new ArrayList<>(Python.iterate(value, meter).reversed()));
    }

    private Comparator<Value> order(boolean cased) {
        return (left, right) -> {
            meter.step(0);
            return Python.compare(cased ? left : folded(left), cased ? right : folded(right));
        };
    }

    private static Value folded(Value value) {
        return value instanceof Text text ? text.map(part -> part.toLowerCase(Locale.ROOT)) : value;
    }

    private Value sort(Value value, Given given) {
        var reverse = given.truth(0, "reverse", false);
        var order = order(given.truth(1, "case_sensitive", false));
        var attribute = given.get(2, "attribute");
        if (attribute != null) {
            var plain = order;
            order =
                    (left, right) ->
                            plain.compare(attribute(left, attribute), attribute(right, attribute));
        }
        var sorted = new ArrayList<>(Python.iterate(value, meter));
        sorted.sort(reverse ? order.reversed() : order);
        return new Value.Items(sorted);
    }

    private Value dictSort(Value value, Given given) {
        if (!(value instanceof Value.Fields fields)) {
            throw new Trouble("dictsort wants a dict, not " + Python.kind(value));
        }
        var order = order(given.truth(0, "case_sensitive", false));
        var by = Python.text(given.get(1, "by", Text.own("key"))).value().equals("value") ? 1 : 0;
        var reverse = given.truth(2, "reverse", false);
        Comparator<Value> pairs =
                (left, right) ->
                        order.compare(
                                ((Value.Items) left).values().get(by),
                                ((Value.Items) right).values().get(by));
        var sorted = new ArrayList<>(((Value.Items) Methods.items(fields)).values());
        sorted.sort(reverse ? pairs.reversed() : pairs);
        return new Value.Items(sorted);
    }

    private Value unique(Value value) {
        var seen = new java.util.HashSet<Value>();
        var out = new ArrayList<Value>();
        for (var each : Python.iterate(value, meter)) {
            if (seen.add(Methods.key(folded(each)))) {
                out.add(each);
            }
        }
        return new Value.Items(out);
    }

    private Value sum(Value value, Given given) {
        var attribute = given.get(0, "attribute");
        var sum = given.get(1, "start", new Value.Whole(0));
        for (var each : Python.iterate(value, meter)) {
            meter.step(0);
            sum =
                    Arithmetic.apply(
                            "+", sum, attribute == null ? each : attribute(each, attribute), meter);
        }
        return sum;
    }

    private Value extreme(Value value, Given given, boolean greatest) {
        var order = order(given.truth(0, "case_sensitive", false));
        var values = Python.iterate(value, meter);
        if (values.isEmpty()) {
            return new Undefined(greatest ? "max" : "min");
        }
        var best = values.getFirst();
        for (var each : values) {
            var compared = order.compare(each, best);
            best = (greatest ? compared > 0 : compared < 0) ? each : best;
        }
        return best;
    }
}
