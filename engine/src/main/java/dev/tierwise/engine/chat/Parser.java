package dev.tierwise.engine.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the statements of a template. What it does not know it refuses by name and line.
final class Parser {
    private final Cursor words;
    private final ExpressionParser expressions;

    /// How many loops and macros are open, innermost last: `break` belongs to a loop of its own
    /// macro.
    private int loops;

    private Parser(List<Lexeme> lexemes) {
        this.words = new Cursor(lexemes);
        this.expressions = new ExpressionParser(words);
    }

    static List<Node.Statement> parse(String template) {
        var parser = new Parser(new Lexer(template).lexemes());
        return parser.until(Set.of(), "the template");
    }

    /// Statements up to one of these words in a tag; the word is left to be taken.
    private List<Node.Statement> until(Set<String> ends, String what) {
        words.enter();
        var opened = words.line();
        var body = new ArrayList<Node.Statement>();
        while (true) {
            var word = words.take();
            switch (word.kind()) {
                case DATA -> body.add(new Node.Data(Text.own(word.text()), word.line()));
                case PRINT -> {
                    body.add(new Node.Print(expressions.tuple(), word.line()));
                    words.expect(Lexeme.Kind.PRINT_END, "'}}'");
                }
                case BLOCK -> {
                    if (words.now().kind() == Lexeme.Kind.NAME
                            && ends.contains(words.now().text())) {
                        words.leave();
                        return body;
                    }
                    body.add(statement());
                }
                case END -> {
                    if (!ends.isEmpty()) {
                        throw new Trouble(
                                what
                                        + " does not end; "
                                        + String.join(" or ", ends)
                                        + " is missing",
                                opened);
                    }
                    words.leave();
                    return body;
                }
                case BLOCK_END, PRINT_END, NAME, STRING, WHOLE, REAL, SIGN ->
                        throw new Trouble(word.shown() + " stands outside of a tag", word.line());
            }
        }
    }

    private Node.Statement statement() {
        var line = words.line();
        var tag = words.expectName();
        return switch (tag) {
            case "if" -> choice(line);
            case "for" -> loop(line);
            case "set" -> set(line);
            case "macro" -> macro(line);
            case "break", "continue" -> {
                if (loops == 0) {
                    throw new Trouble("'" + tag + "' outside of a loop", line);
                }
                end();
                yield new Node.Leave(tag.equals("break"), line);
            }
            case "generation" -> {
                end();
                var body = until(Set.of("endgeneration"), "generation");
                words.take();
                end();
                yield new Node.Group(body, line);
            }
            default -> throw new Trouble("the tag '" + tag + "' is not known", line);
        };
    }

    private void end() {
        words.expect(Lexeme.Kind.BLOCK_END, "'%}'");
    }

    private Node.Statement choice(int line) {
        var condition = expressions.tuple();
        end();
        words.optional(1);
        var choice = choice(condition, line);
        words.optional(-1);
        return choice;
    }

    private Node.Statement choice(Node.Expression condition, int line) {
        var yes = until(Set.of("elif", "else", "endif"), "if");
        var word = words.take().text();
        List<Node.Statement> no = List.of();
        if (word.equals("elif")) {
            // Each one is a step deeper, so that a long chain is refused and not recursed into.
            words.enter();
            no = List.of(choice(words.line()));
            words.leave();
            return new Node.If(condition, yes, no, line);
        }
        end();
        if (word.equals("else")) {
            no = until(Set.of("endif"), "else");
            words.take();
            end();
        }
        return new Node.If(condition, yes, no, line);
    }

    private Node.Statement loop(int line) {
        var names = names();
        if (!words.skipName("in")) {
            throw words.expected("'in'");
        }
        var over = expressions.withoutChoice();
        var filter = words.skipName("if") ? expressions.expression() : null;
        if (words.isName("recursive")) {
            throw new Trouble("a loop that is 'recursive' is not known", line);
        }
        end();
        loops++;
        var body = until(Set.of("else", "endfor"), "for");
        loops--;
        List<Node.Statement> otherwise = List.of();
        if (words.take().text().equals("else")) {
            end();
            otherwise = until(Set.of("endfor"), "else");
            words.take();
        }
        end();
        return new Node.For(names, over, filter, body, otherwise, line);
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        var bracketed = words.skipSign("(");
        do {
            names.add(words.expectName());
        } while (words.skipSign(","));
        if (bracketed) {
            words.expectSign(")");
        }
        return names;
    }

    private Node.Statement set(int line) {
        var names = names();
        var attribute = "";
        if (names.size() == 1 && words.skipSign(".")) {
            attribute = words.expectName();
        }
        if (words.skipSign("=")) {
            var value = expressions.tuple();
            end();
            return new Node.Set(names, attribute, value, line);
        }
        if (names.size() > 1 || words.isSign("|")) {
            throw words.expected("'='");
        }
        end();
        var body = until(Set.of("endset"), "set");
        words.take();
        end();
        return new Node.SetBlock(names.getFirst(), attribute, body, line);
    }

    private Node.Statement macro(int line) {
        var name = words.expectName();
        words.expectSign("(");
        var parameters = new ArrayList<String>();
        var defaults = new LinkedHashMap<String, Node.Expression>();
        while (!words.skipSign(")")) {
            var parameter = words.expectName();
            parameters.add(parameter);
            Node.@Nullable Expression value = words.skipSign("=") ? expressions.expression() : null;
            if (value != null) {
                defaults.put(parameter, value);
            } else if (!defaults.isEmpty()) {
                throw new Trouble("a parameter without a default after one with", line);
            }
            if (!words.isSign(")")) {
                words.expectSign(",");
            }
        }
        end();
        var outer = loops;
        loops = 0;
        var body = until(Set.of("endmacro"), "macro");
        loops = outer;
        words.take();
        if (words.isName(name)) {
            words.take();
        }
        end();
        return new Node.Macro(name, parameters, defaults, body, line);
    }
}
