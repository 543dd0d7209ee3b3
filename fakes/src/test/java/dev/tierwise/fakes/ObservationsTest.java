package dev.tierwise.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the fake says about its clients, and how the control endpoints switch it.
final class ObservationsTest {
    private static final String STREAM = Dialect.OPENAI.request(true);
    private FakeUpstream fake;

    @BeforeEach
    void start() {
        fake = FakeUpstream.start();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void bodiesAreKeptToTheByte() throws IOException {
        var body = Dialect.OPENAI.request(false).replace("hi", "Grüße \uD83D\uDE00");

        var answer = exchange("POST", "/v1/chat/completions?x=1", body);

        assertThat(answer.status()).isEqualTo(200);
        var received = fake.received().getFirst();
        assertThat(received.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(received.path()).isEqualTo("/v1/chat/completions?x=1");
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.toString()).doesNotContain("Gr");
        assertThat(soon(() -> fake.openConnections() == 0 && fake.active() == 0)).isTrue();
        assertThat(fake.abandoned()).isZero();
        assertThat(fake.bytesWritten()).isEqualTo(answer.body().length());
    }

    @Test
    void leavingBeforeTheHeadIsCountedAtOnce() throws IOException {
        fake.script(fake.script().withFirstByteDelay(Duration.ofMinutes(1)));

        leaveOnceActive();

        assertThat(soon(() -> fake.abandoned() == 1 && fake.active() == 0)).isTrue();
    }

    @Test
    void leavingDuringPrefillIsCountedAtOnce() throws IOException {
        fake.script(fake.script().withPrefillDelay(Duration.ofMinutes(1)));

        leaveOnceActive();

        assertThat(soon(() -> fake.abandoned() == 1 && fake.active() == 0)).isTrue();
    }

    @Test
    void aReaderThatStopsHoldsBackAHugeAnswer() throws IOException {
        long huge = 256L << 20;
        fake.settings(fake.settings().withHugeBytes(huge));
        fake.fault(Fault.HUGE);

        try (var client = RawClient.post(fake.port(), "/v1/chat/completions", STREAM)) {
            client.answerUntil("xxxx");
            assertThat(soon(() -> fake.bytesWritten() > 0)).isTrue();
        }

        assertThat(soon(() -> fake.abandoned() == 1 && fake.openConnections() == 0)).isTrue();
        assertThat(fake.bytesWritten()).isLessThan(huge / 4);
    }

    @Test
    void faultsHitSoManyChatsAndListingsOnlyOnRequest() throws IOException {
        fake.fault(Fault.SERVER_ERROR, 2);

        assertThat(exchange("GET", "/v1/models", "").status()).isEqualTo(200);
        assertThat(exchange("POST", "/v1/chat/completions", STREAM).status()).isEqualTo(500);
        assertThat(exchange("POST", "/api/chat", STREAM).status()).isEqualTo(500);
        assertThat(exchange("POST", "/v1/chat/completions", STREAM).status()).isEqualTo(200);
        fake.settings(fake.settings().withReach(FaultSettings.Reach.EVERYTHING));
        fake.fault(Fault.SERVER_ERROR);
        assertThat(exchange("GET", "/v1/models", "").status()).isEqualTo(500);
    }

    @Test
    void controlSwitchesFaultsAndTellsTheState() throws IOException {
        var set = exchange("POST", "/_fake/fault", "{\"fault\": \"429\", \"times\": 1}");
        var hit = exchange("POST", "/v1/chat/completions", STREAM);
        var state = exchange("GET", "/_fake/state", "");
        var wrong = exchange("POST", "/_fake/fault", "{\"fault\": \"plague\"}");

        assertThat(set.status()).isEqualTo(200);
        assertThat(hit.status()).isEqualTo(429);
        assertThat(state.body()).contains("\"fault\":\"none\"", "\"received\":1");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("cut-mid-stream");
    }

    @Test
    void aJudgeIsRightWhereTheAnswerHoldsWhatItIsTold() throws IOException {
        String question =
                """
                {"model": "m", "response_format": {"type": "json_object"},
                 "messages": [{"role": "user", "content":
                 "QUESTION xyz\\n42?\\nEND xyz\\n\\nANSWER xyz\\nIt is\\n%s.\\nEND xyz\\n\\nGood?"}]}
                """;
        exchange("POST", "/_fake/judge", "{\"right\": \"42\"}");

        var right = exchange("POST", "/v1/chat/completions", question.formatted("42"));
        var wrong = exchange("POST", "/api/chat", question.formatted("43"));
        var other = exchange("POST", "/v1/chat/completions", STREAM);
        exchange("POST", "/_fake/judge", "{}");
        var off = exchange("POST", "/v1/chat/completions", question.formatted("42"));

        assertThat(right.body()).contains("{\\\"good\\\":true}");
        assertThat(wrong.body()).doesNotContain("true}\"");
        assertThat(other.body()).doesNotContain("good\\\"");
        assertThat(off.body()).contains("{\\\"answer\\\":");
    }

    @Test
    void controlledRefusalEndsByItself() throws IOException {
        exchange("POST", "/_fake/fault", "{\"fault\": \"refuse\", \"forMillis\": 500}");

        assertThat(soon(() -> fake.armed().fault() == Fault.REFUSE)).isTrue();
        assertThat(soon(() -> fake.armed().fault() == Fault.NONE)).isTrue();
        fake.fault(Fault.NONE);
        assertThat(exchange("GET", "/v1/models", "").status()).isEqualTo(200);
    }

    private void leaveOnceActive() throws IOException {
        try (var _ = RawClient.post(fake.port(), "/v1/chat/completions", STREAM)) {
            assertThat(soon(() -> fake.active() == 1 && fake.received().size() == 1)).isTrue();
        }
    }

    private RawClient.Answer exchange(String method, String path, String body) throws IOException {
        try (var client = RawClient.send(fake.port(), method, path, body)) {
            return client.answer();
        }
    }

    private static boolean soon(BooleanSupplier condition) {
        return FakeUpstream.await(condition, Duration.ofSeconds(5));
    }
}
