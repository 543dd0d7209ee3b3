package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a kill or a loss of power leaves behind, and what only looks like it.
class RecoveryTest {
    @TempDir Path folder;
    private Trails trail;

    @BeforeEach
    void write() {
        trail = new Trails(folder);
        trail.write(60);
    }

    @Test
    void aTornLineIsCutOffAndTold() throws IOException {
        Path last = trail.segments().getLast();
        Files.writeString(last, "{\"seq\":62,\"prev\":\"", StandardOpenOption.APPEND);

        Verification before = trail.verifier().verify();
        trail.write(1);

        assertThat(((Verification.Intact) before).remarks())
                .singleElement()
                .asString()
                .contains("unfinished line");
        assertThat(trail.intact().chain().lines()).isEqualTo(64);
        assertThat(trail.lines())
                .filteredOn(line -> line.contains("\"kind\":\"recovered\""))
                .singleElement()
                .asString()
                .contains("\"bytes\":18")
                .contains(last.getFileName().toString());
    }

    @Test
    void everyPlaceOfAKillIsSurvived() throws IOException {
        Path last = trail.segments().getLast();
        byte[] whole = Files.readAllBytes(last);
        String checkpoint = Trails.read(trail.file("checkpoints.jsonl")).getLast();
        // The records of the last, unsigned stretch: as a kill before the checkpoint leaves them.
        List<String> checkpoints = Trails.read(trail.file("checkpoints.jsonl"));
        Trails.write(
                trail.file("checkpoints.jsonl"), checkpoints.subList(0, checkpoints.size() - 1));
        Checkpoint kept = Trails.checkpoint(checkpoints.get(checkpoints.size() - 2));
        Files.writeString(trail.witness, kept.line() + "\n");
        long covered = covered(last, kept);

        for (int cut = whole.length - 1; cut >= covered; cut -= 97) {
            Trails copy = trail.copy(folder.resolve("cut-" + cut));
            Files.write(
                    copy.file(last.getFileName().toString()), java.util.Arrays.copyOf(whole, cut));
            copy.write(3);

            assertThat(copy.verifier().verify())
                    .as("cut at %d", cut)
                    .isInstanceOf(Verification.Intact.class);
        }
        assertThat(checkpoint).isNotEmpty();
    }

    @Test
    void zerosOfALossOfPowerAreCutOff() throws IOException {
        Path last = trail.segments().getLast();
        Files.write(last, new byte[5_000], StandardOpenOption.APPEND);

        trail.write(1);

        assertThat(trail.intact().chain().lines()).isEqualTo(64);
    }

    @Test
    void aTornCheckpointIsCutOff() throws IOException {
        Files.writeString(trail.file("checkpoints.jsonl"), "{\"seq\":", StandardOpenOption.APPEND);

        trail.write(1);

        trail.intact();
    }

    @Test
    void linesCutOffBelowACheckpointAreNotTakenForAKill() throws IOException {
        Path last = trail.segments().getLast();
        List<String> lines = Trails.read(last);
        Trails.write(last, lines.subList(0, lines.size() - 1));

        assertThat(trail.refusal())
                .contains("was cut off")
                .contains("evidence")
                .contains("tw audit verify");
    }

    @Test
    void anEditedTailIsNotTakenForAKill() throws IOException {
        Path last = trail.segments().getLast();
        List<String> lines = Trails.read(last);
        lines.add(lines.getLast());
        Trails.write(last, lines);

        assertThat(trail.refusal()).contains("damaged").contains(last.getFileName().toString());
    }

    @Test
    void aTrailThatIsGoneIsNotBegunAnew() throws IOException {
        for (Path segment : trail.segments()) {
            Files.delete(segment);
        }
        Files.delete(trail.file("checkpoints.jsonl"));

        assertThat(trail.refusal()).contains("checkpoint copy vouches for record 61");
    }

    @Test
    void aLostKeyIsNotReplacedInSilence() throws IOException {
        Files.delete(trail.file("key"));

        assertThat(trail.refusal()).contains("key is missing").contains("backup");
    }

    @Test
    void aKeyThatIsNoneIsNamed() throws IOException {
        Files.writeString(trail.file("key"), "hello");

        assertThat(trail.refusal()).contains("cannot be used");
    }

    @Test
    void aFirstStartThatWasKilledIsFinished() throws IOException {
        Path other = folder.resolve("other");
        var fresh = new Trails(other);
        Private.folder(fresh.folder);
        var key = SigningKey.make();
        new KeyFiles(fresh.folder).keep(key);
        new KeyFiles(fresh.folder).use(key);
        Files.createFile(fresh.file("000001.jsonl"));

        fresh.write(2);

        assertThat(fresh.intact().chain().lines()).isEqualTo(3);
    }

    /// Where the last record that a checkpoint covers ends in its segment; 0 when it is in another.
    private static long covered(Path segment, Checkpoint checkpoint) throws IOException {
        long end = 0;
        for (String line : Trails.read(segment)) {
            long sequence = Long.parseLong(line.replaceFirst("^\\{\"seq\":(\\d+).*", "$1"));
            if (sequence > checkpoint.sequence()) {
                return end;
            }
            end += line.length() + 1L;
        }
        return end;
    }
}
