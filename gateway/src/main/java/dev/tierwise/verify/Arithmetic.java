package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does the calculations of an answer again: every `a op b = c` with numbers on both sides, also in
/// chains, in TeX, within `<<…>>`, with units and currency. Says nothing where a variable, a
/// function or an unknown sign stands beside; an unchecked calculation is better than a false
/// alarm.
final class Arithmetic {
    private static final String NAME = "arithmetic";
    private static final int WINDOW = 120_000;
    private static final int LONGEST = 1_500;

    private int checked;
    private int wrong;

    private Arithmetic() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        if (question.task() == Task.CODE || question.json()) {
            return;
        }
        Arithmetic done = of(reply.text());
        sheet.count(Signal.ARITHMETIC_CHECKED, done.checked);
        sheet.count(Signal.ARITHMETIC_WRONG, done.wrong);
        sheet.set(
                Signal.ARITHMETIC_WRONG_SHARE,
                done.checked == 0 ? 0 : (double) done.wrong / done.checked);
        if (done.wrong > 0) {
            sheet.add(
                    Finding.warn(
                            NAME,
                            done.wrong == 1 ? Rates.ONE_WRONG : Rates.MORE_WRONG,
                            done.wrong + " of " + done.checked + " calculations are wrong"));
        } else if (done.checked > 0) {
            sheet.add(
                    Finding.pass(
                            NAME, Rates.RIGHT, "all " + done.checked + " calculations are right"));
        }
    }

    /// Calculations that could be done again, and how many came out otherwise.
    static Arithmetic of(String text) {
        var done = new Arithmetic();
        int end = Math.min(text.length(), WINDOW);
        int line = 0;
        while (line < end) {
            int stop = text.indexOf('\n', line);
            stop = stop < 0 || stop > end ? end : stop;
            done.line(text, line, stop);
            line = stop + 1;
        }
        return done;
    }

    int checked() {
        return checked;
    }

    int wrong() {
        return wrong;
    }

    private void line(String text, int from, int to) {
        @Nullable List<Term> before = null;
        int start = from;
        boolean about = false;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : '=';
            if (c != '=' && c != '≈') {
                continue;
            }
            boolean last = i == to;
            if (last && before == null) {
                return;
            }
            List<Term> part = i - start > LONGEST ? List.of() : Terms.of(text, start, i);
            if (before != null) {
                compare(Expression.ending(before), Expression.beginning(part), about);
            }
            about = c == '≈';
            boolean other = !last && (isOther(text, i - 1) || isOther(text, i + 1));
            before = other ? List.of() : part;
            start = i + 1;
        }
    }

    /// `<=`, `>=`, `!=`, `==`, `=>` and the like say something else.
    private static boolean isOther(String text, int at) {
        return at >= 0
                && at < text.length()
                && "<>!=:~".indexOf(text.charAt(at)) >= 0
                && !isCall(text, at);
    }

    /// The marks around `<<48/2=24>>` are two.
    private static boolean isCall(String text, int at) {
        char c = text.charAt(at);
        boolean twice = at > 0 && text.charAt(at - 1) == c;
        return (c == '<' || c == '>') && twice;
    }

    private void compare(@Nullable Expression left, @Nullable Expression right, boolean about) {
        if (left == null || right == null || (left.size() == 1 && right.size() == 1)) {
            return;
        }
        checked++;
        boolean running = right.size() > 1 && isClose(left, right.first(), right, about);
        if (!isClose(left, right.value(), right, about) && !running) {
            wrong++;
        }
    }

    /// Whether two values are equal as far as the digits shown tell. A percentage may be shown for
    /// a fraction; rounded numbers carry their error on.
    private static boolean isClose(Expression left, double value, Expression right, boolean about) {
        double shown = left.value();
        double size = Math.max(Math.abs(shown), Math.abs(value));
        boolean whole = Math.rint(shown) == shown && !left.rounded();
        int decimals = Math.max(left.decimals(), right.decimals());
        boolean digits = decimals >= 0 && (decimals > 0 || !whole);
        double tolerance = digits ? 0.5 * Math.pow(10, -decimals) * 0.999 : 0;
        double relative = about ? 0.02 : left.rounded() || right.rounded() ? 0.005 : 1e-9;
        tolerance = Math.max(tolerance * (decimals > 0 ? 2.1 : 1), relative * size);
        if (Math.abs(shown - value) <= tolerance) {
            return true;
        }
        return (left.percent() || right.percent())
                && (Math.abs(shown - value * 100) <= tolerance * 100
                        || Math.abs(shown * 100 - value) <= tolerance * 100);
    }
}
