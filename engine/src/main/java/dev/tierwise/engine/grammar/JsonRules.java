package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.List;

/// The parts of JSON (RFC 8259). Between its parts at most one space is allowed: a model must not
/// go on with white space for ever.
final class JsonRules {
    private final Rules rules;
    private int value;
    private int object;
    private int array;
    private int string;
    private int number;
    private int integer;
    private int character;
    private int space;

    JsonRules(Rules rules) {
        this.rules = rules;
    }

    /// Nothing or one space.
    int space() {
        if (space == 0) {
            space = rules.any(List.of(List.of(), rules.text(" ")));
        }
        return space;
    }

    /// One character within a string, as it is or escaped.
    int character() {
        if (character == 0) {
            int hex = hex();
            int plain = rules.characters(0x20, 0x21, 0x23, 0x5b, 0x5d, 0x10ffff);
            int sign =
                    rules.characters(
                            '"', '"', '\\', '\\', '/', '/', 'b', 'b', 'f', 'f', 'n', 'n', 'r', 'r',
                            't', 't');
            List<Integer> escape = new ArrayList<>(rules.text("\\"));
            escape.add(sign);
            character = rules.any(List.of(List.of(plain), escape, unicode(hex)));
        }
        return character;
    }

    private int hex() {
        return rules.characters('0', '9', 'a', 'f', 'A', 'F');
    }

    /// `\u0000` to `\ud7ff` and from `\ue000` on; halves of pairs alone are no characters.
    private List<Integer> unicode(int hex) {
        int upToC = rules.characters('0', '9', 'a', 'c', 'A', 'C', 'e', 'f', 'E', 'F');
        int d = rules.characters('d', 'd', 'D', 'D');
        int low = rules.characters('0', '7');
        int four = rules.any(List.of(List.of(upToC, hex, hex, hex), List.of(d, low, hex, hex)));
        List<Integer> row = new ArrayList<>(rules.text("\\u"));
        row.add(four);
        return row;
    }

    int string() {
        if (string == 0) {
            string = quoted(rules.times(character(), 0, -1));
        }
        return string;
    }

    /// A row between quotes.
    int quoted(List<Integer> row) {
        List<Integer> all = new ArrayList<>(rules.text("\""));
        all.addAll(row);
        all.addAll(rules.text("\""));
        return rules.any(List.of(all));
    }

    int integer() {
        if (integer == 0) {
            int digit = rules.characters('0', '9');
            List<Integer> many = new ArrayList<>();
            many.add(rules.characters('1', '9'));
            // as many digits as a 64-bit number has
            many.addAll(rules.times(digit, 0, 17));
            int minus = rules.any(List.of(List.of(), rules.text("-")));
            int whole = rules.any(List.of(rules.text("0"), many));
            integer = rules.any(List.of(List.of(minus, whole)));
        }
        return integer;
    }

    int number() {
        if (number == 0) {
            int digit = rules.characters('0', '9');
            List<Integer> part = new ArrayList<>(rules.text("."));
            part.addAll(rules.times(digit, 1, 17));
            List<Integer> power = new ArrayList<>();
            power.add(rules.characters('e', 'e', 'E', 'E'));
            power.add(rules.any(List.of(List.of(), List.of(rules.characters('+', '+', '-', '-')))));
            power.addAll(rules.times(digit, 1, 2));
            int fraction = rules.any(List.of(List.of(), part));
            int exponent = rules.any(List.of(List.of(), power));
            number = rules.any(List.of(List.of(integer(), fraction, exponent)));
        }
        return number;
    }

    int bool() {
        return rules.any(List.of(rules.text("true"), rules.text("false")));
    }

    /// `null`.
    int nothing() {
        return rules.any(List.of(rules.text("null")));
    }

    int value() {
        if (value == 0) {
            value = rules.rule();
            for (int kind : new int[] {object(), array(), string(), number(), bool(), nothing()}) {
                rules.add(value, List.of(kind));
            }
        }
        return value;
    }

    int object() {
        if (object == 0) {
            object = rules.rule();
            List<Integer> member = new ArrayList<>();
            member.add(string());
            member.addAll(rules.text(":"));
            member.add(space());
            member.add(value());
            list(object, "{", rules.any(List.of(member)), "}");
        }
        return object;
    }

    int array() {
        if (array == 0) {
            array = rules.rule();
            list(array, "[", value(), "]");
        }
        return array;
    }

    private void list(int to, String open, int item, String close) {
        List<Integer> more = new ArrayList<>(rules.text(","));
        more.add(space());
        more.add(item);
        List<Integer> row = new ArrayList<>(rules.text(open));
        row.add(item);
        row.addAll(rules.times(rules.any(List.of(more)), 0, -1));
        row.addAll(rules.text(close));
        rules.add(to, rules.text(open + close));
        rules.add(to, row);
    }
}
