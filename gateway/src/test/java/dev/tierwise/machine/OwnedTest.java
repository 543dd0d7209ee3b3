package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.machine.Owned.Speed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of the user's own speeds, on a disk that may fail.
class OwnedTest {
    private static final Instant DAY = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir private Path folder;

    private Path file;
    private Owned owned;

    @BeforeEach
    void open() {
        file = folder.resolve("deep/speeds.jsonl");
        owned = new Owned(file);
    }

    @Test
    void speedsComeBack() {
        var speed = new Speed("qwen3:8b", "Q4_K_M", "Apple M5 Pro", 41.5, 1, DAY);

        assertThat(owned.record(speed)).isEmpty();

        assertThat(new Owned(file).all()).containsExactly(speed);
    }

    @Test
    void bestIsTheMedianOfTheLatestRunsOfTheLatestWeights() {
        owned.record(new Speed("m", "Q8_0", "box", 20, 1, DAY));
        for (int i = 1; i <= 12; i++) {
            owned.record(new Speed("m", "Q4_K_M", "box", i * 10, 1, DAY));
        }
        owned.record(new Speed("m", "Q4_K_M", "box", 900, 8, DAY));
        owned.record(new Speed("m", "Q4_K_M", "another box", 1, 1, DAY));
        owned.record(new Speed("other", "Q4_K_M", "box", 2, 1, DAY));

        Figure best = owned.best("m", "box").orElseThrow();

        assertThat(best)
                .isEqualTo(Figure.measured(80, "own requests, the last on 2026-11-30, runs: 9"));
    }

    @Test
    void nothingIsKnownOfWhatNeverRan() {
        assertThat(owned.best("m", "box")).isEmpty();
        assertThat(owned.all()).isEmpty();
    }

    @Test
    void tornLineIsPassedOverAndHarmsNoOther() throws IOException {
        owned.record(new Speed("a", "", "box", 1, 1, DAY));
        Files.writeString(file, "{\"model\":\"b\",\"tokens_per", StandardOpenOption.APPEND);

        owned.record(new Speed("c", "", "box", 3, 1, DAY));

        assertThat(owned.all()).extracting(Speed::model).containsExactly("a", "c");
    }

    @Test
    void rubbishIsPassedOver() throws IOException {
        owned.record(new Speed("a", "", "box", 1, 1, DAY));
        byte[] rubbish = {(byte) 0xff, 0, '\n', '{', '}', '\n', '3', '\n', '\n'};
        Files.write(file, rubbish, StandardOpenOption.APPEND);
        Files.writeString(
                file,
                "{\"model\":\"z\",\"tokens_per_second\":-4,\"concurrency\":1,\"when\":\""
                        + DAY
                        + "\"}\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);

        assertThat(owned.all()).extracting(Speed::model).containsExactly("a");
    }

    @Test
    void fileStaysBelowItsBoundAndKeepsTheNewest() throws IOException {
        var small = new Owned(file, 4096);

        for (int i = 1; i <= 500; i++) {
            assertThat(small.record(new Speed("m", "", "box", i, 1, DAY))).isEmpty();
        }

        assertThat(Files.size(file)).isLessThanOrEqualTo(4096);
        assertThat(small.all()).last().extracting(Speed::tokensPerSecond).isEqualTo(500.0);
        assertThat(small.all()).hasSizeGreaterThan(10);
    }

    @Test
    void threadsDoNotTearOneAnothersLines() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            var mine = new Owned(file);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int run = 1; run <= 20; run++) {
                                    mine.record(new Speed("m", "", "box", run, 1, DAY));
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(owned.all()).hasSize(160);
    }

    @Test
    void folderThatCannotBeIsAProblemNotAnException() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        var problem =
                new Owned(folder.resolve("file/speeds.jsonl"))
                        .record(new Speed("m", "", "box", 1, 1, DAY));

        assertThat(problem).get().asString().contains("cannot be written");
    }

    @Test
    void endlessNameIsRefused() {
        assertThat(owned.record(new Speed("m".repeat(3000), "", "box", 1, 1, DAY))).isPresent();
        assertThat(file).doesNotExist();
    }

    @Test
    void noSpeedIsNoMeasurement() {
        assertThatThrownBy(() -> new Speed("m", "", "box", Double.NaN, 1, DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
