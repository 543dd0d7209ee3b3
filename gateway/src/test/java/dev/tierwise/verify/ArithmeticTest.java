package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.reply.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    @Test
    void rightCalculationsAreRight() {
        for (String text :
                List.of(
                        "3 + 4 = 7",
                        "So 3 + 4 = 7.",
                        "He pays 3 * $4.50 = $13.50 in all",
                        "48/2 = <<48/2=24>>24 clips",
                        "1,200 − 200 = 1,000",
                        "2 × 3 × 4 = 24",
                        "$2 \\times 3 = 6$",
                        "\\(\\frac{1}{2} + \\frac{1}{4} = 0.75\\)",
                        "20% * 50 = 10",
                        "15/60 = 25%",
                        "10 / 3 = 3.33",
                        "10 / 3 ≈ 3.3",
                        "3 apples * 4 = 12 apples",
                        "2^3 + 1 = 9",
                        "(2 + 3)(4) = 20",
                        "1 + 2 + 3 + 4 + 5 = 15",
                        "3 x 4 = 12",
                        "- 3 + 4 = 7",
                        "5 + 5 = 10 + 5 = 15",
                        "-3 + 5 = 2")) {
            assertThat(Arithmetic.of(text).checked()).as(text).isPositive();
            assertThat(Arithmetic.of(text).wrong()).as(text).isZero();
        }
    }

    @Test
    void wrongCalculationsAreWrong() {
        for (String text :
                List.of(
                        "3 + 4 = 8",
                        "48/2 = <<48/2=25>>25",
                        "1,200 - 200 = 1,100",
                        "$2 \\times 3 = 7$",
                        "20% * 50 = 12",
                        "10 / 3 = 3.5",
                        "7 / 2 = 3",
                        "2 * 3 = 6 = 7 - 0",
                        "12.5 * 8 = 110")) {
            assertThat(Arithmetic.of(text).wrong()).as(text).isEqualTo(1);
        }
    }

    @Test
    void nothingIsSaidWhereItCouldBeWrong() {
        for (String text :
                List.of(
                        "2x + 3 = 7",
                        "x + 3 = 7",
                        "24-2xy=36",
                        "half of 10 + 2 = 7",
                        "17 mod 5 = 2",
                        "3 + 4 = 1 (mod 6)",
                        "f(3) + 1 = 12",
                        "x = 5",
                        "3 + 4 <= 9",
                        "a == 3 + 1",
                        "5! + 1 = 121",
                        "log 8 + 1 = 4",
                        "3 + 4 = 7y",
                        "1.2.3 + 1 = 4",
                        "2 \\sqrt{4} + 1 = 5",
                        "n^2 + 1 = 5")) {
            assertThat(Arithmetic.of(text).wrong()).as(text).isZero();
        }
    }

    @Test
    void countsAreHandedOut() {
        Question question = Question.of("How many eggs are left of 20?");

        Examination examination =
                Examiner.examine(
                        question, new Reply("2 + 2 = 5\n3 + 3 = 6\nThe answer is 6.", "stop"));

        assertThat(examination.signals().of(Signal.ARITHMETIC_CHECKED)).isEqualTo(Math.log1p(2));
        assertThat(examination.signals().of(Signal.ARITHMETIC_WRONG)).isEqualTo(Math.log1p(1));
        assertThat(examination.signals().of(Signal.ARITHMETIC_WRONG_SHARE)).isEqualTo(0.5);
        assertThat(examination.fatal()).isFalse();
    }
}
