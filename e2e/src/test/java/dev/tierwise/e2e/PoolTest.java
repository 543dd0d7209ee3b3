package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One model on two machines: two Ollamas, of which the second stands in a zone of its own.
final class PoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TEXT = "some words of an answer ".repeat(8).strip();
    private static final String SSN = "her social security number is 219-09-3361";
    private static final String LIMITS =
            "timeouts: {connect: 500ms, first-byte: 20s, idle: 20s}, retries: 1, max-concurrent: 4";

    private final FakeUpstream near = FakeUpstream.start(Kind.OLLAMA);
    private final FakeUpstream far = FakeUpstream.start(Kind.OLLAMA);
    private final AtomicInteger requests = new AtomicInteger();
    private final GatewayProcess gateway;
    private final Chat chat;

    PoolTest() {
        for (FakeUpstream fake : List.of(near, far)) {
            fake.script(Script.of(TEXT));
            fake.runtime(stocked());
        }
        gateway = GatewayProcess.start(yaml("near, far"));
        chat = new Chat(gateway.url());
    }

    private String yaml(String upstreams) {
        return Yaml.of("server: {heartbeat: off}\n")
                .upstream("near", "ollama", near.url(), LIMITS)
                .upstream("far", "ollama", far.url(), LIMITS + ", zone: cloud")
                .pool("small", upstreams, "llama3.2:3b", "")
                .text();
    }

    private static RuntimeState stocked() {
        return new RuntimeState(100, 1).with("llama3.2:3b", 40);
    }

    @AfterEach
    void stop() {
        try (near;
                far;
                gateway) {
            assertThat(gateway.ledger().integrity()).isEqualTo("ok");
        }
    }

    private Chat.Seen ask(String task, boolean stream) {
        return chat.ask(another(stream), "x-tierwise-task", task);
    }

    /// A request that no machine has read the beginning of.
    private String another(boolean stream) {
        String body = Chat.body("small", stream);
        return body.replace("Hello", "Hello number " + requests.incrementAndGet());
    }

    private List<String> sites(String task) {
        return gateway.ledger().sites(gateway.ledger().of(task).getFirst().id());
    }

    private boolean answered(FakeUpstream fake) {
        fake.forget();
        return ask(Chat.newTask(), false).status() == 200 && !fake.received().isEmpty();
    }

    @Test
    void itIsOneModelForClients() {
        Chat.Seen models = chat.get("/v1/models");

        assertThat(models.text()).containsOnlyOnce("\"small\"").contains("near+far");
    }

    @Test
    void theLedgerSaysWhichMachineAnswered() {
        far.fault(Fault.REFUSE);
        String task = Chat.newTask();

        Chat.Seen seen = ask(task, true);

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.streamedText()).isEqualTo(TEXT);
        assertThat(sites(task)).endsWith("near ok");
    }

    @Test
    void whereOneMachineDiesNoRequestFails() {
        near.script(Script.of(TEXT).withFirstByteDelay(Duration.ofMillis(100)));
        assertThat(FakeUpstream.await(() -> answered(far), LONG)).isTrue();
        far.fault(Fault.REFUSE);

        for (int i = 0; i < 20; i++) {
            assertThat(ask(Chat.newTask(), i % 2 == 0).status()).isEqualTo(200);
        }

        far.fault(Fault.NONE);
        near.fault(Fault.REFUSE);
        assertThat(FakeUpstream.await(() -> answered(far), LONG))
                .as("it is asked again when it is back")
                .isTrue();
    }

    @Test
    void whereBothDieTheClientIsToldOfBoth() {
        near.fault(Fault.REFUSE);
        far.fault(Fault.REFUSE);

        Chat.Seen seen = ask(Chat.newTask(), false);

        assertThat(seen.status()).isIn(502, 503);
        assertThat(seen.text()).contains("near").contains("far").contains("small");
    }

    @Test
    void whereTheModelIsLoadedIsAsked() {
        try (var one = FakeUpstream.start(Kind.LLAMA_SERVER);
                var two = FakeUpstream.start(Kind.LLAMA_SERVER)) {
            one.runtime(stocked());
            two.runtime(stocked());
            load(two);
            String yaml =
                    Yaml.of("server: {heartbeat: off}\n")
                            .upstream("one", "llama-server", one.url(), LIMITS)
                            .upstream("two", "llama-server", two.url(), LIMITS)
                            .pool("small", "one, two", "llama3.2:3b", "")
                            .text();
            try (var servers = GatewayProcess.start(yaml)) {
                var client = new Chat(servers.url());

                assertThat(FakeUpstream.await(() -> onlySecond(client, one, two), LONG)).isTrue();
            }
        }
    }

    private boolean onlySecond(Chat client, FakeUpstream one, FakeUpstream two) {
        one.forget();
        two.forget();
        for (int i = 0; i < 5; i++) {
            assertThat(client.ask(another(false)).status()).isEqualTo(200);
        }
        return one.received().isEmpty() && two.received().size() == 5;
    }

    private static void load(FakeUpstream fake) {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(fake.url().resolve("/models/load"))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"model\":\"llama3.2:3b\"}"))
                            .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void regulatedDataStaysWithTheMachineThatMaySeeIt() {
        for (int i = 0; i < 6; i++) {
            assertThat(chat.ask(said(SSN)).status()).isEqualTo(200);
        }
        assertThat(far.received()).isEmpty();
        near.fault(Fault.REFUSE);

        Chat.Seen alone = chat.ask(said(SSN));

        assertThat(alone.status()).isIn(502, 503);
        assertThat(far.received()).isEmpty();
    }

    private static String said(String text) {
        return "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }

    @Test
    void aClientThatLeavesFreesTheMachineThatWasAsked() throws IOException {
        near.fault(Fault.HANG_MID_STREAM);
        far.fault(Fault.HANG_MID_STREAM);
        try (Wire client = chat.begin(Chat.body("small", true))) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(near.active() + far.active()).isEqualTo(1);
        }

        assertThat(FakeUpstream.await(() -> near.active() + far.active() == 0, LONG)).isTrue();
        assertThat(near.abandoned() + far.abandoned()).isEqualTo(1);
    }

    @Test
    void aMachineLeavesThePoolWhileAStreamOfItRuns() throws IOException {
        String text = "a long answer ".repeat(10).strip();
        far.fault(Fault.REFUSE);
        near.script(Script.of(text).withChunks(40).withChunkDelay(Duration.ofMillis(100)));
        try (Wire running = chat.begin(Chat.body("small", true))) {
            Wire.Head head = running.head();
            assertThat(head.status()).isEqualTo(200);
            far.fault(Fault.NONE);

            gateway.configure(yaml("near, far").replace("upstreams: [near, far]", "upstream: far"));

            assertThat(FakeUpstream.await(() -> answered(far), LONG)).isTrue();
            Wire.Body body = running.body(head);
            assertThat(new Chat.Seen(200, head.headers(), body).streamedText()).isEqualTo(text);
        }
    }
}
