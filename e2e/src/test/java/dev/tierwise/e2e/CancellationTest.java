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
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that leave, clients that read slowly, and clients that must be kept awake.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CancellationTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int PLACES = 4;

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final Chat chat;

    CancellationTest() {
        String limits =
                "timeouts: {connect: 2s, first-byte: 30s, idle: 30s}, retries: 0, max-concurrent: "
                        + PLACES;
        gateway =
                GatewayProcess.start(
                        Yaml.of("server: {heartbeat: 200ms}\n")
                                .upstream("plain", "vllm", fake.url(), limits)
                                .upstream("native", "ollama", fake.url(), limits)
                                .model("openai", "plain", "local")
                                .model("ollama", "native", "mid")
                                .text());
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void stop() {
        try (fake;
                gateway) {
            Secrecy.assertNowhere(gateway, Chat.CANARY);
        }
    }

    @BeforeEach
    void wellAgain() {
        fake.fault(Fault.NONE);
        fake.settings(FaultSettings.defaults());
        fake.script(Script.of("Some words of an answer."));
        fake.forget();
    }

    /// When a client leaves.
    enum Moment {
        BEFORE_THE_HEAD(Fault.HANG_BEFORE_HEAD, true),
        BEFORE_THE_FIRST_EVENT(Fault.HANG_BEFORE_FIRST_EVENT, true),
        IN_MID_STREAM(Fault.HANG_MID_STREAM, true),
        BEFORE_A_WHOLE_ANSWER(Fault.HANG_BEFORE_HEAD, false),
        IN_A_WHOLE_ANSWER(Fault.HANG_MID_STREAM, false);

        private final Fault fault;
        private final boolean stream;

        Moment(Fault fault, boolean stream) {
            this.fault = fault;
            this.stream = stream;
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void theUpstreamIsLeftWithTheClient(Moment moment) throws IOException {
        leave(moment, "openai");
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void ollamaIsLeftWithTheClient(Moment moment) throws IOException {
        leave(moment, "ollama");
    }

    private void leave(Moment moment, String model) throws IOException {
        fake.fault(moment.fault);
        String task = Chat.newTask();
        try (Wire client =
                chat.begin(
                        Chat.body(model, moment.stream),
                        "x-tierwise-task",
                        task,
                        "x-tierwise-heartbeat",
                        "off")) {
            assertThat(FakeUpstream.await(() -> fake.received().size() == 1, LONG)).isTrue();
            if (moment == Moment.IN_MID_STREAM) {
                assertThat(client.head().status()).isEqualTo(200);
                assertThat(client.line()).isNotEmpty();
            }
            assertThat(fake.active()).isEqualTo(1);
        }

        assertThat(FakeUpstream.await(() -> fake.abandoned() == 1, SOON))
                .as("the upstream is left within a second")
                .isTrue();
        assertThat(fake.active()).isZero();
        var rows = gateway.ledger().of(task);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().outcome()).isEqualTo("abandoned");
        assertThat(rows.getFirst().status()).isEqualTo(499);
        assertThat(rows.getFirst().tries()).containsExactly(model + " 499 client_closed_request");
    }

    @Test
    void noPlaceIsLostToClientsThatLeave() throws Exception {
        fake.script(
                Script.of("One two three four five six seven eight.")
                        .withFirstByteDelay(Duration.ofMillis(30))
                        .withChunkDelay(Duration.ofMillis(10)));
        var random = new Random(20261123);
        try (var clients = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 50; i++) {
                int wait = random.nextInt(150);
                String body = Chat.body("openai", random.nextBoolean());
                all.add(() -> {
                    try (Wire _ = chat.begin(body)) {
                        TimeUnit.MILLISECONDS.sleep(wait);
                    }
                    return true;
                });
            }
            for (var client : clients.invokeAll(all)) {
                assertThat(client.get()).isTrue();
            }
        }

        assertThat(FakeUpstream.await(() -> fake.active() == 0, LONG)).isTrue();
        assertAllPlacesServe();
    }

    /// As many requests as there are places are with the upstream at the same time.
    private void assertAllPlacesServe() throws IOException {
        fake.forget();
        fake.fault(Fault.HANG_MID_STREAM);
        List<Wire> clients = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                clients.add(chat.begin(Chat.body("openai", true)));
            }
            assertThat(FakeUpstream.await(() -> fake.active() == PLACES, SOON))
                    .as("%s requests of %s reach the upstream", fake.active(), PLACES)
                    .isTrue();
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
        assertThat(FakeUpstream.await(() -> fake.active() == 0, SOON)).isTrue();
    }

    /// The cut races with the first look at the answer; whoever wins, nobody waits for a limit.
    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aCutIsNoticedWheneverItComes(String model) {
        fake.settings(FaultSettings.defaults().withAfterChunks(0));
        for (int i = 0; i < 40; i++) {
            fake.fault(Fault.CUT_MID_STREAM, 1);
            long begin = System.nanoTime();

            Chat.Seen cut = chat.ask(Chat.body(model, true));

            assertThat(cut.text()).contains("upstream_cut");
            assertThat(cut.broken()).isEqualTo(cut.status() == 200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
            // the breaker stays closed while most are good
            assertThat(chat.ask(Chat.body(model, true)).status()).isEqualTo(200);
            assertThat(chat.ask(Chat.body(model, true)).status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowClientSlowsTheUpstreamDown() throws IOException {
        long huge = 200L << 20;
        fake.settings(FaultSettings.defaults().withHugeBytes(huge));
        fake.fault(Fault.HUGE);
        long before = gateway.residentBytes();
        try (Wire client = chat.begin(Chat.body("openai", true))) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.read(1 << 20)).hasSize(1 << 20);
            long stopped = whereItStops();
            assertThat(stopped).isBetween(1L << 20, huge / 4);
            assertThat(gateway.residentBytes() - before).isLessThan(100L << 20);

            assertThat(client.read((int) (stopped - (1 << 20)))).isNotEmpty();
            assertThat(FakeUpstream.await(() -> fake.bytesWritten() > stopped, LONG))
                    .as("the upstream goes on when the client does")
                    .isTrue();
        }
        assertThat(FakeUpstream.await(() -> fake.active() == 0, SOON)).isTrue();
    }

    /// The bytes that the upstream has written once it writes no more for half a second.
    private long whereItStops() {
        long seen = -1;
        long now = fake.bytesWritten();
        while (seen != now) {
            seen = now;
            long then = now;
            FakeUpstream.await(() -> fake.bytesWritten() != then, Duration.ofMillis(500));
            now = fake.bytesWritten();
        }
        return now;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aSlowModelsClientIsKeptAwake(String model) {
        fake.script(Script.of("At last.").withPrefillDelay(Duration.ofMillis(1200)));

        Chat.Seen seen = chat.ask(Chat.body(model, true));

        long beats = seen.text().lines().filter(line -> line.startsWith(": ")).count();
        assertThat(beats).isBetween(2L, 6L);
        assertThat(seen.text().indexOf(": ")).isZero();
        assertThat(seen.streamedText()).isEqualTo("At last.");
        assertThat(seen.broken()).isFalse();
    }

    @Test
    void aClientThatTakesNoHeartbeatsGetsNone() {
        fake.script(Script.of("At last.").withPrefillDelay(Duration.ofMillis(1200)));

        Chat.Seen seen = chat.ask(Chat.body("openai", true), "x-tierwise-heartbeat", "off");

        assertThat(seen.text()).startsWith("data: ").doesNotContain("\n: ");
        assertThat(seen.streamedText()).isEqualTo("At last.");
    }

    @Test
    void afterAHeartbeatAFailureIsStillTold() {
        fake.script(Script.of("Never.").withPrefillDelay(Duration.ofMillis(800)));
        fake.fault(Fault.ERROR_EVENT);
        fake.settings(FaultSettings.defaults().withAfterChunks(0));

        Chat.Seen seen = chat.ask(Chat.body("openai", true));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).startsWith(": ");
        assertThat(seen.events().getLast()).contains("upstream_server_error");
        assertThat(seen.broken()).isTrue();
    }
}
