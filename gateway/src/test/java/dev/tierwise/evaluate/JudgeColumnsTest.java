package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Eye;
import dev.tierwise.predict.Prior;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Evidence;
import dev.tierwise.verify.compare.Said;
import org.junit.jupiter.api.Test;

class JudgeColumnsTest {
    private static final String ASKED =
            "A baker sells 12 loaves an hour at $3 each. How many dollars does she take in 5 hours?";
    private final Prior prior = Prior.shipped();
    private final AnswerHead judge = AnswerHead.shipped();

    private double[] judged(String small, String second) {
        Question question = Question.of(ASKED);
        double[] evidence =
                Evidence.of(
                        question,
                        Said.of(question, new Reply(small, "stop"), null),
                        Said.of(question, new Reply(second, "stop"), null));
        double[] traits = prior.traits(Eye.see(ASKED));
        return judge.of(
                AnswerHead.row(
                        Evidence.common(evidence), new double[] {.5, .8}, prior.shape(traits)));
    }

    @Test
    void theShippedJudgeReadsTheseColumns() {
        double[] evidence = new double[Evidence.COMMON_COLUMNS];
        double[] traits = prior.traits(Eye.see(ASKED));

        double[] row = AnswerHead.row(evidence, new double[] {.5, .8}, prior.shape(traits));

        assertThat(row).hasSize(judge.columns());
    }

    @Test
    void agreementSpeaksForAnAnswer() {
        String good = "She sells 12 * 5 = 60 loaves, which bring 60 * 3 = 180. The answer is 180.";
        String bad = "She sells 12 + 5 = 17 loaves, which bring 17 * 3 = 51. The answer is 51.";

        assertThat(judged(good, good)[0]).isGreaterThan(judged(good, bad)[0] + .2);
    }
}
