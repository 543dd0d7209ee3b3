package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.api.Ratings;
import dev.tierwise.core.Failure;
import dev.tierwise.experience.Answered;
import dev.tierwise.experience.Experience;
import dev.tierwise.ledger.Entries;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Opened;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.meter.Meter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackBoxTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path folder;
    private Experience experience;
    private Ledger ledger;

    @BeforeEach
    void open() {
        experience = Experience.inMemory(at(Entries.NOON));
        ledger = ((Opened.Ready) Ledger.open(file())).ledger();
    }

    @AfterEach
    void close() {
        experience.close();
        ledger.close();
    }

    @Test
    void whatWasForetoldIsLearnedFrom() {
        experience.answered(answered("r1"));

        Ratings.Taken taken = box(Entries.NOON).rate(up("r1"));

        assertThat(taken)
                .isInstanceOfSatisfying(
                        Ratings.Taken.Recorded.class,
                        it -> {
                            assertThat(it.model()).isEqualTo("small");
                            assertThat(it.learned()).isTrue();
                        });
        experience.flush(SOON);
        assertThat(experience.status().examples()).isEqualTo(1);
        assertThat(experience.status().learned())
                .allSatisfy(learned -> assertThat(learned.shift()).isPositive());
    }

    @Test
    void aRequestThatOnlyTheLedgerKnowsIsRecordedOnly() {
        ledger.record(Entries.usual("r1"));

        Ratings.Taken taken = box(Entries.NOON).rate(up("r1"));

        assertThat(taken)
                .isInstanceOfSatisfying(
                        Ratings.Taken.Recorded.class,
                        it -> {
                            assertThat(it.model()).isEqualTo("local-model");
                            assertThat(it.learned()).isFalse();
                            assertThat(it.why()).contains("no longer");
                        });
        experience.flush(SOON);
        assertThat(experience.status().examples()).isZero();
    }

    @Test
    void aRequestOfMoreThanAWeekAgoIsNotKnown() {
        ledger.record(Entries.usual("r1"));

        Ratings.Taken taken = box(Entries.NOON.plus(Duration.ofDays(8))).rate(up("r1"));

        assertThat(failure(taken)).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void aRequestWithoutAnAnswerCannotBeRated() {
        ledger.record(Entries.gone("r1", Outcome.FAILED));

        Ratings.Taken taken = box(Entries.NOON).rate(up("r1"));

        assertThat(failure(taken)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void anotherKeyMayNotRate() {
        experience.answered(answered("r1"));
        var rating = new Ratings.Rating("r1", "another", false, true, null, false);

        Ratings.Taken taken = box(Entries.NOON).rate(rating);

        assertThat(failure(taken)).isInstanceOf(Failure.Forbidden.class);
        experience.flush(SOON);
        assertThat(experience.status().examples()).isZero();
    }

    private FeedbackBox box(Instant now) {
        return new FeedbackBox(
                new FeedbackBox.Shelves(experience, ledger, file()),
                new Meter(),
                at(now),
                List::of);
    }

    private Path file() {
        return folder.resolve("ledger.db");
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Failure failure(Ratings.Taken taken) {
        assertThat(taken).isInstanceOf(Ratings.Taken.Refused.class);
        return ((Ratings.Taken.Refused) taken).failure();
    }

    private static Ratings.Rating up(String id) {
        return new Ratings.Rating(id, "anonymous", false, true, null, false);
    }

    private static Answered answered(String id) {
        return new Answered(
                id, Entries.NOON, "anonymous", "mail", "small", new double[3], .5, .6, .2, null);
    }
}
