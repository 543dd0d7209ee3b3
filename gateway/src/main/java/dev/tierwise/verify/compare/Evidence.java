package dev.tierwise.verify.compare;

import dev.tierwise.verify.Question;
import dev.tierwise.verify.Signal;
import dev.tierwise.verify.Task;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What speaks for and against a small model's answer, as columns of numbers for a learned
/// judgement: the signals of the answer, how well its reasoning leads to it, and whether a second
/// model agrees. Pure, linear in the answers.
public final class Evidence {
    private static final int SIGNALS = Signal.values().length;
    private static final int PAIR = 12;
    private static final int FOOTING = 7;
    private static final int KINDS = 4;
    private static final int VALUES = 2 * Values.EACH + Values.BOTH;

    /// How many columns there are.
    public static final int COLUMNS = PAIR + 2 * (SIGNALS + FOOTING) + KINDS + VALUES;

    private static final int SMALL = PAIR;
    private static final int SECOND = PAIR + SIGNALS;
    private static final int FOOT = PAIR + 2 * SIGNALS;
    private static final int KIND = FOOT + 2 * FOOTING;
    private static final int VALUE = KIND + KINDS;

    /// The column that is 1 when both final answers are the same.
    public static final int AGREED = 1;

    /// Columns that mean the same whichever models answered, and in whatever form they were asked
    /// to.
    private static final int[] COMMON = commonColumns();

    private static final double WRONG_ODDS = .16 / .84;
    private static final double RIGHT_ODDS = .37 / .63;

    /// How many columns [#common] keeps.
    public static final int COMMON_COLUMNS = COMMON.length;

    private Evidence() {}

    /// The columns.
    ///
    /// @param second null when no second model was asked
    public static double[] of(Question question, Said small, @Nullable Said second) {
        double[] columns = new double[COLUMNS];
        int at = PAIR;
        at = signals(small, columns, at);
        at = second == null ? at + SIGNALS : signals(second, columns, at);
        at = footing(question, small, columns, at);
        at = second == null ? at + FOOTING : footing(question, second, columns, at);
        columns[at++] = question.task() == Task.CHOICE ? 1 : 0;
        columns[at++] = question.task() == Task.CODE ? 1 : 0;
        columns[at++] = question.task() == Task.MATHS ? 1 : 0;
        columns[at++] = question.options().size() / 10.0;
        Values.one(question, small.answer(), columns, at);
        if (second != null) {
            Values.one(question, second.answer(), columns, at + Values.EACH);
            Values.both(question, small.answer(), second.answer(), columns, at + 2 * Values.EACH);
        }
        if (second != null) {
            pair(question, small, second, columns);
        }
        return columns;
    }

    private static void pair(Question question, Said small, Said second, double[] columns) {
        columns[0] = 1;
        columns[AGREED] = small.agrees(second) ? 1 : 0;
        columns[2] = same(small.read(), second.read());
        columns[3] = "".equals(small.read()) ? 1 : 0;
        columns[4] = "".equals(second.read()) ? 1 : 0;
        columns[5] = small.answer() == null ? 1 : 0;
        columns[6] = second.answer() == null ? 1 : 0;
        if (small.reply() == null || second.reply() == null) {
            return;
        }
        columns[7] = 1;
        Set<Double> mine = Reckoned.numbers(small.text());
        Set<Double> theirs = Reckoned.numbers(second.text());
        Set<Double> given = Reckoned.numbers(question.user());
        mine.removeAll(given);
        theirs.removeAll(given);
        columns[8] = overlap(mine, theirs);
        columns[9] = overlap(Reckoned.words(small.text()), Reckoned.words(second.text()));
        columns[10] = reaches(question, small.answer(), second.text());
        columns[11] = reaches(question, second.answer(), small.text());
    }

    private static double same(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty() && one.equals(other) ? 1 : 0;
    }

    private static <T> double overlap(Set<T> one, Set<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        long both = one.stream().filter(other::contains).count();
        return (double) both / (one.size() + other.size() - both);
    }

    /// Whether a text comes to the value of an answer that another gave.
    private static double reaches(Question question, @Nullable String answer, String text) {
        String option = option(question, answer);
        if (option != null) {
            return Reckoned.reached(option, text, 12);
        }
        return answer == null ? 0 : Reckoned.reached(answer, text, 12);
    }

    private static int signals(Said said, double[] columns, int at) {
        if (said.examination() != null) {
            double[] values = said.examination().signals().values();
            System.arraycopy(values, 0, columns, at, values.length);
        }
        return at + SIGNALS;
    }

    /// How well the reasoning leads to the option that was chosen in the end.
    private static int footing(Question question, Said said, double[] columns, int at) {
        String chosen = option(question, said.answer());
        if (said.reply() != null && chosen != null) {
            String reasoning = Reckoned.beforeAnswer(said.text());
            List<String> others =
                    question.options().stream().filter(it -> !it.equals(chosen)).toList();
            if (Reckoned.isNumber(chosen)) {
                columns[at] = 1;
                columns[at + 1] = Reckoned.reached(chosen, reasoning, 40);
                columns[at + 2] = Reckoned.reached(chosen, reasoning, 6);
                columns[at + 3] =
                        Math.min(
                                3,
                                others.stream()
                                        .mapToDouble(it -> Reckoned.reached(it, reasoning, 6))
                                        .sum());
            } else {
                Set<String> words = Reckoned.words(reasoning);
                double own = covered(chosen, words);
                double best = others.stream().mapToDouble(it -> covered(it, words)).max().orElse(0);
                columns[at + 4] = own;
                columns[at + 5] = best;
                columns[at + 6] = own - best;
            }
        }
        return at + FOOTING;
    }

    private static double covered(String option, Set<String> words) {
        Set<String> own = Reckoned.words(option);
        return own.isEmpty()
                ? 0
                : (double) own.stream().filter(words::contains).count() / own.size();
    }

    private static @Nullable String option(Question question, @Nullable String answer) {
        if (answer == null || question.task() != Task.CHOICE) {
            return null;
        }
        int number = answer.startsWith("option ") ? digits(answer.substring(7)) : -1;
        return number >= 0 && number < question.options().size()
                ? question.options().get(number)
                : null;
    }

    private static int digits(String text) {
        return text.length() < 4
                        && !text.isEmpty()
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
    }

    @SuppressWarnings("EnumOrdinal") // the order of the signals is that of the columns
    private static int[] commonColumns() {
        IntStream pair = IntStream.of(0, AGREED, 5, 6, 7, 8, 9, 10, 11);
        IntStream small =
                Stream.of(
                                Signal.FOUND,
                                Signal.FORM_LAST,
                                Signal.ARITHMETIC_WRONG,
                                Signal.ARITHMETIC_WRONG_SHARE,
                                Signal.HEDGES,
                                Signal.DOUBTS,
                                Signal.TRUNCATED,
                                Signal.LENGTH,
                                Signal.LOOP)
                        .mapToInt(signal -> SMALL + signal.ordinal());
        IntStream second =
                Stream.of(
                                Signal.FOUND,
                                Signal.FORM_LAST,
                                Signal.ARITHMETIC_WRONG_SHARE,
                                Signal.TRUNCATED,
                                Signal.LENGTH)
                        .mapToInt(signal -> SECOND + signal.ordinal());
        IntStream footing = IntStream.range(FOOT + 1, FOOT + 4);
        IntStream kinds = IntStream.range(KIND, VALUE);
        int both = VALUE + 2 * Values.EACH;
        IntStream values =
                IntStream.of(
                        VALUE,
                        VALUE + 1,
                        VALUE + 2,
                        VALUE + Values.EACH + 1,
                        both + 2,
                        both + 3,
                        both + 4);
        return Stream.of(pair, small, second, footing, kinds, values)
                .flatMapToInt(some -> some)
                .toArray();
    }

    /// Those columns that mean the same whichever models answered: for a judge that is asked about
    /// models which it was not fitted on.
    public static double[] common(double[] columns) {
        return IntStream.of(COMMON).mapToDouble(column -> columns[column]).toArray();
    }

    /// What a judge that was fitted on other models' answers thinks of one, with wrong calculations
    /// taken into account: such judges hardly see them, for the models differ too much in how they
    /// calculate. By as much as was measured (0018): .16 of the answers with one that is wrong are
    /// good, of those with none .37; half as much where a second model came to the same.
    ///
    /// @param good the probability that the answer is good
    /// @param columns from [#of]
    @SuppressWarnings("EnumOrdinal") // the order of the signals is that of the columns
    public static double reckoned(double good, double[] columns) {
        if (columns[SMALL + Signal.ARITHMETIC_WRONG.ordinal()] <= 0) {
            return good;
        }
        double odds = WRONG_ODDS / RIGHT_ODDS;
        return 1 / (1 + (1 - good) / (good * (columns[AGREED] > 0 ? Math.sqrt(odds) : odds)));
    }

    /// Whether there is anything to judge by: a question of a kind that has one right answer, or
    /// two final answers that can be compared. Of talk nothing is known but what its prompt says.
    public static boolean tells(double[] columns) {
        boolean kind = columns[KIND] + columns[KIND + 1] + columns[KIND + 2] > 0;
        return kind || (columns[0] > 0 && columns[5] == 0 && columns[6] == 0);
    }
}
