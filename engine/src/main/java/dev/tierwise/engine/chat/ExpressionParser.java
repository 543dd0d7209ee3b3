package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads expressions, each level of binding by a method of its own, loosest first. The levels are
/// those of Jinja's parser: filters and tests bind tighter than any sign, `~` tighter than `+`.
final class ExpressionParser {
    private static final Set<String> COMPARING = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NOT_TESTED = Set.of("else", "or", "and");

    /// Operands of one row of signs; each makes the tree one level deeper.
    private static final int MOST_OPERANDS = 128;

    private final Cursor words;

    ExpressionParser(Cursor words) {
        this.words = words;
    }

    /// An expression, or several with commas between: a tuple.
    Node.Expression tuple() {
        return tuple(true);
    }

    /// As after `in`: `if` begins the loop's filter.
    Node.Expression withoutChoice() {
        return tuple(false);
    }

    private Node.Expression tuple(boolean choices) {
        var line = words.line();
        var items = new ArrayList<Node.Expression>();
        var comma = false;
        while (!ends()) {
            items.add(choices ? expression() : or());
            if (!words.skipSign(",")) {
                break;
            }
            comma = true;
        }
        if (items.isEmpty()) {
            throw words.expected("an expression");
        }
        return items.size() == 1 && !comma ? items.getFirst() : new Node.ListOf(items, true, line);
    }

    private boolean ends() {
        return switch (words.now().kind()) {
            case BLOCK_END, PRINT_END, END -> true;
            case SIGN -> words.isSign(")");
            case NAME, DATA, BLOCK, PRINT, STRING, WHOLE, REAL -> false;
        };
    }

    Node.Expression expression() {
        words.enter();
        var value = or();
        while (words.isName("if")) {
            var line = words.take().line();
            var condition = or();
            var otherwise = words.skipName("else") ? expression() : null;
            value = new Node.Choice(condition, value, otherwise, line);
        }
        words.leave();
        return value;
    }

    private Node.Expression or() {
        var left = and();
        for (var i = 0; words.isName("or"); i++) {
            words.take();
            left = binary(left, "or", i, and());
        }
        return left;
    }

    private Node.Expression and() {
        var left = not();
        for (var i = 0; words.isName("and"); i++) {
            words.take();
            left = binary(left, "and", i, not());
        }
        return left;
    }

    private Node.Expression not() {
        if (!words.isName("not")) {
            return compare();
        }
        words.enter();
        var line = words.take().line();
        var value = new Node.Unary("not", not(), line);
        words.leave();
        return value;
    }

    private Node.Expression compare() {
        var line = words.line();
        var first = sum();
        var signs = new ArrayList<String>();
        var rest = new ArrayList<Node.Expression>();
        while (true) {
            if (words.now().kind() == Lexeme.Kind.SIGN && COMPARING.contains(words.now().text())) {
                signs.add(words.take().text());
            } else if (words.skipName("in")) {
                signs.add("in");
            } else if (words.isName("not") && words.after().is(Lexeme.Kind.NAME, "in")) {
                words.take();
                words.take();
                signs.add("not in");
            } else {
                break;
            }
            rest.add(sum());
        }
        return signs.isEmpty() ? first : new Node.Compare(first, signs, rest, line);
    }

    private Node.Expression sum() {
        var left = joined();
        for (var i = 0; words.isSign("+") || words.isSign("-"); i++) {
            left = binary(left, words.take().text(), i, joined());
        }
        return left;
    }

    private Node.Expression joined() {
        var left = product();
        for (var i = 0; words.isSign("~"); i++) {
            left = binary(left, words.take().text(), i, product());
        }
        return left;
    }

    private Node.Expression product() {
        var left = power();
        var signs = Set.of("*", "/", "//", "%");
        for (var i = 0;
                words.now().kind() == Lexeme.Kind.SIGN && signs.contains(words.now().text());
                i++) {
            left = binary(left, words.take().text(), i, power());
        }
        return left;
    }

    private Node.Expression power() {
        var left = unary(true);
        for (var i = 0; words.isSign("**"); i++) {
            left = binary(left, words.take().text(), i, unary(true));
        }
        return left;
    }

    private Node.Expression binary(
            Node.Expression left, String sign, int count, Node.Expression right) {
        if (count >= MOST_OPERANDS) {
            throw new Trouble("more than " + MOST_OPERANDS + " operands in a row", right.line());
        }
        return new Node.Binary(left, sign, right, right.line());
    }

    private Node.Expression unary(boolean filtered) {
        words.enter();
        var line = words.line();
        var value =
                words.skipSign("-")
                        ? new Node.Unary("-", unary(false), line)
                        : words.skipSign("+") ? new Node.Unary("+", unary(false), line) : primary();
        value = postfix(value);
        value = filtered ? filters(value) : value;
        words.leave();
        return value;
    }

    private Node.Expression primary() {
        var word = words.take();
        var line = word.line();
        return switch (word.kind()) {
            case NAME -> name(word);
            case STRING -> {
                var text = new StringBuilder(word.text());
                while (words.now().kind() == Lexeme.Kind.STRING) {
                    text.append(words.take().text());
                }
                yield new Node.Constant(Text.own(text.toString()), line);
            }
            case WHOLE -> new Node.Constant(Python.whole(word.text(), line), line);
            case REAL -> new Node.Constant(new Value.Real(Double.parseDouble(word.text())), line);
            case SIGN -> bracketed(word);
            case DATA, BLOCK, BLOCK_END, PRINT, PRINT_END, END ->
                    throw new Trouble(word.shown() + " stands where an expression should", line);
        };
    }

    private static Node.Expression name(Lexeme word) {
        return switch (word.text()) {
            case "true", "True" -> new Node.Constant(Value.Truth.TRUE, word.line());
            case "false", "False" -> new Node.Constant(Value.Truth.FALSE, word.line());
            case "none", "None" -> new Node.Constant(Value.Nothing.NOTHING, word.line());
            default -> new Node.Name(word.text(), word.line());
        };
    }

    private Node.Expression bracketed(Lexeme word) {
        return switch (word.text()) {
            case "(" -> {
                var value =
                        words.isSign(")")
                                ? new Node.ListOf(List.of(), true, word.line())
                                : tuple(true);
                words.expectSign(")");
                yield value;
            }
            case "[" -> new Node.ListOf(items("]"), false, word.line());
            case "{" -> dict(word.line());
            default ->
                    throw new Trouble(
                            word.shown() + " stands where an expression should", word.line());
        };
    }

    private List<Node.Expression> items(String end) {
        var items = new ArrayList<Node.Expression>();
        while (!words.skipSign(end)) {
            items.add(expression());
            if (!words.isSign(end)) {
                words.expectSign(",");
            }
        }
        return items;
    }

    private Node.Expression dict(int line) {
        var keys = new ArrayList<Node.Expression>();
        var values = new ArrayList<Node.Expression>();
        while (!words.skipSign("}")) {
            keys.add(expression());
            words.expectSign(":");
            values.add(expression());
            if (!words.isSign("}")) {
                words.expectSign(",");
            }
        }
        return new Node.DictOf(keys, values, line);
    }

    private Node.Expression postfix(Node.Expression value) {
        var of = value;
        for (var i = 0; ; i++) {
            var line = words.line();
            if (i > MOST_OPERANDS) {
                throw new Trouble("more than " + MOST_OPERANDS + " parts in a row", line);
            }
            if (words.skipSign(".")) {
                of =
                        words.now().kind() == Lexeme.Kind.WHOLE
                                ? new Node.Item(of, primary(), line)
                                : new Node.Attribute(of, words.expectName(), line);
            } else if (words.skipSign("[")) {
                of = subscript(of, line);
            } else if (words.skipSign("(")) {
                of = new Node.Call(of, arguments(), line);
            } else {
                return of;
            }
        }
    }

    private Node.Expression subscript(Node.Expression of, int line) {
        var from = words.isSign(":") ? null : expression();
        if (from != null && words.skipSign("]")) {
            return new Node.Item(of, from, line);
        }
        words.expectSign(":");
        var to = words.isSign(":") || words.isSign("]") ? null : expression();
        Node.@Nullable Expression step = null;
        if (words.skipSign(":") && !words.isSign("]")) {
            step = expression();
        }
        words.expectSign("]");
        return new Node.Slice(of, from, to, step, line);
    }

    /// What stands in parentheses after a name; the opening one has been taken.
    Node.Arguments arguments() {
        var plain = new ArrayList<Node.Expression>();
        var named = new LinkedHashMap<String, Node.Expression>();
        while (!words.skipSign(")")) {
            if (words.isSign("*") || words.isSign("**")) {
                throw new Trouble("arguments spread by '*' are not known", words.line());
            }
            if (words.now().kind() == Lexeme.Kind.NAME && words.after().is(Lexeme.Kind.SIGN, "=")) {
                var name = words.take().text();
                words.take();
                named.put(name, expression());
            } else if (named.isEmpty()) {
                plain.add(expression());
            } else {
                throw words.expected("a named argument");
            }
            if (!words.isSign(")")) {
                words.expectSign(",");
            }
        }
        return new Node.Arguments(plain, named);
    }

    private Node.Expression filters(Node.Expression value) {
        var of = value;
        for (var i = 0; ; i++) {
            var line = words.line();
            if (i > MOST_OPERANDS) {
                throw new Trouble("more than " + MOST_OPERANDS + " filters in a row", line);
            }
            if (words.skipSign("|")) {
                of = filter(of);
            } else if (words.skipName("is")) {
                of = test(of);
            } else if (words.skipSign("(")) {
                of = new Node.Call(of, arguments(), line);
            } else {
                return of;
            }
        }
    }

    /// A filter on `of`; the bar has been taken.
    Node.Expression filter(Node.Expression of) {
        var line = words.line();
        var name = words.expectName();
        var arguments = words.skipSign("(") ? arguments() : new Node.Arguments(List.of(), Map.of());
        if (!Filters.knows(name) && !words.isOptional()) {
            throw new Trouble("the filter '" + name + "' is not known", line);
        }
        return new Node.Filter(of, name, arguments, line);
    }

    private Node.Expression test(Node.Expression of) {
        var line = words.line();
        var negated = words.skipName("not");
        var name = words.expectName();
        if (!Tests.knows(name) && !words.isOptional()) {
            throw new Trouble("the test '" + name + "' is not known", line);
        }
        var arguments = new Node.Arguments(List.of(), Map.of());
        if (words.skipSign("(")) {
            arguments = arguments();
        } else if (beginsOperand()) {
            arguments = new Node.Arguments(List.of(postfix(primary())), Map.of());
        }
        var test = new Node.Test(of, name, arguments, line);
        return negated ? new Node.Unary("not", test, line) : test;
    }

    private boolean beginsOperand() {
        var word = words.now();
        return switch (word.kind()) {
            case NAME -> {
                if (word.text().equals("is")) {
                    throw new Trouble("tests cannot be put in a row with 'is'", word.line());
                }
                // Jinja takes `if` for an operand here; a choice is what anyone means.
                yield !NOT_TESTED.contains(word.text()) && !word.text().equals("if");
            }
            case STRING, WHOLE, REAL -> true;
            case SIGN -> words.isSign("[") || words.isSign("{");
            case DATA, BLOCK, BLOCK_END, PRINT, PRINT_END, END -> false;
        };
    }
}
