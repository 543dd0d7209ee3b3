package dev.tierwise.verify.compare;

import dev.tierwise.verify.Question;
import dev.tierwise.verify.Task;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What two final answers look like, each by itself and beside the other: numbers that hardly come
/// out of a calculation, and answers that differ by a step.
final class Values {
    /// Columns for each of two answers.
    static final int EACH = 6;

    /// Columns for both together.
    static final int BOTH = 5;

    private static final double FURTHEST = 5;
    private static final int MOST_TIMES = 12;

    private Values() {}

    /// What one answer looks like.
    static void one(Question question, @Nullable String answer, double[] columns, int at) {
        if (answer == null || question.task() == Task.CHOICE) {
            return;
        }
        columns[at + 5] = Math.log1p(answer.length());
        double value = number(answer);
        if (Double.isNaN(value)) {
            return;
        }
        Set<Double> given = Reckoned.numbers(question.user());
        double largest = given.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        columns[at] = 1;
        columns[at + 1] = value == Math.rint(value) ? 1 : 0;
        columns[at + 2] = value <= 0 ? 1 : 0;
        columns[at + 3] = given.contains(Math.abs(value)) ? 1 : 0;
        columns[at + 4] = far(Math.abs(value), largest);
    }

    /// How two answers differ.
    static void both(
            Question question,
            @Nullable String one,
            @Nullable String other,
            double[] columns,
            int at) {
        if (one == null || other == null || question.task() == Task.CHOICE) {
            return;
        }
        columns[at + 4] = alike(one, other);
        double mine = number(one);
        double theirs = number(other);
        if (Double.isNaN(mine) || Double.isNaN(theirs)) {
            return;
        }
        columns[at] = 1;
        columns[at + 1] = far(Math.abs(mine), Math.abs(theirs));
        columns[at + 2] = Math.abs(columns[at + 1]);
        double times = Math.max(mine, theirs) / Math.min(mine, theirs);
        boolean whole = Math.abs(times - Math.rint(times)) < 1e-6;
        columns[at + 3] = whole && times > 1.5 && times <= MOST_TIMES ? 1 : 0;
    }

    /// The logarithm of how much larger a number is, within bounds.
    private static double far(double value, double than) {
        return Math.clamp(Math.log((value + 1e-3) / (than + 1e-3)), -FURTHEST, FURTHEST);
    }

    /// The share of characters with which both begin or end.
    private static double alike(String one, String other) {
        int least = Math.min(one.length(), other.length());
        int most = Math.max(one.length(), other.length());
        int front = 0;
        while (front < least && one.charAt(front) == other.charAt(front)) {
            front++;
        }
        int back = 0;
        while (back < least - front
                && one.charAt(one.length() - 1 - back) == other.charAt(other.length() - 1 - back)) {
            back++;
        }
        return most == 0 ? 1 : (double) (front + back) / most;
    }

    /// The value of a final answer in its normal form, in which numbers begin with `=`.
    private static double number(String answer) {
        if (answer.length() < 2 || answer.charAt(0) != '=' || answer.length() > 30) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(answer.substring(1));
        } catch (NumberFormatException _) {
            return Double.NaN; // a normal form of another kind
        }
    }
}
