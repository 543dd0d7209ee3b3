package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {
    private static final long SEED = 20261123;

    @Test
    void anyRecordIsReadAsItWasWritten() {
        var random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            AuditRecord record = Records.random(random);

            assertThat(read(record)).as("record %d", i).contains(record);
        }
    }

    @Test
    void anyRecordIsOneLine() {
        var random = new Random(SEED + 1);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = RecordWriter.body(Records.random(random));

            assertThat(body).doesNotContain((byte) '\n').endsWith((byte) '}');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient Anna Berg, MRN 4711",
                "anna berg",
                "123-45-6789",
                "Anna",
                "anna@example.org",
                "line\nend",
                "",
            })
    void textThatAClientMayChooseIsNotKept(String text) {
        var origin = new AuditRecord.Origin(Instant.EPOCH, "id", "tenant", "key", "/v1", text);

        assertThat(origin.purpose()).isEqualTo("other");
    }

    @Test
    void wordsOfAPurposeAreKept() {
        var origin =
                new AuditRecord.Origin(
                        Instant.EPOCH, "id", "tenant", "key", "/v1", "ticket-triage");

        assertThat(origin.purpose()).isEqualTo("ticket-triage");
    }

    @Test
    void namesWithBlanksAreNotKept() {
        var permitted =
                new AuditRecord.Permitted(
                        "my name is Anna",
                        DataClass.PHI,
                        new AuditRecord.Permit("not a hash", Records.US),
                        "a model, so to say",
                        "<policy>");

        assertThat(permitted.requestId()).isEqualTo("unfit");
        assertThat(permitted.permit().hash()).isEqualTo("unfit");
        assertThat(permitted.model()).isEqualTo("unfit");
        assertThat(permitted.policy()).isEqualTo("unfit");
    }

    @Test
    void aReasonHoldsNoControlCharacters() {
        var override =
                new AuditRecord.Intervention(
                        "local-only", true, "Bo\u001b[31m", "first\nsecond\u2028é");

        assertThat(override.who()).isEqualTo("Bo [31m");
        assertThat(override.reason()).isEqualTo("first second é");
    }

    @Test
    void aLineOfALaterVersionIsNotGuessedAt() {
        byte[] line = "{\"kind\":\"hologram\"}".getBytes(StandardCharsets.UTF_8);
        byte[] half = "{\"kind\":\"request\",\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(RecordReader.read(line, 0, line.length)).isEmpty();
        assertThat(RecordReader.read(half, 0, half.length)).isEmpty();
    }

    @Test
    void momentsAreWrittenAsTheyAre() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            long millis = random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L);

            assertThat(Instant.parse(Moment.of(millis)).toEpochMilli()).isEqualTo(millis);
        }
    }

    private static Optional<AuditRecord> read(AuditRecord record) {
        byte[] body = RecordWriter.body(record);
        body[0] = '{'; // the comma after what the chain writes before it
        return RecordReader.read(body, 0, body.length);
    }
}
