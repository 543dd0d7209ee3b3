package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Answers that are judged, accepted, thrown away: what the client sees, what upstreams are asked,
/// and what the ledger says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CascadeTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);

    /// In every prompt; looks like no identifier, which would keep the prompt from the larger ones.
    private static final String FLOWER = "marigoldish";

    private static final String TICKET =
            "Classify this ticket as one of: billing, bug, other. " + FLOWER;
    private static final String SUM =
            "A farmer has 16 eggs, eats 3 and sells the rest for 2 dollars each. How many dollars does"
                    + " she make? "
                    + FLOWER;
    private static final String TALK = "What could I cook tonight? " + FLOWER;
    private static final String THROWN = "Sorry, but I cannot help with that.";

    /// Billionths of a dollar for a token read and written.
    private static final long[] MID = {1_000, 4_000};

    private static final long[] FRONTIER = {5_000, 25_000};

    private final FakeUpstream small = FakeUpstream.start();
    private final FakeUpstream second = FakeUpstream.start();
    private final FakeUpstream mid = FakeUpstream.start();
    private final FakeUpstream big = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final Chat chat;

    CascadeTest() {
        String limits = "timeouts: {connect: 2s, first-byte: 30s, idle: 30s}, retries: 0";
        gateway =
                GatewayProcess.start(
                        Yaml.of("server: {heartbeat: 200ms}\n")
                                .upstream("small-box", "vllm", small.url(), limits)
                                .upstream("second-box", "vllm", second.url(), limits)
                                .upstream("mid-box", "vllm", mid.url(), limits + ", zone: cloud")
                                .upstream("big-box", "vllm", big.url(), limits + ", zone: cloud")
                                .named("small", "small-box", "llama3.2:3b", "local", "price: free")
                                .named("second", "second-box", "qwen2.5:3b", "local", "price: free")
                                .named(
                                        "mid",
                                        "mid-box",
                                        "mid",
                                        "mid",
                                        "price: {input: 1, output: 4}")
                                .named(
                                        "big",
                                        "big-box",
                                        "big",
                                        "frontier",
                                        "price: {input: 5, output: 25}")
                                .text());
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void stop() {
        try (small;
                second;
                mid;
                big;
                gateway) {
            Secrecy.assertNowhere(gateway, FLOWER);
            Secrecy.assertNowhere(gateway, THROWN);
        }
    }

    @BeforeEach
    void wellAgain() {
        for (FakeUpstream fake : List.of(small, second, mid, big)) {
            fake.fault(Fault.NONE);
            fake.settings(FaultSettings.defaults());
            fake.script(Script.of("billing"));
            fake.forget();
        }
    }

    private static String body(String prompt, boolean stream) {
        return """
        {"model": "auto", "stream": %s, "messages": [{"role": "user", "content": "%s"}]}\
        """
                .formatted(stream, prompt);
    }

    private Chat.Seen ask(String prompt, boolean stream, String task) {
        return chat.ask(body(prompt, stream), "x-tierwise-task", task);
    }

    private static String text(Chat.Seen seen) {
        return seen.json().at("/choices/0/message/content").asString("");
    }

    @Test
    void sharesCostsAndVerdictsAreThoseReckonedByHand() {
        String task = Chat.newTask();
        for (int i = 0; i < 10; i++) {
            small.script(Script.of(i < 7 ? "billing" : " "));
            mid.script(Script.of(i < 9 ? "bug" : " "));
            big.script(Script.of("other"));
            ask(TICKET, false, task);
        }

        List<LedgerRows.Row> rows = gateway.ledger().of(task, 10);

        assertThat(rows).extracting(LedgerRows.Row::tier).startsWith("local").endsWith("frontier");
        assertThat(rows).filteredOn(row -> "local".equals(row.tier())).hasSize(7);
        assertThat(rows).filteredOn(row -> "mid".equals(row.tier())).hasSize(2);
        assertThat(rows.getLast().tries())
                .containsExactly("small 200 ok", "mid 200 ok", "big 200 ok");
        assertThat(gateway.ledger().verdicts(rows.getFirst().id())).containsExactly("small accept");
        assertThat(gateway.ledger().verdicts(rows.getLast().id()))
                .containsExactly("small climb", "mid climb");
        for (LedgerRows.Row row : rows) {
            assertThat(gateway.ledger().cost(row.id())).isEqualTo(reckoned(row));
        }
    }

    private long reckoned(LedgerRows.Row row) {
        long[][] prices = {{0, 0}, MID, FRONTIER};
        List<String> tokens = gateway.ledger().tokens(row.id());
        long nanos = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String[] both = tokens.get(i).split(" ", -1);
            nanos +=
                    Long.parseLong(both[0]) * prices[i][0] + Long.parseLong(both[1]) * prices[i][1];
        }
        return nanos;
    }

    @Test
    void theClientSeesNoWordOfAnAnswerThatWasThrownAway() {
        small.script(Script.of(THROWN).withChunks(4));
        mid.script(Script.of("Rice with eggs."));

        Chat.Seen seen = chat.ask(body(TALK, true), "x-tierwise-heartbeat", "off");

        assertThat(seen.streamedText()).isEqualTo("Rice with eggs.");
        assertThat(seen.text()).doesNotContain("Sorry").endsWith("data: [DONE]\n\n");
        assertThat(seen.header("x-tierwise-model")).isEqualTo("mid");
        assertThat(seen.header("x-tierwise-reason"))
                .contains("climbs to mid", "the answer refuses");
    }

    @Test
    void proseIsReleasedAfterItsBeginning() throws IOException {
        String prose = "Fry the rice with the eggs, then add some onions and a little salt. ";
        small.script(
                Script.of(prose.repeat(40)).withChunks(40).withChunkDelay(Duration.ofMillis(20)));
        String task = Chat.newTask();

        try (Wire client =
                chat.begin(
                        body(TALK, true), "x-tierwise-task", task, "x-tierwise-heartbeat", "off")) {
            Wire.Head head = client.head();
            assertThat(head.headers()).containsEntry("x-tierwise-model", "small");
            assertThat(small.active()).as("the answer still comes").isEqualTo(1);
            client.body(head);
        }

        LedgerRows.Row row = gateway.ledger().of(task).getFirst();
        assertThat(row.outcome()).isEqualTo("answered");
        assertThat(gateway.ledger().held(row.id())).isPositive();
    }

    @Test
    void aStructuredAnswerIsHeldToItsEnd() {
        small.script(Script.of("I think that it is perhaps none of them at all").withChunks(8));
        mid.script(Script.of("bug").withChunks(1));

        Chat.Seen seen = ask(TICKET, true, Chat.newTask());

        assertThat(seen.streamedText()).isEqualTo("bug");
        assertThat(seen.text()).doesNotContain("none of them");
    }

    @Test
    void whenAnotherSmallModelAgreesNothingLeavesTheMachine() {
        small.script(Script.of("16 - 3 = 13 and 13 * 2 = 26. The answer is 26."));
        second.script(Script.of("She sells 13 eggs for 2 dollars: 26 dollars. The answer is 26."));
        String task = Chat.newTask();

        Chat.Seen seen = ask(SUM, false, task);

        assertThat(seen.header("x-tierwise-tier")).isEqualTo("local");
        assertThat(seen.header("x-tierwise-reason")).contains("another answer agrees");
        assertThat(mid.received()).isEmpty();
        assertThat(big.received()).isEmpty();
        LedgerRows.Row row = gateway.ledger().of(task).getFirst();
        assertThat(row.tries()).containsExactlyInAnyOrder("small 200 ok", "second 200 consulted");
        assertThat(gateway.ledger().verdicts(row.id()))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("accept");
    }

    @Test
    void whenItDiffersALargerOneAnswers() {
        small.script(Script.of("16 * 2 = 32. The answer is 32."));
        second.script(Script.of("She sells 13 eggs for 2 dollars: 26 dollars. The answer is 26."));
        mid.script(Script.of("The answer is 26."));
        big.script(Script.of("The answer is 26."));

        Chat.Seen seen = ask(SUM, false, Chat.newTask());

        assertThat(seen.header("x-tierwise-tier")).isNotEqualTo("local");
        assertThat(text(seen)).isEqualTo("The answer is 26.");
    }

    @Test
    void aKeptAnswerIsBetterThanNone() {
        small.script(Script.of("none of these"));
        mid.fault(Fault.SERVER_ERROR);
        big.fault(Fault.SERVER_ERROR);

        Chat.Seen seen = ask(TICKET, false, Chat.newTask());

        assertThat(seen.status()).isEqualTo(200);
        assertThat(text(seen)).isEqualTo("none of these");
        assertThat(seen.header("x-tierwise-reason")).contains("so the answer that there is");
    }

    @Test
    void aStreamThatBreaksWhileItIsHeldIsFollowedByAnother() {
        small.fault(Fault.CUT_MID_STREAM);
        second.fault(Fault.CUT_MID_STREAM);
        mid.script(Script.of("bug").withChunks(1));

        Chat.Seen seen = ask(TICKET, true, Chat.newTask());

        assertThat(seen.broken()).isFalse();
        assertThat(seen.streamedText()).isEqualTo("bug");
    }

    @Test
    void aClientThatLeavesFreesTheModelThatIsHeld() throws IOException {
        small.fault(Fault.HANG_MID_STREAM);
        String task = Chat.newTask();

        try (Wire client =
                chat.begin(
                        body(TICKET, true),
                        "x-tierwise-task",
                        task,
                        "x-tierwise-heartbeat",
                        "off")) {
            assertThat(FakeUpstream.await(() -> small.active() == 1, LONG)).isTrue();
            client.send("");
        }

        assertThat(FakeUpstream.await(() -> small.abandoned() == 1, SOON)).isTrue();
        assertThat(gateway.ledger().of(task).getFirst().outcome()).isEqualTo("abandoned");
        assertThat(mid.received()).isEmpty();
    }

    @Test
    void heartbeatsKeepAHeldStreamOpenUnderNobodysName() {
        small.script(Script.of(" ").withChunks(1).withPrefillDelay(Duration.ofMillis(700)));
        mid.script(Script.of("bug").withChunks(1));

        Chat.Seen seen = ask(TICKET, true, Chat.newTask());

        assertThat(seen.text()).startsWith(": waiting");
        assertThat(seen.header("x-tierwise-model")).isEmpty();
        assertThat(seen.body().trailers()).containsEntry("x-tierwise-model", "mid");
        assertThat(seen.streamedText()).isEqualTo("bug");
    }

    @Test
    void healthDataIsJudgedAtHomeOnly() {
        small.script(Script.of(" "));
        second.script(Script.of(" "));

        Chat.Seen seen =
                chat.ask(
                        body("Sort this letter as one of: urgent, usual. " + FLOWER, false),
                        "x-tierwise-data-class",
                        "phi");

        assertThat(seen.header("x-tierwise-tier")).isEqualTo("local");
        assertThat(mid.received()).isEmpty();
        assertThat(big.received()).isEmpty();
    }

    @Test
    void aDryRunShowsWhatIsExpected() {
        Chat.Seen seen = chat.post("/v1/route", body(TICKET, false));

        var decision = seen.json();
        assertThat(decision.at("/routing/aim").asString()).isEqualTo("quality 0.80");
        assertThat(decision.at("/routing/task").asString()).isEqualTo("classification");
        assertThat(decision.at("/routing/judged").asBoolean()).as(seen.text()).isTrue();
        var candidates = new ArrayList<String>();
        decision.at("/candidates").forEach(it -> candidates.add(it.path("model").asString()));
        assertThat(candidates).containsExactlyInAnyOrder("small", "second", "mid", "big");
        assertThat(decision.at("/candidates/0/good").asDouble()).isBetween(.5, 1.0);
        assertThat(small.received()).isEmpty();
    }

    @Test
    void theLedgerTellsWhyARequestWasAnsweredAsItWas() {
        small.script(Script.of(" "));
        String task = Chat.newTask();
        ask(TICKET, false, task);
        String id = gateway.ledger().of(task).getFirst().id();

        Home.Result explained = gateway.home().run("explain", id);

        assertThat(explained.out())
                .contains("candidate small: good 0.", "candidate big: good 0.", "aim       quality")
                .contains("verdict   small  climb", "the answer is empty", "attempt   mid  ok");
    }
}
