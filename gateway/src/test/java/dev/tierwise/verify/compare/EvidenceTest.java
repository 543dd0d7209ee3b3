package dev.tierwise.verify.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.verify.Question;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Question SUM =
            Question.of("A pen costs $3 and a book $14. How much do 2 pens and a book cost?");
    private static final Question CHOICE =
            Question.of("What is the boiling point of water?\nA. 50 C\nB. 100 C\nC. 150 C");
    private static final Question TALK = Question.of("Tell me a story about a dragon.");

    private static Said said(Question question, String text) {
        return Said.of(question, new Reply(text, "stop"), null);
    }

    private static double[] of(Question question, String small, String second) {
        return Evidence.of(question, said(question, small), said(question, second));
    }

    @Test
    void equalAnswersAgreeHoweverTheyAreWritten() {
        double[] columns = of(SUM, "That makes #### 20", "{\"answer\": \"$20.00\"}");

        assertThat(columns[Evidence.AGREED]).isEqualTo(1);
        assertThat(of(SUM, "#### 20", "#### 17")[Evidence.AGREED]).isZero();
        assertThat(of(CHOICE, "The answer is (B).", "B")[Evidence.AGREED]).isEqualTo(1);
    }

    @Test
    void aFinalAnswerReadBySomebodyElseIsEnough() {
        Said read = Said.read(SUM, "20");

        double[] columns = Evidence.of(SUM, said(SUM, "#### 20"), read);

        assertThat(columns[Evidence.AGREED]).isEqualTo(1);
        assertThat(Said.read(SUM, "").answer()).isNull();
    }

    @Test
    void wrongCalculationsSpeakAgainstAnAnswer() {
        double[] right = of(SUM, "2 * 3 = 6 and so 6 + 14 = 20. #### 20", "#### 17");
        double[] wrong = of(SUM, "2 * 3 = 9. So 9 + 14 = 23. #### 23", "#### 17");
        double[] confirmed = of(SUM, "2 * 3 = 9. So 9 + 14 = 23. #### 23", "#### 23");

        assertThat(Evidence.reckoned(.6, right)).isEqualTo(.6);
        assertThat(Evidence.reckoned(.6, wrong)).isLessThan(Evidence.reckoned(.6, confirmed));
        assertThat(Evidence.reckoned(.6, confirmed)).isLessThan(.6);
        assertThat(Evidence.reckoned(0, wrong)).isZero();
        assertThat(Evidence.reckoned(1, wrong)).isEqualTo(1);
    }

    @Test
    void talkTellsNothing() {
        String tale = "Once upon a time there lived a dragon who was afraid of the dark.";
        String other = "Far away a dragon slept on its gold until a child woke it up one day.";

        assertThat(Evidence.tells(of(TALK, tale, other))).isFalse();
        assertThat(Evidence.tells(of(SUM, "#### 20", "#### 17"))).isTrue();
        assertThat(Evidence.tells(Evidence.of(CHOICE, said(CHOICE, "B"), null))).isTrue();
    }

    @Test
    void allColumnsAreFiniteAndAsManyAsSaid() {
        var random = new SplittableRandom(1);
        String[] pieces = {
            "#### ", "20", " is ", "-", "1/0", "\\boxed{", "}", "\n", "B. ", "=", "1e999"
        };
        for (int i = 0; i < 500; i++) {
            var one = new StringBuilder();
            var other = new StringBuilder();
            for (int k = random.nextInt(8); k >= 0; k--) {
                one.append(pieces[random.nextInt(pieces.length)]);
                other.append(pieces[random.nextInt(pieces.length)]);
            }

            for (Question question : new Question[] {SUM, CHOICE, TALK}) {
                double[] columns = of(question, one.toString(), other.toString());

                assertThat(columns).hasSize(Evidence.COLUMNS);
                assertThat(columns)
                        .doesNotContain(
                                Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                assertThat(Evidence.common(columns)).hasSize(Evidence.COMMON_COLUMNS);
            }
        }
    }

    @Test
    void whatAFinalAnswerLooksLikeIsTold() {
        double[] columns = new double[Values.EACH + Values.BOTH];

        Values.one(SUM, "=14", columns, 0);
        Values.both(SUM, "=40", "=20", columns, Values.EACH);

        assertThat(columns[0]).isEqualTo(1); // a number
        assertThat(columns[1]).isEqualTo(1); // whole
        assertThat(columns[3]).isEqualTo(1); // one of those that were given
        assertThat(columns[Values.EACH + 3]).isEqualTo(1); // twice the other
    }

    @Test
    void reasoningThatLeadsToTheOptionIsSeen() {
        String sound = "Water boils at 100 C at sea level. The answer is (B).";
        String loose = "Water boils at 50 degrees. The answer is (B).";

        double[] led = Evidence.common(of(CHOICE, sound, sound));
        double[] notLed = Evidence.common(of(CHOICE, loose, sound));

        assertThat(led).isNotEqualTo(notLed);
    }
}
