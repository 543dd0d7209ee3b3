package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressProofTest {
    private static final Period DAY = period("2026-11-23", "2026-11-23");
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir Path folder;
    private Trails trail;

    @BeforeEach
    void name() {
        trail = new Trails(folder);
        trail.now(Records.NOON.minus(Duration.ofDays(1)));
        write(Records.start(true));
        trail.now(Records.NOON);
    }

    @Test
    void localRequestsProveThatNothingLeft() {
        write(Records.start(true), Records.usual("a"), Records.blocked("b"));

        EgressProof proof = ask(DataClass.PHI, null);

        assertThat(proof.proven()).isTrue();
        assertThat(proof.signed()).isTrue();
        assertThat(proof.evidence().counts().requests()).isEqualTo(2);
        assertThat(proof.evidence().counts().localPermits()).isEqualTo(1);
        assertThat(proof.statement())
                .contains("\"proven\":true")
                .contains("does not by itself make anyone compliant");
    }

    @Test
    void theStatementIsSignedWithTheTrailsKey() throws IOException {
        write(Records.usual("a"));

        EgressProof proof = ask(DataClass.PHI, null);

        var key = Objects.requireNonNull(PublicKeys.read(trail.file("key.pub")));
        Seal seal = Objects.requireNonNull(Seal.read(proof.statement()));
        Seal forged =
                Objects.requireNonNull(
                        Seal.read(
                                proof.statement().replace("\"proven\":true", "\"proven\":false")));
        assertThat(seal.holds(Seal.NO_EGRESS, key)).isTrue();
        assertThat(seal.holds(Seal.CHECKPOINT, key)).isFalse();
        assertThat(forged.holds(Seal.NO_EGRESS, key)).isFalse();
    }

    @Test
    void aPermitForAZoneElsewhereBreaksIt() {
        write(Records.start(true), Records.to("a", DataClass.PHI, Records.US));

        EgressProof proof = ask(DataClass.PHI, null);

        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence().breaks())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.place()).matches("\\d{6}\\.jsonl:\\d+");
                    assertThat(found.what()).contains("us-baa").contains("US");
                });
    }

    @Test
    void aHigherClassCountsAndALowerDoesNot() {
        write(
                Records.to("a", DataClass.PERSONAL, Records.US),
                Records.to("b", DataClass.SECRET, Records.US));

        assertThat(ask(DataClass.PHI, null).evidence().counts().breaks()).isEqualTo(1);
        assertThat(ask(DataClass.PERSONAL, null).evidence().counts().breaks()).isEqualTo(2);
    }

    @Test
    void anotherJurisdictionDoesNotBreakItButAnUnknownOneDoes() {
        write(Records.to("a", DataClass.PHI, Records.EU));
        boolean inTheEu = ask(DataClass.PHI, "US").proven();
        write(Records.to("b", DataClass.PHI, new AuditRecord.Place("somewhere", false, null)));

        EgressProof proof = ask(DataClass.PHI, "us");

        assertThat(inTheEu).isTrue();
        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence().breaks().getFirst().what()).contains("place unknown");
    }

    @Test
    void aPermitWithoutItsRequestBreaksIt() {
        write(
                Records.start(true),
                new AuditRecord.Permitted(
                        "a",
                        DataClass.PHI,
                        new AuditRecord.Permit("00ff", Records.US),
                        "m",
                        "policy-1"));

        assertThat(ask(DataClass.PHI, null).proven()).isFalse();
    }

    @Test
    void aViolationThatWasNotStoppedBreaksIt() {
        write(new AuditRecord.Violation("permit-mismatch", "a", null, Records.US, true));
        boolean stopped = ask(DataClass.PHI, null).proven();
        write(new AuditRecord.Violation("permit-mismatch", "a", null, Records.US, false));

        assertThat(stopped).isTrue();
        assertThat(ask(DataClass.PHI, null).proven()).isFalse();
    }

    @Test
    void recordsThatFoundNoRoomBreakIt() {
        write(new AuditRecord.Gap(3, Records.NOON));

        assertThat(ask(DataClass.PHI, null).evidence().breaks().getFirst().what())
                .contains("3 records");
    }

    @Test
    void aBrokenChainProvesNothing() throws IOException {
        write(Records.usual("a"));
        Path segment = trail.segments().getLast();
        Files.writeString(segment, Files.readString(segment).replace("clinic-a", "clinic-b"));

        EgressProof proof = ask(DataClass.PHI, null);

        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence().breaks().getFirst().what()).contains("chain is broken");
    }

    @Test
    void aTimeBeforeTheTrailBeganIsNotProven() {
        write(Records.usual("a"));

        EgressProof proof = ask(DataClass.PHI, null, period("2026-07-01", "2026-11-23"));

        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence().breaks().getFirst().what()).contains("trail begins at");
    }

    @Test
    void aKillBreaksItUnlessPermitsAreRecordedFirst() throws IOException {
        write(Records.start(true), Records.usual("a"));
        kill();
        write(Records.start(false), Records.usual("b"));
        boolean permitsFirst = ask(DataClass.PHI, null).proven();
        kill();
        write(Records.start(true), Records.usual("c"));

        EgressProof proof = ask(DataClass.PHI, null);

        assertThat(permitsFirst).isTrue();
        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence().breaks().getFirst().what()).contains("was killed");
    }

    @Test
    void aClockThatWasSetBackBreaksIt() {
        trail.now(Records.NOON.plus(Duration.ofHours(3)));
        write(Records.usual("a"));
        trail.now(Records.NOON);
        write(Records.usual("b"));

        assertThat(ask(DataClass.PHI, null).evidence().breaks().getFirst().what())
                .contains("clock was set back");
    }

    @Test
    void otherDaysDoNotCount() {
        trail.now(Records.NOON.plus(Duration.ofDays(2)));
        write(
                new AuditRecord.Permitted(
                        "a",
                        DataClass.PHI,
                        new AuditRecord.Permit("00ff", Records.US),
                        "m",
                        "policy-1"));

        assertThat(ask(DataClass.PHI, null).proven()).isTrue();
    }

    @Test
    void aCopyWithoutTheKeyIsAnsweredUnsigned() throws IOException {
        write(Records.usual("a"));
        Trails copy = trail.copy(folder.resolve("copy"));
        Files.delete(copy.file("key"));

        var made =
                EgressProof.of(
                        copy.verifier(), new EgressProof.Question(DataClass.PHI, DAY, null, LATER));

        EgressProof proof = ((EgressProof.Made.Done) made).proof();
        assertThat(proof.proven()).isTrue();
        assertThat(proof.signed()).isFalse();
    }

    @Test
    void aMissingTrailIsNotAProof() {
        var verifier = new Verifier(folder.resolve("nothing"), null, null, List.of());

        var made =
                EgressProof.of(verifier, new EgressProof.Question(DataClass.PHI, DAY, null, LATER));

        assertThat(made).isInstanceOf(EgressProof.Made.Missing.class);
    }

    private void write(AuditRecord... records) {
        try (Trail open = trail.open()) {
            for (AuditRecord record : records) {
                Trails.durable(open, record);
            }
        }
    }

    /// Takes off the record of the end, as if the gateway had been killed before it.
    private void kill() throws IOException {
        Path segment = trail.segments().getLast();
        List<String> lines = Trails.read(segment);
        Trails.write(segment, lines.subList(0, lines.size() - 1));
        Path checkpoints = trail.file("checkpoints.jsonl");
        List<String> signed = Trails.read(checkpoints);
        Trails.write(checkpoints, signed.subList(0, signed.size() - 1));
        Files.writeString(trail.witness, signed.get(signed.size() - 2) + "\n");
    }

    @Test
    void aStatementIsKnownForGenuineAndAnyEditOfItIsFound() {
        write(Records.usual("a"));
        String statement = ask(DataClass.PHI, null).statement();

        assertThat(trail.verifier().doubt(statement)).isEmpty();
        assertThat(trail.verifier().doubt(statement + "\n")).isEmpty();
        for (int at = 0; at < statement.length(); at++) {
            var edited = new StringBuilder(statement);
            edited.setCharAt(at, (char) (edited.charAt(at) ^ 1));

            assertThat(trail.verifier().doubt(edited.toString())).as("at %d", at).isPresent();
        }
    }

    @Test
    void aStatementFromBeforeAChangeOfKeysIsStillGenuine() {
        write(Records.usual("a"));
        String before = ask(DataClass.PHI, null).statement();
        try (Trail open = trail.open()) {
            assertThat(open.rotate()).isInstanceOf(Trail.Rotation.Changed.class);
        }
        String after = ask(DataClass.PHI, null).statement();

        assertThat(trail.verifier().doubt(before)).isEmpty();
        assertThat(trail.verifier().doubt(after)).isEmpty();
    }

    @Test
    void aStatementOfAnotherTrailIsNotGenuineHere() {
        var other = new Trails(folder.resolve("other"));
        other.write(3);
        var question = new EgressProof.Question(DataClass.PHI, DAY, null, LATER);
        var foreign = ((EgressProof.Made.Done) EgressProof.of(other.verifier(), question)).proof();

        assertThat(trail.verifier().doubt(foreign.statement())).isPresent();
    }

    private EgressProof ask(DataClass dataClass, @Nullable String jurisdiction) {
        return ask(dataClass, jurisdiction, DAY);
    }

    private EgressProof ask(DataClass dataClass, @Nullable String jurisdiction, Period period) {
        var question = new EgressProof.Question(dataClass, period, jurisdiction, LATER);
        return ((EgressProof.Made.Done) EgressProof.of(trail.verifier(), question)).proof();
    }

    private static Period period(String from, String to) {
        return Period.parse(from, to).orElseThrow();
    }
}
