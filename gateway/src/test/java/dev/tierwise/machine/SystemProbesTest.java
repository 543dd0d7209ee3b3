package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.machine.Probes.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs and files.
class SystemProbesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Probes probes = Probes.real();

    @TempDir private Path folder;

    @Test
    void programSaysSomethingAndEnds() {
        Reading reading = probes.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), LONG);

        assertThat(reading).isEqualTo(new Reading.Said(3, "out\nerr\n"));
    }

    @Test
    void programThatIsNotThereIsAbsent() {
        assertThat(probes.run(List.of("no-such-program-here"), LONG))
                .isEqualTo(new Reading.Absent());
    }

    @Test
    void programThatHangsIsStopped() {
        Duration shortly = Duration.ofMillis(50);

        Reading reading = probes.run(List.of("sh", "-c", "sleep 600; echo late"), shortly);

        assertThat(reading).isEqualTo(new Reading.Late(shortly));
    }

    @Test
    void programWithoutTimeIsNotWaitedFor() {
        assertThat(probes.run(List.of("sleep", "600"), Duration.ZERO))
                .isEqualTo(new Reading.Late(Duration.ZERO));
    }

    @Test
    void endlessOutputIsCut() {
        Reading reading = probes.run(List.of("sh", "-c", "yes | head -c 2000000"), LONG);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Said.class,
                        said -> assertThat(said.text()).hasSize(SystemProbes.BOUND));
    }

    @Test
    void childThatKeepsThePipeOpenIsNotWaitedFor() {
        Reading reading = probes.run(List.of("sh", "-c", "echo done; sleep 3 &"), LONG);

        assertThat(reading).isEqualTo(new Reading.Said(0, "done\n"));
    }

    @Test
    void filesAndFoldersThatAreNotThereAreEmpty() throws IOException {
        Files.writeString(folder.resolve("b"), "text");
        Files.writeString(folder.resolve("a"), "x".repeat(SystemProbes.BOUND + 5));

        assertThat(probes.list(folder.toString())).containsExactly("a", "b");
        assertThat(probes.read(folder.resolve("b").toString())).contains("text");
        assertThat(probes.read(folder.resolve("a").toString()))
                .get()
                .asString()
                .hasSize(SystemProbes.BOUND);
        assertThat(probes.read(folder.resolve("c").toString())).isEmpty();
        assertThat(probes.read("\u0000")).isEmpty();
        assertThat(probes.list(folder.resolve("c").toString())).isEmpty();
    }

    @Test
    void thisMachineCanBeReadAndMeasured() {
        Detection detection = Detection.of(probes, Detection.Effort.MEASURE);

        assertThat(detection.machine().devices()).isNotEmpty();
        assertThat(detection.raw().entries()).isNotEmpty();
    }
}
