package dev.tierwise.engine.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as Python sees them: what is true, what prints how, what equals what.
final class Python {
    private Python() {}

    /// Python's `str.isspace`.
    static boolean isSpace(int letter) {
        return (letter >= 9 && letter <= 13)
                || (letter >= 28 && letter <= 32)
                || letter == 0x85
                || letter == 0xa0
                || (letter > 0xff && Character.isSpaceChar(letter));
    }

    static boolean isTrue(Value value) {
        return switch (value) {
            case Text text -> !text.isEmpty();
            case Value.Nothing _, Undefined _ -> false;
            case Value.Truth truth -> truth == Value.Truth.TRUE;
            case Value.Whole whole -> whole.number() != 0;
            case Value.Real real -> real.number() != 0;
            case Value.Items items -> !items.values().isEmpty();
            case Value.Fields fields -> !fields.values().isEmpty();
            case Callable _, Namespace _ -> true;
        };
    }

    /// What kind a value is, in Python's words, for refusals.
    static String kind(Value value) {
        return switch (value) {
            case Text _ -> "a string";
            case Value.Nothing _ -> "None";
            case Undefined undefined -> "undefined ('" + undefined.name() + "')";
            case Value.Truth _ -> "a boolean";
            case Value.Whole _, Value.Real _ -> "a number";
            case Value.Items items -> items.tuple() ? "a tuple" : "a list";
            case Value.Fields _ -> "a dict";
            case Callable _ -> "a function";
            case Namespace _ -> "a namespace";
        };
    }

    static Value whole(String digits, int line) {
        try {
            return new Value.Whole(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new Trouble("the number " + digits + " is beyond 64 bits", line);
        }
    }

    /// Python's `str`.
    static Text text(Value value) {
        return switch (value) {
            case Text text -> text;
            case Undefined _ -> Text.EMPTY;
            case Value.Nothing _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Value.Items _,
                    Value.Fields _,
                    Callable _,
                    Namespace _ -> {
                var builder = new Text.Builder();
                repr(value, builder, 0);
                yield builder.build();
            }
        };
    }

    private static void repr(Value value, Text.Builder out, int depth) {
        if (depth > Value.MOST_NESTED) {
            throw new Trouble("a value nested deeper than " + Value.MOST_NESTED);
        }
        switch (value) {
            case Text text -> out.add(quoted(text));
            case Undefined _ -> out.add("Undefined");
            case Value.Nothing _ -> out.add("None");
            case Value.Truth truth -> out.add(truth == Value.Truth.TRUE ? "True" : "False");
            case Value.Whole whole -> out.add(Long.toString(whole.number()));
            case Value.Real real -> out.add(real(real.number()));
            case Value.Items items -> {
                out.add(items.tuple() ? "(" : "[");
                var first = true;
                for (var item : items.values()) {
                    out.add(first ? "" : ", ");
                    repr(item, out, depth + 1);
                    first = false;
                }
                out.add(items.tuple() ? items.values().size() == 1 ? ",)" : ")" : "]");
            }
            case Value.Fields fields -> {
                out.add("{");
                var first = true;
                for (var entry : fields.values().entrySet()) {
                    out.add(first ? "" : ", ");
                    repr(entry.getKey(), out, depth + 1);
                    out.add(": ");
                    repr(entry.getValue(), out, depth + 1);
                    first = false;
                }
                out.add("}");
            }
            case Callable _, Namespace _ -> throw new Trouble(kind(value) + " cannot be printed");
        }
    }

    private static Text quoted(Text text) {
        var quote = text.value().indexOf('\'') >= 0 && text.value().indexOf('"') < 0 ? '"' : '\'';
        var inside = text.map(part -> escaped(part, quote));
        var mark = String.valueOf(quote);
        return new Text.Builder().add(mark).add(inside).add(mark).build();
    }

    private static String escaped(String part, char quote) {
        var out = new StringBuilder(part.length());
        part.codePoints()
                .forEach(letter -> {
                    switch (letter) {
                        case '\n' -> out.append("\\n");
                        case '\r' -> out.append("\\r");
                        case '\t' -> out.append("\\t");
                        case '\\' -> out.append("\\\\");
                        default -> {
                            if (letter == quote) {
                                out.append('\\').append(quote);
                            } else if (isPrintable(letter)) {
                                out.appendCodePoint(letter);
                            } else {
                                out.append(code(letter));
                            }
                        }
                    }
                });
        return out.toString();
    }

    private static String code(int letter) {
        var hex = Integer.toHexString(letter);
        var width = letter < 0x100 ? 2 : letter < 0x10000 ? 4 : 8;
        return (width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U")
                + "0".repeat(width - hex.length())
                + hex;
    }

    private static boolean isPrintable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> letter == ' ';
            default -> true;
        };
    }

    /// Python's `repr` of a float: the fewest digits that give it back, scientific from 1e16 on and
    /// below 1e-4.
    static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        var decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        var digits = decimal.unscaledValue().toString();
        var exponent = digits.length() - decimal.scale() - 1;
        var sign = number < 0 ? "-" : "";
        if (exponent >= -4 && exponent < 16) {
            var plain = decimal.toPlainString();
            return sign + (plain.contains(".") ? plain : plain + ".0");
        }
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        var size = Math.abs(exponent);
        return sign
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "")
                + size;
    }

    /// The number that a value counts as; null for what is none.
    static @Nullable Double number(Value value) {
        return switch (value) {
            case Value.Whole whole -> (double) whole.number();
            case Value.Real real -> real.number();
            case Value.Truth truth -> truth == Value.Truth.TRUE ? 1.0 : 0.0;
            case Text _,
                    Value.Nothing _,
                    Undefined _,
                    Value.Items _,
                    Value.Fields _,
                    Callable _,
                    Namespace _ ->
                    null;
        };
    }

    /// The whole number that a value counts as; null for what is none.
    static @Nullable Long whole(Value value) {
        return switch (value) {
            case Value.Whole whole -> whole.number();
            case Value.Truth truth -> truth == Value.Truth.TRUE ? 1L : 0L;
            case Text _,
                    Value.Nothing _,
                    Undefined _,
                    Value.Real _,
                    Value.Items _,
                    Value.Fields _,
                    Callable _,
                    Namespace _ ->
                    null;
        };
    }

    static boolean equal(Value left, Value right, Meter meter) {
        meter.enter();
        meter.step(0);
        var equal = equalInside(left, right, meter);
        meter.leave();
        return equal;
    }

    private static boolean equalInside(Value left, Value right, Meter meter) {
        var number = number(left);
        var other = number(right);
        if (number != null && other != null) {
            var whole = whole(left);
            var otherWhole = whole(right);
            if (whole != null && otherWhole != null) {
                return whole.equals(otherWhole);
            }
            return number.doubleValue() == other.doubleValue();
        }
        if (left instanceof Value.Items(var values, var tuple)
                && right instanceof Value.Items(var others, var otherTuple)) {
            var same = (tuple == otherTuple) && (values.size() == others.size());
            for (var i = 0; same && i < values.size(); i++) {
                same = equal(values.get(i), others.get(i), meter);
            }
            return same;
        }
        if (left instanceof Value.Fields(var fields)
                && right instanceof Value.Fields(var otherFields)) {
            var same = fields.size() == otherFields.size();
            for (var entry : fields.entrySet()) {
                var there = otherFields.get(entry.getKey());
                same = same && there != null && equal(entry.getValue(), there, meter);
            }
            return same;
        }
        if (left instanceof Undefined && right instanceof Undefined) {
            return true;
        }
        return left.equals(right);
    }

    static int compare(Value left, Value right) {
        var number = number(left);
        var other = number(right);
        if (left instanceof Value.Whole(var a) && right instanceof Value.Whole(var b)) {
            return Long.compare(a, b);
        }
        if (number != null && other != null) {
            return Double.compare(number, other);
        }
        if (left instanceof Text text && right instanceof Text otherText) {
            return text.compareTo(otherText);
        }
        throw new Trouble(kind(left) + " and " + kind(right) + " have no order");
    }

    /// What a loop over a value meets.
    static List<Value> iterate(Value value, Meter meter) {
        return switch (value) {
            case Value.Items items -> items.values();
            case Value.Fields fields -> List.copyOf(fields.values().keySet());
            case Text text -> {
                meter.items(2L * text.length());
                var letters = new ArrayList<Value>();
                for (var i = 0; i < text.length(); ) {
                    var next = text.value().offsetByCodePoints(i, 1);
                    letters.add(text.slice(i, next));
                    i = next;
                }
                yield letters;
            }
            case Undefined _ -> List.of();
            case Value.Nothing _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Callable _,
                    Namespace _ ->
                    throw new Trouble(kind(value) + " cannot be gone through");
        };
    }

    /// Python's `len`; null for what has none.
    static @Nullable Integer length(Value value) {
        return switch (value) {
            case Text text -> text.value().codePointCount(0, text.length());
            case Value.Items items -> items.values().size();
            case Value.Fields fields -> fields.values().size();
            case Undefined _ -> 0;
            case Value.Nothing _,
                    Value.Truth _,
                    Value.Whole _,
                    Value.Real _,
                    Callable _,
                    Namespace _ ->
                    null;
        };
    }
}
