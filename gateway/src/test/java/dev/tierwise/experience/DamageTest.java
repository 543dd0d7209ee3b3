package dev.tierwise.experience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Clock CLOCK = Clock.fixed(Traffic.NOON, ZoneOffset.UTC);

    @TempDir Path folder;

    @Test
    void aTornLastLineIsCutOffAndLearningGoesOn() throws IOException {
        teach(new Traffic(1, 1), 120);
        Path journal = journals().getFirst();
        Files.delete(version(1));
        Files.writeString(journal, "{\"number\":121,\"event\":\"exa", StandardOpenOption.APPEND);

        teach(new Traffic(2, 1), 5);

        assertThat(Experience.look(folder).examples()).isEqualTo(125);
        assertThat(Files.readAllLines(journal))
                .hasSize(125)
                .allSatisfy(line -> assertThat(JournalLine.read(line)).isPresent());
    }

    @Test
    void aJournalThatEndsAnywhereIsReadToItsLastWholeLine() throws IOException {
        teach(new Traffic(1, 1), 6);
        Files.delete(version(1));
        byte[] whole = Files.readAllBytes(journals().getFirst());
        for (int cut = 0; cut < whole.length; cut += 7) {
            byte[] part = Arrays.copyOf(whole, cut);
            Files.write(journals().getFirst(), part);

            long examples = Experience.look(folder).examples();

            long lines = new String(part, StandardCharsets.UTF_8).lines().count();
            assertThat(examples).isBetween(Math.max(0, lines - 1), lines);
        }
    }

    @Test
    void aDamagedVersionIsPassedOverForTheOneBeforeAndTheJournal() throws IOException {
        teach(new Traffic(1, 1), 500);
        teach(new Traffic(2, 1), 200);
        byte[] good = state();
        for (int at : new int[] {0, 40, 400, 4_000}) {
            byte[] bytes = Files.readAllBytes(version(2));
            bytes[at] ^= 1;
            Files.write(version(2), bytes);

            byte[] found = state();

            assertThat(found).isEqualTo(good);
            bytes[at] ^= 1;
            Files.write(version(2), bytes);
        }
        Files.write(version(2), new byte[0]);
        assertThat(Experience.look(folder).versions())
                .extracting(Version::good)
                .containsExactly(true, false);
    }

    @Test
    void aRollbackHoldsWhenItsVersionIsDamaged() throws IOException {
        teach(new Traffic(1, 1), 500);
        teach(new Traffic(2, -2), 300);
        new Wish(1).fulfil(folder);
        teach(new Traffic(3, 1), 20);
        byte[] good = state();
        long last = new Shelf(folder).last();
        for (long number = 2; number <= last; number++) {
            Files.write(version(number), new byte[] {1, 2, 3});
        }

        byte[] found = state();

        assertThat(found).isEqualTo(good);
    }

    @Test
    void linesThatCannotBeReadAreLeftOut() throws IOException {
        teach(new Traffic(1, 1), 3);
        Files.delete(version(1));
        Path journal = journals().getFirst();
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(1, "{\"number\":2,\"event\":\"example\",\"foretold\":7}");
        lines.add(2, "\0\0\0");
        Files.write(journal, lines);

        assertThat(Experience.look(folder).examples()).isEqualTo(2);
    }

    @Test
    void theJournalIsBounded() throws IOException {
        var bounds = new Journal.Bounds(2_000, 3);
        try (var journal = new Journal(folder, bounds)) {
            var traffic = new Traffic(1, 1);
            for (int i = 1; i <= 100; i++) {
                var event = new Event.Learn(traffic.next());
                journal.append(i, List.of(JournalLine.of(i, event)));
            }
        }

        assertThat(journals()).hasSize(3);
        var numbers = new ArrayList<Long>();
        Journal.read(folder, 0, line -> numbers.add(line.number()));
        assertThat(numbers).isSorted().endsWith(100L).hasSizeLessThan(60);
    }

    @Test
    void oldVersionsStayFurtherAndFurtherApart() throws IOException {
        var shelf = new Shelf(folder);
        var past = new Past(shelf);
        for (int number = 1; number <= 200; number++) {
            Instant at = Traffic.NOON.plus(Duration.ofHours(number));
            var version = new Version(number, at, "learned", number, true);

            shelf.keep(version, number, List.of(), past.knowledge());

            Files.setLastModifiedTime(version(number), FileTime.from(at));
        }

        List<Long> kept = shelf.versions().stream().map(Version::number).toList();
        assertThat(kept).hasSize(Shelf.MOST).contains(1L, 200L, 199L, 198L);
        assertThat(kept).filteredOn(number -> number < 100).hasSizeBetween(5, 15);
    }

    @Test
    void versionsAreBounded() throws IOException {
        try (Experience experience = open()) {
            for (int i = 0; i < Shelf.MOST + 5; i++) {
                experience.reset();
            }

            assertThat(experience.versions()).hasSize(Shelf.MOST);
            assertThat(experience.versions().getLast().number()).isEqualTo(Shelf.MOST + 5);
        }
    }

    @Test
    void aFolderThatVanishesStopsLearningUntilItIsBack() throws IOException {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, 1), 10);
            Path away = folder.resolveSibling("away");
            Files.move(folder, away);
            Files.writeString(folder, "in its place");
            experience.record(new Traffic(2, 1).next());
            Change refused = experience.rollback(1);
            assertThat(refused).isInstanceOf(Change.Refused.class);
            Files.delete(folder);
            Files.move(away, folder);

            teach(experience, new Traffic(3, 1), 10);

            assertThat(experience.trouble()).isEmpty();
            assertThat(experience.status().examples()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void aFolderThatWasDeletedIsMadeAnew() throws IOException {
        try (Experience experience = open()) {
            teach(experience, new Traffic(1, 1), 10);
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);

            teach(experience, new Traffic(2, 1), 10);

            assertThat(experience.trouble()).isEmpty();
        }
        assertThat(Experience.look(folder).examples()).isEqualTo(20);
    }

    @Test
    void aKilledProcessLosesNothingThatItSaidWasLearned() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Learner.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long told = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            while (told < 1_500) {
                told = Long.parseLong(out.readLine());
            }
        }

        process.destroyForcibly().waitFor();

        assertThat(Experience.look(folder).examples()).isGreaterThanOrEqualTo(told);
        try (Experience experience = open()) {
            assertThat(experience.trouble()).isEmpty();
            teach(experience, new Traffic(1, 1), 5);
        }
        assertThat(Experience.look(folder).examples()).isGreaterThanOrEqualTo(told + 5);
    }

    private byte[] state() throws IOException {
        return Shelf.bytes(Past.read(folder).knowledge());
    }

    private Path version(long number) {
        return folder.resolve("version-%09d.bin".formatted(number));
    }

    private List<Path> journals() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal"))
                    .sorted()
                    .toList();
        }
    }

    private Experience open() {
        return Experience.open(folder, CLOCK, _ -> {});
    }

    private void teach(Traffic traffic, int outcomes) {
        try (Experience experience = open()) {
            teach(experience, traffic, outcomes);
        }
    }

    private static void teach(Experience experience, Traffic traffic, int outcomes) {
        for (int i = 0; i < outcomes; i++) {
            experience.record(traffic.next());
        }
        assertThat(experience.flush(SOON)).isTrue();
    }
}
