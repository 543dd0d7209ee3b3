package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a trail of 150 records in four segments is found, by someone who has the
/// folder alone where nothing else is said.
class TamperTest {
    private static final long SEED = 20261123;
    private static final int ROUNDS = 400;

    @TempDir Path folder;
    private Trails trail;
    private final Random random = new Random(SEED);

    @BeforeEach
    void write() {
        trail = new Trails(folder);
        trail.write(150);
    }

    @Test
    void anUntouchedTrailIsIntact() {
        Verification.Intact intact = trail.intact();

        assertThat(intact.chain().lines()).isEqualTo(151);
        assertThat(intact.chain().segments()).isGreaterThan(2);
        assertThat(intact.chain().signatures().covered()).isEqualTo(151);
        assertThat(intact.chain().signatures().checkpoints()).isGreaterThan(3);
        assertThat(intact.remarks()).isEmpty();
        assertThat(trail.bare().verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void anyByteEditIsFound() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Path file = anyFile();
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] = (byte) (bad[at] ^ (1 + random.nextInt(255)));
            Files.write(file, bad);

            assertBroken("byte %d of %s", at, file.getFileName());
            Files.write(file, good);
        }
        assertThat(trail.bare().verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void anEditIsReportedAtItsLine() throws IOException {
        for (int round = 0; round < ROUNDS / 4; round++) {
            Path file = trail.segments().get(random.nextInt(trail.segments().size()));
            List<String> good = Trails.read(file);
            List<String> bad = Trails.read(file);
            int at = random.nextInt(bad.size());
            bad.set(at, bad.get(at).replaceFirst("\"time\":\"2026", "\"time\":\"2025"));
            Trails.write(file, bad);

            Verification.Fault fault = Trails.fault(trail.bare());

            assertThat(fault.place()).isEqualTo(file.getFileName() + ":" + (at + 1));
            Trails.write(file, good);
        }
    }

    @Test
    void anyLineDeletedIsFound() throws IOException {
        meddle((lines, at) -> lines.remove(at));
    }

    @Test
    void anyLineRepeatedIsFound() throws IOException {
        meddle((lines, at) -> lines.add(at, lines.get(at)));
    }

    @Test
    void anyTwoLinesSwappedAreFound() throws IOException {
        meddle((lines, at) -> Collections.swap(lines, at, at == 0 ? lines.size() - 1 : at - 1));
    }

    @Test
    void aTailCutOffIsFound() throws IOException {
        meddle((lines, at) -> lines.subList(at, lines.size()).clear());
    }

    @Test
    void aLinePutInIsFound() throws IOException {
        meddle((lines, at) -> lines.add(at, "{\"seq\":" + (at + 1) + "}"));
    }

    @Test
    void aWholeSegmentRemovedIsFound() throws IOException {
        for (Path segment : trail.segments()) {
            byte[] good = Files.readAllBytes(segment);
            Files.delete(segment);

            assertBroken("%s", segment);
            Files.write(segment, good);
        }
    }

    @Test
    void aRewrittenChainIsFound() throws IOException {
        Path last = trail.segments().getLast();
        List<String> lines = Trails.read(last);
        var rewritten = new Rewrite(lines).from(0, line -> line.replace("clinic-a", "clinic-b"));
        Trails.write(last, rewritten);

        Verification.Fault fault = Trails.fault(trail.bare());

        assertThat(fault.meaning()).contains("signed");
    }

    @Test
    void aCheckpointRemovedIsFound() throws IOException {
        Path file = trail.file("checkpoints.jsonl");
        List<String> good = Trails.read(file);
        for (int at = 0; at < good.size(); at++) {
            List<String> bad = Trails.read(file);
            bad.remove(at);
            Trails.write(file, bad);

            assertBroken("checkpoint %d", at);
            Trails.write(file, good);
        }
        Files.delete(file);
        assertThat(Trails.fault(trail.bare()).meaning()).isNotEmpty();
    }

    @Test
    void aForgedCheckpointIsFoundAtItsLine() throws IOException {
        Path file = trail.file("checkpoints.jsonl");
        List<String> lines = Trails.read(file);
        Checkpoint before = Trails.checkpoint(lines.get(lines.size() - 2));
        Checkpoint last = Trails.checkpoint(lines.getLast());
        var position = new Checkpoint.Position(last.sequence(), last.hash());
        lines.set(lines.size() - 1, Checkpoint.sign(position, before, 0, SigningKey.make()).line());
        Trails.write(file, lines);

        Verification.Fault fault = Trails.fault(trail.bare());

        assertThat(fault.place()).isEqualTo("checkpoints.jsonl:" + lines.size());
        assertThat(fault.meaning()).contains("does not belong to this trail");
    }

    @Test
    void aTrailSignedAnewWithAnotherKeyIsFound() throws IOException {
        Path other = folder.resolve("other");
        new Trails(other).write(150);
        Trails forged = new Trails(other);

        Verification byKey =
                new Verifier(forged.folder, trail.file("key.pub"), null, List.of()).verify();
        Verification byWitness =
                new Verifier(forged.folder, null, trail.witness, List.of()).verify();

        assertThat(byKey).isInstanceOf(Verification.Broken.class);
        assertThat(byWitness).isInstanceOf(Verification.Broken.class);
    }

    @Test
    void aPublicKeyPutInThePlaceOfTheRealOneIsFound() throws IOException {
        var foreign = SigningKey.make();
        Files.writeString(trail.file("key.pub"), SigningKey.openText(foreign.open()));

        assertThat(Trails.fault(trail.bare()).meaning()).isNotEmpty();
        assertThat(trail.verifier().verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void cuttingTrailAndCheckpointsAlikeIsFoundByTheWitnessAndByAnAnchor() throws IOException {
        String anchor = trail.bare().anchor();
        assertThat(anchor).isNotNull();
        truncateEverywhere();

        Verification alone = trail.bare().verify();
        Verification witnessed = trail.verifier().verify();
        Verification anchored = new Verifier(trail.folder, null, null, List.of(anchor)).verify();

        assertThat(alone).isInstanceOf(Verification.Intact.class);
        assertThat(witnessed).isInstanceOf(Verification.Broken.class);
        assertThat(anchored).isInstanceOf(Verification.Broken.class);
        assertThat(trail.refusal()).contains("checkpoint copy").contains("evidence");
    }

    @Test
    void aMissingWitnessIsTold() throws IOException {
        Files.delete(trail.witness);

        assertThat(trail.intact().remarks()).singleElement().asString().contains("copy");
    }

    @Test
    void anAnchorOfAnEarlierTimeStillHolds() throws IOException {
        String anchor = trail.bare().anchor();
        trail.write(60);

        Verification verification =
                new Verifier(trail.folder, null, null, List.of(anchor)).verify();

        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void anAnchorThatIsNoneIsRefused() {
        Verification verification =
                new Verifier(trail.folder, null, null, List.of("hello")).verify();

        assertThat(verification).isInstanceOf(Verification.Unreadable.class);
    }

    @Test
    void aCopyElsewhereIsCheckedWithThePublicKeyAlone() throws IOException {
        Trails copy = trail.copy(folder.resolve("copy"));
        Files.delete(copy.file("key"));
        Files.delete(copy.file("key.pub"));

        Verification verification =
                new Verifier(copy.folder, trail.file("key.pub"), null, List.of()).verify();

        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }

    /// Removes the last lines of the trail together with the checkpoints that cover them.
    private void truncateEverywhere() throws IOException {
        Path checkpoints = trail.file("checkpoints.jsonl");
        List<String> lines = Trails.read(checkpoints);
        Checkpoint kept = Trails.checkpoint(lines.get(2));
        Trails.write(checkpoints, lines.subList(0, 3));
        long left = kept.sequence();
        for (Path segment : trail.segments()) {
            List<String> records = Trails.read(segment);
            if (left <= 0) {
                Files.delete(segment);
            } else {
                Trails.write(segment, records.subList(0, (int) Math.min(left, records.size())));
            }
            left -= records.size();
        }
    }

    private void assertBroken(String where, Object... arguments) {
        assertThat(trail.bare().verify())
                .as(where, arguments)
                .isInstanceOf(Verification.Broken.class);
    }

    private interface Meddling {
        void at(List<String> lines, int index);
    }

    /// Does the same to each line of each segment in turn.
    private void meddle(Meddling meddling) throws IOException {
        for (Path segment : trail.segments()) {
            List<String> good = Trails.read(segment);
            for (int at = 0; at < good.size(); at++) {
                List<String> bad = new ArrayList<>(good);
                meddling.at(bad, at);
                Trails.write(segment, bad);

                assertBroken("%s:%d", segment, at + 1);
            }
            Trails.write(segment, good);
        }
    }

    private Path anyFile() {
        List<Path> segments = trail.segments();
        int at = random.nextInt(segments.size() + 1);
        return at == segments.size() ? trail.file("checkpoints.jsonl") : segments.get(at);
    }

    /// Chains lines anew, as somebody would who wants to hide a change.
    private record Rewrite(List<String> lines) {
        List<String> from(int first, UnaryOperator<String> change) {
            var digest = new Digest();
            var line = new Line();
            var hash = new byte[Digest.BYTES];
            for (int i = first; i < lines.size(); i++) {
                String changed = change.apply(lines.get(i));
                if (i > first) {
                    changed =
                            changed.replaceFirst(
                                    "\"prev\":\"[0-9a-f]{64}", "\"prev\":\"" + Digest.hex(hash));
                }
                lines.set(i, changed);
                byte[] bytes = Line.ascii(changed);
                assertThat(line.set(bytes, 0, bytes.length)).isTrue();
                line.hash(digest, hash);
            }
            return lines;
        }
    }
}
