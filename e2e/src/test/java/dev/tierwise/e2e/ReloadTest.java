package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The configuration changes while the gateway runs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReloadTest {
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final String TEXT = "a long answer ".repeat(10).strip();

    private final FakeUpstream first = FakeUpstream.start();
    private final FakeUpstream second = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final Chat chat;

    ReloadTest() {
        gateway = GatewayProcess.start(with(first));
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void stop() {
        try (first;
                second;
                gateway) {
            assertThat(gateway.ledger().integrity()).isEqualTo("ok");
        }
    }

    private static String with(FakeUpstream fake) {
        return Yaml.of("server: {heartbeat: off}\n")
                .upstream("plain", "vllm", fake.url(), Yaml.QUICK)
                .model("openai", "plain", "local")
                .text();
    }

    private boolean answeredBy(FakeUpstream fake) {
        fake.forget();
        return chat.ask(Chat.body("auto", false)).status() == 200 && !fake.received().isEmpty();
    }

    @Test
    void aNewFileHoldsForNewRequestsAndAStreamGoesOn() throws IOException {
        gateway.configure(with(first));
        assertThat(FakeUpstream.await(() -> answeredBy(first), NOTICED)).isTrue();
        first.script(Script.of(TEXT).withChunks(40).withChunkDelay(Duration.ofMillis(150)));
        try (Wire running = chat.begin(Chat.body("auto", true))) {
            Wire.Head head = running.head();
            assertThat(head.status()).isEqualTo(200);

            gateway.configure(with(second));

            assertThat(FakeUpstream.await(() -> answeredBy(second), NOTICED)).isTrue();
            assertThat(first.active()).as("the stream still runs").isEqualTo(1);
            Wire.Body body = running.body(head);
            assertThat(body.broken()).isFalse();
            assertThat(new Chat.Seen(200, head.headers(), body).streamedText()).isEqualTo(TEXT);
        } finally {
            first.script(Script.of(TEXT));
        }
    }

    @Test
    void aBrokenFileChangesNothingAndIsComplainedOf() {
        gateway.configure(with(second));
        assertThat(FakeUpstream.await(() -> answeredBy(second), NOTICED)).isTrue();

        gateway.configure(with(first).replace("tier: local", "teir: local"));

        boolean told =
                FakeUpstream.await(
                        () -> gateway.stderr().contains("the old one stays in force"), NOTICED);
        assertThat(told).as("%s", gateway.stderr()).isTrue();
        assertThat(gateway.stderr()).contains("did you mean `tier`?");
        assertThat(answeredBy(second)).isTrue();
        assertThat(chat.get("/readyz").status()).isEqualTo(200);
        gateway.configure(with(second));
    }

    @Test
    void theReportCountsWhatWasAnswered() {
        String task = Chat.newTask();
        Chat.Seen seen = chat.ask(Chat.body("tier:local", false), "x-tierwise-task", task);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(gateway.ledger().of(task)).hasSize(1);

        Home.Result report = gateway.report();

        assertThat(report.code()).isZero();
        JsonNode json = JsonMapper.shared().readTree(report.out());
        assertThat(json.path("requests").longValue()).isEqualTo(gateway.ledger().size());
    }

    @Test
    void theDryRunCallsNobody() {
        second.forget();
        first.forget();

        Chat.Seen seen = chat.post("/v1/route", Chat.body("auto", true));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().at("/decision/model").stringValue()).isEqualTo("openai");
        assertThat(first.received()).isEmpty();
        assertThat(second.received()).isEmpty();
    }
}
