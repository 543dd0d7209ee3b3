package dev.tierwise.engine.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a template that has been read.
sealed interface Node {
    /// Where it stands, counted from 1.
    int line();

    /// What has a value.
    sealed interface Expression extends Node {}

    record Constant(Value value, int line) implements Expression {}

    record Name(String name, int line) implements Expression {}

    record ListOf(List<Expression> items, boolean tuple, int line) implements Expression {}

    record DictOf(List<Expression> keys, List<Expression> values, int line) implements Expression {}

    record Attribute(Expression of, String name, int line) implements Expression {}

    record Item(Expression of, Expression key, int line) implements Expression {}

    record Slice(
            Expression of,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step,
            int line)
            implements Expression {}

    record Arguments(List<Expression> plain, Map<String, Expression> named) {}

    record Call(Expression of, Arguments arguments, int line) implements Expression {}

    record Filter(Expression of, String name, Arguments arguments, int line)
            implements Expression {}

    record Test(Expression of, String name, Arguments arguments, int line) implements Expression {}

    record Unary(String sign, Expression of, int line) implements Expression {}

    record Binary(Expression left, String sign, Expression right, int line) implements Expression {}

    /// `a < b <= c` and the like; as many signs as there are operands after the first.
    record Compare(Expression first, List<String> signs, List<Expression> rest, int line)
            implements Expression {}

    record Choice(Expression condition, Expression yes, @Nullable Expression no, int line)
            implements Expression {}

    /// What does something.
    sealed interface Statement extends Node {}

    record Data(Text text, int line) implements Statement {}

    record Print(Expression value, int line) implements Statement {}

    record If(Expression condition, List<Statement> yes, List<Statement> no, int line)
            implements Statement {}

    record For(
            List<String> names,
            Expression over,
            @Nullable Expression filter,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {}

    /// `break` or `continue`.
    record Leave(boolean ends, int line) implements Statement {}

    /// Assigns to names, or to an attribute of a namespace when `attribute` is not empty.
    record Set(List<String> names, String attribute, Expression value, int line)
            implements Statement {}

    record SetBlock(String name, String attribute, List<Statement> body, int line)
            implements Statement {}

    record Macro(
            String name,
            List<String> parameters,
            Map<String, Expression> defaults,
            List<Statement> body,
            int line)
            implements Statement {}

    /// Statements that belong together and write where they stand, as `generation` blocks.
    record Group(List<Statement> body, int line) implements Statement {}
}
