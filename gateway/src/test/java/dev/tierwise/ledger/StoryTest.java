package dev.tierwise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
    private static final String OUTLOOK = "{\"aim\":\"quality 0.80\",\"candidates\":[]}";

    @TempDir private Path folder;

    @Test
    void allThatIsWrittenAboutARequestIsTold() {
        Path file = folder.resolve("ledger.db");
        Entry judged = Entries.judged("one", Entries.verdict(1, Verdict.Action.CLIMB));
        Entry.Choice choice = judged.choice();
        var entry =
                new Entry(
                        judged.id(),
                        judged.at(),
                        judged.caller(),
                        new Entry.Choice(
                                choice.requestedModel(),
                                choice.tier(),
                                choice.model(),
                                choice.reason(),
                                OUTLOOK),
                        judged.bill(),
                        judged.course(),
                        judged.attempts(),
                        judged.verdicts());
        try (Ledger ledger = ((Opened.Ready) Ledger.open(file)).ledger()) {
            ledger.record(entry);
            ledger.record(entry);
            ledger.feedback(Entries.feedback("one", Feedback.Kind.SCORE, 0.25));
            ledger.flush(Duration.ofSeconds(20));
        }

        Ledger.Story story = Ledger.story(file, "one");

        assertThat(story)
                .isInstanceOfSatisfying(
                        Ledger.Story.Told.class,
                        told -> {
                            assertThat(told.outlook()).isEqualTo(OUTLOOK);
                            assertThat(told.request())
                                    .containsEntry("model", Objects.requireNonNull(choice.model()));
                            assertThat(told.attempts()).hasSameSizeAs(judged.attempts());
                            assertThat(told.verdicts())
                                    .singleElement()
                                    .satisfies(row ->
                                            assertThat(row).containsEntry("action", "climb"));
                            assertThat(told.feedback())
                                    .singleElement()
                                    .satisfies(
                                            row -> assertThat(row).containsEntry("score", "0.25"));
                        });
        assertThat(Ledger.story(file, "two")).isInstanceOf(Ledger.Story.None.class);
        assertThat(Ledger.story(folder.resolve("none.db"), "one"))
                .isInstanceOf(Ledger.Story.None.class);
    }
}
