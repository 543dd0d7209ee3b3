package dev.tierwise.engine.chat;

import java.util.List;

/// Where a parser is in the words of a template.
final class Cursor {
    private static final int MOST_NESTED = 100;

    private final List<Lexeme> words;
    private int at;
    private int depth;
    private int optional;

    Cursor(List<Lexeme> words) {
        this.words = words;
    }

    Lexeme now() {
        return words.get(at);
    }

    Lexeme after() {
        return words.get(Math.min(at + 1, words.size() - 1));
    }

    int line() {
        return now().line();
    }

    Lexeme take() {
        var word = now();
        if (at < words.size() - 1) {
            at++;
        }
        return word;
    }

    boolean isSign(String sign) {
        return now().is(Lexeme.Kind.SIGN, sign);
    }

    boolean isName(String name) {
        return now().is(Lexeme.Kind.NAME, name);
    }

    boolean skipSign(String sign) {
        var there = isSign(sign);
        if (there) {
            take();
        }
        return there;
    }

    boolean skipName(String name) {
        var there = isName(name);
        if (there) {
            take();
        }
        return there;
    }

    void expectSign(String sign) {
        if (!skipSign(sign)) {
            throw expected("'" + sign + "'");
        }
    }

    String expectName() {
        if (now().kind() != Lexeme.Kind.NAME) {
            throw expected("a name");
        }
        return take().text();
    }

    void expect(Lexeme.Kind kind, String shown) {
        if (now().kind() != kind) {
            throw expected(shown);
        }
        take();
    }

    Trouble expected(String what) {
        return new Trouble(now().shown() + " stands where " + what + " should", line());
    }

    /// Opens (1) or closes (-1) a part that may never be rendered: what is not known there is
    /// refused when it is, as Jinja does.
    void optional(int step) {
        optional += step;
    }

    boolean isOptional() {
        return optional > 0;
    }

    /// Called where a parser calls itself; with [#leave].
    void enter() {
        if (++depth > MOST_NESTED) {
            throw new Trouble("nested deeper than " + MOST_NESTED, line());
        }
    }

    void leave() {
        depth--;
    }
}
