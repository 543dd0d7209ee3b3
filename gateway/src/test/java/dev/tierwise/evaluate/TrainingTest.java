package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.evaluate.Training.Fitted;
import dev.tierwise.evaluate.Training.LeftOut;
import dev.tierwise.evaluate.Training.Trust;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final Setting SETTING =
            new Setting("tiny-2b", null, "frontier-x", "other-3b", List.of(.01, .1, 1.0));
    private static final Shipped NOTHING = new Shipped(null, null);
    private static final Shipped SHIPPED = new Shipped(Prior.shipped(), AnswerHead.shipped());

    @TempDir private Path folder;

    private Source source(String name, int from, int count, @Nullable Setting setting) {
        Path path = ResultFolder.sums(folder.resolve(name), from, count);
        return switch (DatasetFolder.read(path, _ -> true)) {
            case DatasetFolder.Made.Good(Dataset data) -> Source.of(path, data, setting);
            case DatasetFolder.Made.Bad(String problem) -> throw new AssertionError(problem);
        };
    }

    private static Source.Known known(Source source) {
        return Objects.requireNonNull(source.known());
    }

    private static List<String> tasks(Source test) {
        return test.data().prompts().stream().map(Dataset.Item::task).toList();
    }

    private static LeftOut leftOut(Source test, String... tasks) {
        return LeftOut.of(test.wordings(), Set.of(tasks));
    }

    @Test
    void manyAnswersMakeAJudgeOfTheirOwn() {
        Source test = source("test", 1000, 40, SETTING);
        var training = new Training(List.of(source("train", 0, 240, SETTING)), SHIPPED, 1);

        Fitted fitted = training.fit(leftOut(test), known(test), tasks(test));

        assertThat(fitted.answered()).isEqualTo(240);
        assertThat(fitted.trust()).isEqualTo(Trust.OWN);
        assertThat(fitted.answer()).hasSize(1);
    }

    @Test
    void fewAnswersLeaveItToTheShippedJudge() {
        Source test = source("test", 1000, 40, SETTING);
        var training = new Training(List.of(source("train", 0, 60, SETTING)), SHIPPED, 1);

        Fitted fitted = training.fit(leftOut(test), known(test), tasks(test));

        assertThat(fitted.rows()).isEqualTo(60);
        assertThat(fitted.answered()).isZero();
        assertThat(fitted.answer()).hasSize(1);
    }

    @Test
    void whereNothingShippedMayBeUsedPriorAndJudgeAreMadeAnew() {
        Source test = source("test", 1000, 40, SETTING);
        var training = new Training(List.of(source("train", 0, 240, null)), NOTHING, 1);

        Fitted fitted = training.fit(leftOut(test), known(test), tasks(test));

        assertThat(fitted.rows()).isZero();
        assertThat(fitted.nearest()).isNull();
        assertThat(fitted.answer()).hasSize(1);
        assertThat(fitted.forecast(known(test).rows(), true)).hasDimensions(40, 2);
    }

    @Test
    void newTasksAreForetoldByShippedWeightsUnlessManyOfTheirDatasetAreKnown() {
        Source test = source("test", 1000, 40, SETTING);
        var training = new Training(List.of(source("train", 0, 240, SETTING)), SHIPPED, 1);

        Fitted other = training.fit(leftOut(test), known(test), List.of("poems/long"));
        Fitted same = training.fit(leftOut(test), known(test), List.of("sums/odd", "sums/easy"));

        assertThat(other.trust()).isEqualTo(Trust.SHIPPED);
        assertThat(other.answered()).isZero();
        assertThat(same.trust()).isEqualTo(Trust.OWN);
    }

    @Test
    void aTaskThatIsHeldOutIsNotLearnedFrom() {
        Source test = source("test", 1000, 40, SETTING);
        var training = new Training(List.of(source("train", 0, 240, SETTING)), SHIPPED, 1);

        Fitted fitted = training.fit(leftOut(test, "sums/hard"), known(test), tasks(test));

        assertThat(fitted.tasks()).containsExactly("sums/easy");
        assertThat(fitted.leftOut()).isEqualTo(120);
    }
}
