package dev.tierwise.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.calibrate.Floor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperienceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Clock CLOCK = Clock.fixed(Traffic.NOON, ZoneOffset.UTC);

    @TempDir Path temporary;
    private Path folder;
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();

    @BeforeEach
    void name() {
        folder = temporary.resolve("router");
    }

    @Test
    void nothingIsChangedOfWhatNothingIsKnownOf() {
        try (Experience experience = open()) {
            double foretold = 1 / 3.0;

            assertThat(experience.corrected("any", "mail", Traffic.plain(), foretold))
                    .isEqualTo(foretold);
            assertThat(experience.judged("any", "mail", foretold)).isEqualTo(foretold);
            assertThat(experience.guarantee(.05, .95)).isInstanceOf(Floor.NotEnough.class);
        }
    }

    @Test
    void outcomesCorrectWhatIsForetoldAndWhatIsJudged() {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1.5), 600);

            double foretold = experience.corrected(Traffic.MODEL, "mail", Traffic.plain(), .5);
            double judged = experience.judged(Traffic.MODEL, "mail", .5);

            var near = Offset.offset(.08);
            assertThat(foretold).isCloseTo(Traffic.chance(-1.5), near);
            assertThat(judged).isCloseTo(Traffic.chance(-1.5), near);
            assertThat(experience.corrected("other", "mail", Traffic.plain(), .5)).isEqualTo(.5);
        }
    }

    @Test
    void whatWasLearnedIsThereAfterARestart() {
        double before;
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 700);
            before = foretold(experience);
        }

        try (Experience again = open()) {
            assertThat(foretold(again)).isEqualTo(before);
            assertThat(again.status().examples()).isEqualTo(700);
            assertThat(again.versions()).isNotEmpty().allMatch(Version::good);
        }
    }

    @Test
    void replayOfTheJournalGivesTheSameStateBitForBit() throws IOException {
        byte[] live;
        try (Experience experience = open()) {
            teach(experience, new Traffic(2, .7), 430);
            experience.record(new Traffic(2, .7).next().with(.25));
            experience.paired(Traffic.NOON, "p", new Floor.Row(.5, 1, 1));
            experience.flush(SOON);
            live = Shelf.bytes(Past.read(folder).knowledge());
        }

        byte[] kept = Shelf.bytes(new Shelf(folder).find(1).orElseThrow().knowledge());

        assertThat(kept).isEqualTo(live);
    }

    @Test
    void aRollbackRestoresBitForBitAndIsAVersionItself() throws IOException {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);
            double then = foretold(experience);
            teach(experience, new Traffic(2, 2), 600);
            assertThat(foretold(experience)).isNotEqualTo(then);

            Change change = experience.rollback(1);

            assertThat(change).isInstanceOf(Change.Done.class);
            Version made = ((Change.Done) change).version();
            assertThat(made.cause()).isEqualTo("rollback to 1");
            assertThat(foretold(experience)).isEqualTo(then);
            assertThat(state(made.number())).isEqualTo(state(1));
            assertThat(experience.status().examples()).isEqualTo(500);
        }
    }

    @Test
    void afterARollbackLearningGoesOnFromThere() throws IOException {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);
            teach(experience, new Traffic(2, 2), 600);
            experience.rollback(1);
            teach(experience, new Traffic(3, -1), 200);
        }
        var alone = new Knowledge();
        var first = new Traffic(1, -1);
        var then = new Traffic(3, -1);
        for (int i = 0; i < 700; i++) {
            alone.learn(i < 500 ? first.next() : then.next());
        }

        Knowledge kept = Past.read(folder).knowledge();

        assertThat(Shelf.bytes(kept)).isEqualTo(Shelf.bytes(alone));
    }

    @Test
    void aResetForgetsAllAndCanBeTakenBack() {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 300);
            double then = foretold(experience);

            experience.reset();

            assertThat(foretold(experience)).isEqualTo(.5);
            long before = experience.versions().getLast().number() - 1;
            experience.rollback(before);
            assertThat(foretold(experience)).isEqualTo(then);
        }
    }

    @Test
    void aVersionThatIsNotThereIsRefused() {
        try (Experience experience = open()) {
            Change change = experience.rollback(7);

            assertThat(change)
                    .isInstanceOfSatisfying(
                            Change.Refused.class,
                            no -> assertThat(no.message()).contains("7").contains("history"));
        }
    }

    @Test
    void aSecondRatingTakesThePlaceOfTheFirst() {
        Example example = new Traffic(1, 0).next();
        try (Experience experience = open()) {
            experience.record(example.with(1));
            experience.record(example.with(0));
            experience.flush(SOON);

            Status status = experience.status();

            assertThat(status.examples()).isEqualTo(1);
            assertThat(status.learned())
                    .allSatisfy(learned -> assertThat(learned.shift()).isNegative());
        }
    }

    @Test
    void aGuaranteeComesWithEnoughRowsAndSaysHowManyAreMissing() {
        try (Experience experience = open()) {
            var traffic = new Traffic(1, 0);
            pair(experience, traffic, 150, .002);
            Floor.Verdict early = experience.guarantee(.01, .95);
            assertThat(early)
                    .isInstanceOfSatisfying(
                            Floor.NotEnough.class,
                            no -> {
                                assertThat(no.rows()).isEqualTo(150);
                                assertThat(no.needed()).isGreaterThan(150);
                            });

            pair(experience, traffic, 1_500, .002);

            assertThat(experience.guarantee(.01, .95)).isInstanceOf(Floor.Held.class);
        }
    }

    @Test
    void rowsAreKeptUpToTheirBound() {
        try (Experience experience = open()) {
            pair(experience, new Traffic(1, 0), Knowledge.MOST_ROWS + 10, .01);

            assertThat(experience.status().rows()).hasSize(Knowledge.MOST_ROWS);
        }
    }

    @Test
    void driftRaisesAnAlarmAndTakesTheGuaranteeBack() {
        try (Experience experience = open()) {
            var traffic = new Traffic(1, 0);
            pair(experience, traffic, 1_000, .001);
            assertThat(experience.guarantee(.05, .95)).isInstanceOf(Floor.Held.class);

            for (int i = 0; i < 500; i++) {
                experience.answered(traffic.answered(traffic.uniform(), true));
            }
            for (int i = 0; i < 500; i++) {
                experience.answered(traffic.answered(.5 + traffic.uniform() / 2, true));
            }
            experience.flush(SOON);

            assertThat(alarms).hasSize(1);
            assertThat(alarms.getFirst().what()).isEqualTo("scores");
            assertThat(experience.guarantee(.05, .95)).isInstanceOf(Floor.NotEnough.class);
            assertThat(experience.status().alarms()).isEqualTo(alarms);
        }
        assertThat(Experience.look(folder).alarms()).isEqualTo(alarms);
    }

    @Test
    void aFallingRateOfAcceptedAnswersRaisesAnAlarm() {
        try (Experience experience = open()) {
            var traffic = new Traffic(1, 0);
            for (int i = 0; i < 500; i++) {
                experience.answered(traffic.answered(Double.NaN, traffic.uniform() < .8));
            }
            for (int i = 0; i < 600; i++) {
                experience.answered(traffic.answered(Double.NaN, traffic.uniform() < .4));
            }

            experience.flush(SOON);

            assertThat(alarms).isNotEmpty();
            assertThat(alarms.getFirst().what()).isEqualTo("rate");
        }
    }

    @Test
    void aRateThatCannotRiseRaisesNoAlarm() {
        try (Experience experience = open()) {
            var traffic = new Traffic(1, 0);
            for (int i = 0; i < 6_000; i++) {
                experience.answered(traffic.answered(Double.NaN, true));
            }

            experience.flush(SOON);

            assertThat(alarms).isEmpty();
        }
    }

    @Test
    void anAnswerIsRememberedForFeedback() {
        try (Experience experience = open()) {
            Answered answered = new Traffic(1, 0).answered(.3, true);

            experience.answered(answered);

            assertThat(experience.answer(answered.requestId()))
                    .hasValueSatisfying(found -> {
                        assertThat(found.model()).isEqualTo(Traffic.MODEL);
                        assertThat(found.key()).isEqualTo("me");
                        assertThat(found.foretold()).isEqualTo(.5);
                    });
            assertThat(experience.answer("another")).isEmpty();
        }
    }

    @Test
    void manyThreadsMayLearnAndAskAtOnce() throws InterruptedException {
        try (Experience experience = open()) {
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                var traffic = new Traffic(50 + t, .5);
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int i = 0; i < 250; i++) {
                                        experience.record(traffic.next());
                                        foretold(experience);
                                        var _ = experience.guarantee(.05, .95);
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }

            experience.flush(SOON);

            assertThat(experience.status().examples()).isEqualTo(1_000);
            assertThat(experience.status().dropped()).isZero();
        }
    }

    @Test
    void aSecondProcessUsesWhatWasLearnedAndTakesOverWhenTheFirstEnds() {
        Experience first = open();
        teach(first, new Traffic(1, -1), 500);
        try (Experience second = open()) {
            assertThat(second.trouble().orElse("")).contains("another process");
            assertThat(foretold(second)).isEqualTo(foretold(first));
            teach(second, new Traffic(2, 1), 10);
            assertThat(second.status().dropped()).isEqualTo(10);

            first.close();

            await(() -> second.trouble().isEmpty());
            teach(second, new Traffic(2, 1), 10);
            assertThat(second.status().examples()).isEqualTo(510);
        }
    }

    @Test
    void oneThatOnlyReadsLearnsNothingAndLeavesTheFolderFree() {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);
        }

        try (Experience reading = Experience.reading(folder, CLOCK);
                Experience experience = open()) {
            teach(reading, new Traffic(2, 1), 10);

            assertThat(foretold(reading)).isEqualTo(foretold(experience)).isNotEqualTo(.5);
            assertThat(experience.trouble()).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeUsedStopsLearningOnly() throws IOException {
        Files.writeString(folder, "a file");

        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 60);

            assertThat(experience.trouble())
                    .hasValueSatisfying(why ->
                            assertThat(why).contains("router").contains("nothing is learned"));
            assertThat(foretold(experience)).isEqualTo(.5);
        }
    }

    @Test
    void aWishIsFulfilledByTheProcessThatLearns() {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);

            Change change = new Wish(0).fulfil(folder);

            assertThat(change).isInstanceOf(Change.Done.class);
            assertThat(foretold(experience)).isEqualTo(.5);
            assertThat(new Wish(99).fulfil(folder)).isInstanceOf(Change.Refused.class);
        }
    }

    @Test
    void aWishIsFulfilledWhereNobodyLearns() {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);
        }

        Change change = new Wish(1).fulfil(folder);

        assertThat(change).isInstanceOf(Change.Done.class);
        assertThat(new Wish(1).fulfil(temporary.resolve("none")))
                .isInstanceOf(Change.Refused.class);
    }

    @Test
    void filesAreTheOwnersOnly() throws IOException {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, -1), 500);
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }

    private Experience open() {
        return Experience.open(folder, CLOCK, alarms::add);
    }

    private byte[] state(long version) throws IOException {
        return Shelf.bytes(new Shelf(folder).find(version).orElseThrow().knowledge());
    }

    private static double foretold(Experience experience) {
        return experience.corrected(Traffic.MODEL, "mail", Traffic.plain(), .5);
    }

    private static void teach(Experience experience, Traffic traffic, int outcomes) {
        for (int i = 0; i < outcomes; i++) {
            experience.record(traffic.next());
        }
        assertThat(experience.flush(SOON)).isTrue();
    }

    private static void pair(Experience experience, Traffic traffic, int rows, double worse) {
        for (int i = 0; i < rows; i++) {
            experience.paired(Traffic.NOON, "p" + i, traffic.row(worse));
        }
        assertThat(experience.flush(SOON)).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
