package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retention, and keys that change.
class KeptTest {
    @TempDir Path folder;
    private Trails trail;

    @BeforeEach
    void name() {
        trail = new Trails(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5M", "P179D", "P0D", "P1M", "P-6Y"})
    void lessThanSixMonthsAreRefusedWithTheReason(String keep) {
        assertThatThrownBy(() -> new Retention(Period.parse(keep)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("26(6)")
                .hasMessageContaining("164.316(b)(2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P6M", "P6Y", "P184D", "P1Y"})
    void sixMonthsAndMoreAreTaken(String keep) {
        assertThat(new Retention(Period.parse(keep)).keep()).isEqualTo(Period.parse(keep));
    }

    @Test
    void sixYearsAreUsual() {
        assertThat(Retention.USUAL.keep()).isEqualTo(Period.ofYears(6));
    }

    @Test
    void oldSegmentsAreDroppedAndTheRestIsStillVerified() throws IOException {
        trail.write(150);
        int before = trail.segments().size();
        Retention.Result result = pruneAfter(Duration.ofDays(200));

        Verification.Intact intact = trail.intact();
        trail.write(3);

        assertThat(result).isInstanceOf(Retention.Result.Dropped.class);
        assertThat(before).isGreaterThan(3);
        assertThat(trail.segments().size()).isLessThan(before);
        assertThat(intact.chain().prunedThrough()).isPositive();
        assertThat(trail.lines().getLast()).contains("\"kind\":\"stop\"");
        assertThat(trail.lines()).anyMatch(line -> line.contains("\"kind\":\"pruned\""));
        assertThat(trail.bare().verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void droppingTwiceStillVerifies() {
        trail.write(100);
        pruneAfter(Duration.ofDays(200));
        trail.write(100);
        Retention.Result second = pruneAfter(Duration.ofDays(200));

        assertThat(second).isInstanceOf(Retention.Result.Dropped.class);
        trail.intact();
        trail.write(1);
        trail.intact();
    }

    @Test
    void youngSegmentsStay() {
        trail.write(150);

        Retention.Result result = pruneAfter(Duration.ofDays(100));

        assertThat(result).isInstanceOf(Retention.Result.Nothing.class);
        trail.intact();
    }

    @Test
    void tamperedSegmentsAreEvidenceAndStay() throws IOException {
        trail.write(150);
        Path first = trail.segments().getFirst();
        Files.writeString(first, Files.readString(first).replaceFirst("clinic-a", "clinic-b"));

        Retention.Result result = pruneAfter(Duration.ofDays(200));

        assertThat(result).isInstanceOf(Retention.Result.Failed.class);
        assertThat(result.toString()).contains("000001.jsonl:1");
        assertThat(first).exists();
    }

    @Test
    void withoutItsStatementAPrunedTrailIsBroken() throws IOException {
        trail.write(150);
        pruneAfter(Duration.ofDays(200));
        Files.delete(trail.file("pruned.jsonl"));

        assertThat(Trails.fault(trail.bare()).meaning()).isNotEmpty();
    }

    @Test
    void aForgedStatementIsFound() throws IOException {
        trail.write(150);
        List<Path> segments = trail.segments();
        String last = Trails.read(segments.getFirst()).getLast();
        byte[] bytes = Line.ascii(last);
        var line = new Line();
        assertThat(line.set(bytes, 0, bytes.length)).isTrue();
        var hash = new byte[Digest.BYTES];
        line.hash(new Digest(), hash);
        Statement forged =
                Statement.sign(
                        new Checkpoint.Position(line.sequence(), Digest.hex(hash)),
                        1,
                        Checkpoint.Position.START,
                        Moment.of(0),
                        SigningKey.make());
        Files.writeString(trail.file("pruned.jsonl"), forged.line() + "\n");
        Files.delete(segments.getFirst());

        Verification.Fault fault = Trails.fault(trail.bare());

        assertThat(fault.file()).isEqualTo("pruned.jsonl");
    }

    @Test
    void aKillBetweenStatementAndDeletionIsFinished() throws IOException {
        trail.write(150);
        Trails copy = trail.copy(folder.resolve("copy"));
        pruneAfter(Duration.ofDays(200));
        Path dropped = trail.file("000001.jsonl");
        Files.copy(copy.file("000001.jsonl"), dropped);

        Verification.Intact left = trail.intact();
        trail.write(1);

        assertThat(left.remarks()).anyMatch(remark -> remark.contains("was dropped"));
        assertThat(dropped).doesNotExist();
        trail.intact();
    }

    @Test
    void aNewKeyIsTiedToTheOldOne() throws IOException {
        trail.write(50);
        Path old = folder.resolve("old.pub");
        Files.copy(trail.file("key.pub"), old);
        String anchor = trail.bare().anchor();
        try (Trail open = trail.open()) {
            assertThat(open.rotate()).isInstanceOf(Trail.Rotation.Changed.class);
            Trails.append(open, 50);
        }
        trail.write(5);

        assertThat(Files.readString(trail.file("key.pub"))).isNotEqualTo(Files.readString(old));
        assertThat(trail.intact().chain().signatures().keys()).hasSize(2);
        assertThat(trail.bare().verify()).isInstanceOf(Verification.Intact.class);
        assertThat(new Verifier(trail.folder, old, null, List.of(anchor)).verify())
                .isInstanceOf(Verification.Intact.class);
    }

    @Test
    void aKeyThatTheOldOneHasNotVouchedForIsFound() throws IOException {
        trail.write(50);
        Path old = folder.resolve("old.pub");
        Files.copy(trail.file("key.pub"), old);
        var files = new KeyFiles(trail.folder);
        var foreign = SigningKey.make();
        files.keep(foreign);
        files.use(foreign);
        trail.write(5);

        Verification.Fault fault = Trails.fault(new Verifier(trail.folder, old, null, List.of()));

        assertThat(fault.meaning()).contains("nothing ties");
    }

    private Retention.Result pruneAfter(Duration time) {
        trail.now(trail.now().plus(time));
        try (Trail open = trail.open()) {
            return open.prune();
        }
    }
}
