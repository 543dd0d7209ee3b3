package dev.tierwise.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EyeTest {
    private static double of(String text, Shape shape) {
        return Eye.see(text).shape()[shape.place()];
    }

    private static String noise(SplittableRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(12);
            text.append(
                    (char)
                            (kind == 0
                                    ? random.nextInt(0x10000)
                                    : kind == 1 ? ' ' : 32 + random.nextInt(95)));
        }
        return text.toString();
    }

    @Test
    void lettersOfOptionsAreCounted() {
        String asked = "What is 2 + 2?\nA. 3\nB. 4\nC. five\nD. $6";

        assertThat(of(asked, Shape.OPTIONS)).isEqualTo(4);
        assertThat(of(asked, Shape.NUMBER_OPTIONS)).isEqualTo(3);
        assertThat(of("A. lone letter", Shape.OPTIONS)).isEqualTo(1);
    }

    @Test
    void codeFormulasAndNegationsAreSeen() {
        assertThat(of("```\nprint(1)\n```", Shape.CODE)).isEqualTo(1);
        assertThat(of("Find $\\frac{1}{2}$ of it", Shape.LATEX)).isEqualTo(1);
        assertThat(of("Which of these is NOT true?", Shape.NEGATION)).isGreaterThan(0);
        assertThat(of("Which of these is true?", Shape.NEGATION)).isZero();
    }

    @Test
    void anyTextGivesFiniteNumbersAndDistinctWordsWithinBounds() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            String text = noise(random, random.nextInt(i < 290 ? 400 : 60_000));

            Sight sight = Eye.see(text);

            assertThat(sight.shape()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
            assertThat(sight.words()).doesNotHaveDuplicates().hasSameSizeAs(sight.counts());
            for (int word : sight.words()) {
                assertThat(word).isBetween(0, Sight.BUCKETS - 1);
            }
            IntStream.range(0, sight.counts().length)
                    .forEach(at -> assertThat(sight.amount(at)).isGreaterThanOrEqualTo(1));
        }
    }

    @Test
    void theMiddleOfALongTextDoesNotCount() {
        String ends = "word ".repeat(2_000);
        String text = ends + "secret ".repeat(500) + ends;

        assertThat(Eye.see(text).words()).isEqualTo(Eye.see(ends + ends).words());
    }

    @Test
    void numbersAreOneWord() {
        assertThat(Eye.see("pay 15 now").words()).isEqualTo(Eye.see("pay 1,234.5 now").words());
    }

    @Test
    void whichPartAPromptBelongsToDependsOnItsWordsAlone() {
        Sight one = Eye.see("one two three");
        Sight same = Eye.see("one  two\nthree");

        assertThat(Direction.part(one))
                .isEqualTo(Direction.part(same))
                .isBetween(0, Direction.PARTS - 1);
    }

    @Test
    void nothingCanBeReadBack() {
        assertThat(Eye.see("my password is hunter2")).hasToString("Sight[9 features]");
    }
}
