package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.List;

/// Python's signs between two values.
final class Arithmetic {
    private Arithmetic() {}

    static Value apply(String sign, Value left, Value right, Meter meter) {
        if (sign.equals("~")) {
            return join(Python.text(left), Python.text(right));
        }
        if (sign.equals("+") && left instanceof Text text && right instanceof Text other) {
            return join(text, other);
        }
        if (sign.equals("+")
                && left instanceof Value.Items(var values, var tuple)
                && right instanceof Value.Items(var others, var otherTuple)
                && tuple == otherTuple) {
            meter.items(values.size() + (long) others.size());
            var sum = new ArrayList<Value>(values.size() + others.size());
            sum.addAll(values);
            sum.addAll(others);
            return new Value.Items(sum, tuple);
        }
        var whole = Python.whole(left);
        var otherWhole = Python.whole(right);
        if (sign.equals("*") && otherWhole != null && Python.number(left) == null) {
            return repeat(left, otherWhole, meter);
        }
        if (sign.equals("*") && whole != null && Python.number(right) == null) {
            return repeat(right, whole, meter);
        }
        var number = Python.number(left);
        var other = Python.number(right);
        if (number == null || other == null) {
            throw new Trouble(
                    "'"
                            + sign
                            + "' does not go between "
                            + Python.kind(left)
                            + " and "
                            + Python.kind(right));
        }
        var divides = sign.equals("/") || sign.equals("//") || sign.equals("%");
        if (divides && other == 0) {
            throw new Trouble("a division by zero");
        }
        if (whole != null && otherWhole != null && !sign.equals("/")) {
            if (!sign.equals("**") || otherWhole >= 0) {
                return wholes(sign, whole, otherWhole);
            }
        }
        return new Value.Real(reals(sign, number, other));
    }

    private static Value wholes(String sign, long left, long right) {
        try {
            return new Value.Whole(
                    switch (sign) {
                        case "+" -> Math.addExact(left, right);
                        case "-" -> Math.subtractExact(left, right);
                        case "*" -> Math.multiplyExact(left, right);
                        case "//" -> Math.floorDivExact(left, right);
                        case "%" -> Math.floorMod(left, right);
                        case "**" -> power(left, right);
                        default -> throw new Trouble("the sign '" + sign + "' is not known");
                    });
        } catch (ArithmeticException e) {
            throw new Trouble("'" + sign + "' gives a number beyond 64 bits");
        }
    }

    private static long power(long base, long exponent) {
        var result = 1L;
        var square = base;
        for (var left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = Math.multiplyExact(result, square);
            }
            if (left > 1) {
                square = Math.multiplyExact(square, square);
            }
        }
        return result;
    }

    private static double reals(String sign, double left, double right) {
        return switch (sign) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "//" -> Math.floor(left / right);
            case "%" -> {
                var rest = left % right;
                yield rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
            }
            case "**" -> Math.pow(left, right);
            default -> throw new Trouble("the sign '" + sign + "' is not known");
        };
    }

    private static Text join(Text left, Text right) {
        return left.isEmpty()
                ? right
                : right.isEmpty() ? left : new Text.Builder().add(left).add(right).build();
    }

    private static Value repeat(Value value, long times, Meter meter) {
        var count = Math.max(0, times);
        if (value instanceof Text text) {
            if (text.length() * (double) count > Text.MOST_CHARACTERS) {
                throw new Trouble("makes more than " + Text.MOST_CHARACTERS + " characters");
            }
            var builder = new Text.Builder();
            for (var i = 0L; i < count && !text.isEmpty(); i++) {
                builder.add(text);
            }
            return builder.build();
        }
        if (value instanceof Value.Items(var values, var tuple)) {
            if (values.size() * (double) count > Functions.MOST_ITEMS) {
                throw new Trouble("makes a list of more than " + Functions.MOST_ITEMS);
            }
            meter.items(values.size() * count);
            List<Value> product = new ArrayList<>();
            for (var i = 0L; i < count && !values.isEmpty(); i++) {
                product.addAll(values);
            }
            return new Value.Items(product, tuple);
        }
        throw new Trouble("'*' does not go with " + Python.kind(value));
    }
}
