package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.e2e.Expected.Case;
import dev.tierwise.e2e.Expected.End;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each fault, streamed and whole, in both dialects, with and without a second model: what the
/// client sees, what the ledger says, and that the upstream is left alone afterwards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultMatrixTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long HUGE_BYTES = 2 << 20;
    private static final String TEXT = "All of the answer, from its first to its last word.";

    /// Good requests after each bad one, so that the breaker, which opens at half, stays closed.
    private static final int GOOD_AFTER_BAD = 5;

    private final FakeUpstream sick = FakeUpstream.start();
    private final FakeUpstream well = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final Chat chat;
    private long asked;

    FaultMatrixTest() {
        sick.settings(
                FaultSettings.defaults()
                        .withGap(Duration.ofMillis(50))
                        .withRetryAfter(Duration.ofSeconds(1))
                        .withHugeBytes(HUGE_BYTES));
        well.script(Script.of(TEXT));
        String yaml =
                Yaml.of("server: {heartbeat: off}\n")
                        .upstream("sick-one", "vllm", sick.url(), Yaml.QUICK)
                        .upstream("sick-native", "ollama", sick.url(), Yaml.QUICK)
                        .upstream("well", "vllm", well.url(), Yaml.QUICK)
                        .model("openai", "sick-one", "local")
                        .model("openai-second", "well", "local")
                        .model("ollama", "sick-native", "mid")
                        .model("ollama-second", "well", "mid")
                        .text();
        gateway = GatewayProcess.start(yaml);
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void nothingIsCountedTwiceOrToldOn() {
        try (sick;
                well;
                gateway) {
            gateway.stop();
            assertThat(gateway.ledger().size()).isEqualTo(asked);
            assertThat(gateway.ledger().integrity()).isEqualTo("ok");
            Secrecy.assertNowhere(gateway, Chat.CANARY);
            Secrecy.assertNowhere(gateway, TEXT);
        }
    }

    static List<Case> cells() {
        return Case.all();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aFaultIsToldAndBookedAsItWas(Case cell) {
        Expected expected = Expected.of(cell);
        String task = Chat.newTask();
        arm(cell.fault());

        Chat.Seen seen = ask(Chat.body(cell.dialect(), cell.stream()), task);

        assertSeen(seen, cell, expected, cell.dialect());
        assertUpstreamIdle();
        var row = row(task, seen);
        assertThat(row.outcome())
                .isEqualTo(
                        switch (expected.end()) {
                            case WHOLE -> "answered";
                            case ERROR -> "failed";
                            case BROKEN -> "broken";
                        });
        assertThat(row.status()).isEqualTo(expected.status());
        assertThat(row.tries()).isEqualTo(tries(cell, expected));
        assertRecovery(cell);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aSecondModelAnswersWhereNoByteWasSent(Case cell) {
        Expected alone = Expected.of(cell);
        String task = Chat.newTask();
        arm(cell.fault());

        String tier = cell.dialect().equals("openai") ? "tier:local" : "tier:mid";
        Chat.Seen seen = ask(Chat.body(tier, cell.stream()), task);

        assertUpstreamIdle();
        var row = row(task, seen);
        var tries = new ArrayList<>(tries(cell, alone));
        if (alone.end() == End.ERROR) {
            String second = cell.dialect() + "-second";
            assertGood(seen, cell.stream(), second, false);
            tries.add(second + " 200 ok");
            assertThat(row.model()).isEqualTo(second);
            assertThat(row.outcome()).isEqualTo("answered");
            assertThat(row.status()).isEqualTo(200);
        } else {
            assertSeen(seen, cell, alone, cell.dialect());
            assertThat(row.status()).isEqualTo(alone.status());
        }
        assertThat(row.tries()).isEqualTo(tries);
        assertRecovery(cell);
    }

    /// With pauses between the chunks: what came well before a fault has reached the client.
    private void arm(Fault fault) {
        sick.script(Script.of(TEXT).withChunkDelay(Duration.ofMillis(20)));
        sick.fault(fault);
    }

    private Chat.Seen ask(String body, String task) {
        asked++;
        return chat.ask(body, "x-tierwise-task", task);
    }

    private static List<String> tries(Case cell, Expected expected) {
        return Collections.nCopies(
                expected.tries(), cell.dialect() + " " + expected.status() + " " + expected.code());
    }

    private LedgerRows.Row row(String task, Chat.Seen seen) {
        var rows = gateway.ledger().of(task);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().id()).isEqualTo(seen.header("x-tierwise-request-id"));
        return rows.getFirst();
    }

    private static void assertSeen(Chat.Seen seen, Case cell, Expected expected, String model) {
        switch (expected.end()) {
            case WHOLE -> assertGood(seen, cell.stream(), model, cell.fault() == Fault.HUGE);
            case ERROR -> {
                assertThat(seen.status()).isEqualTo(expected.status());
                assertThat(seen.broken()).isFalse();
                assertThat(seen.header("content-type")).isEqualTo("application/json");
                assertError(seen.json(), expected);
                assertThat(seen.header("retry-after"))
                        .isEqualTo(cell.fault() == Fault.TOO_MANY_WITH_RETRY_AFTER ? "1" : "");
            }
            case BROKEN -> {
                assertThat(seen.status()).isEqualTo(200);
                assertThat(seen.broken()).as("the end of the body").isTrue();
                assertThat(seen.events()).hasSizeGreaterThan(1).doesNotContain("[DONE]");
                assertError(JsonMapper.shared().readTree(seen.events().getLast()), expected);
            }
        }
    }

    private static void assertGood(Chat.Seen seen, boolean stream, String model, boolean huge) {
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.broken()).isFalse();
        assertThat(seen.header("x-tierwise-model")).isEqualTo(model);
        String text;
        if (stream) {
            assertThat(seen.header("content-type")).startsWith("text/event-stream");
            assertThat(seen.events().getLast()).isEqualTo("[DONE]");
            assertThat(seen.events().stream().filter("[DONE]"::equals)).hasSize(1);
            text = seen.streamedText();
        } else {
            var choice = seen.json().path("choices").path(0);
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("stop");
            text = choice.path("message").path("content").stringValue();
        }
        if (huge) {
            assertThat(text)
                    .hasSize((int) HUGE_BYTES)
                    .containsOnlyOnce("x".repeat((int) HUGE_BYTES));
        } else {
            assertThat(text).isEqualTo(TEXT);
        }
    }

    /// The error is of OpenAI's shape, its message names the upstream and gives nothing away.
    private static void assertError(JsonNode body, Expected expected) {
        JsonNode error = body.path("error");
        assertThat(error.isObject()).as("an error object: %s", body).isTrue();
        assertThat(error.path("type").stringValue()).isNotBlank();
        String message = error.path("message").stringValue();
        assertThat(message).doesNotContain(Chat.CANARY).doesNotContain("Exception");
        if (expected.code().equals("upstream_rejected")) {
            assertThat(message).isEqualTo("Invalid value.");
        } else {
            assertThat(error.path("code").stringValue()).isEqualTo(expected.code());
            assertThat(message).contains("Upstream `sick-").hasSizeGreaterThan(40);
        }
    }

    private void assertUpstreamIdle() {
        assertThat(FakeUpstream.await(() -> sick.active() + well.active() == 0, SOON))
                .as("no upstream works for a request that is over")
                .isTrue();
    }

    private void assertRecovery(Case cell) {
        sick.fault(Fault.NONE);
        sick.script(Script.of(TEXT));
        for (int i = 0; i < GOOD_AFTER_BAD; i++) {
            Chat.Seen seen = ask(Chat.body(cell.dialect(), cell.stream()), "recovery");
            assertGood(seen, cell.stream(), cell.dialect(), false);
        }
    }
}
