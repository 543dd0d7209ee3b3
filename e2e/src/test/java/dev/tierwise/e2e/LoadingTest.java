package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An Ollama with three models and room for one: who is loaded when.
final class LoadingTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String RULES =
            "memory: 2GiB, stay: 100ms, turn: 300ms, rest: 500ms, patience: 60s";

    private final FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA);
    private final RuntimeState state = new RuntimeState(2L << 30, 1);
    private final List<AutoCloseable> open = new ArrayList<>();

    LoadingTest() {
        NAMES.forEach(it -> state.with(it + ":latest", 1200L << 20));
        fake.runtime(state);
        fake.script(Script.of("four words of answer"));
    }

    @AfterEach
    void stop() throws Exception {
        state.go();
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        fake.close();
    }

    private String yaml(String loading) {
        Yaml yaml =
                Yaml.of("server: {heartbeat: off}\n")
                        .upstream(
                                "ollama",
                                "ollama",
                                fake.url(),
                                "max-concurrent: 2, loading: {" + loading + "}");
        for (String name : NAMES) {
            yaml = yaml.named(name, "ollama", name, "local", "price: free");
        }
        return yaml.text();
    }

    private GatewayProcess gateway(String loading) {
        GatewayProcess gateway = GatewayProcess.start(yaml(loading));
        open.add(gateway);
        return gateway;
    }

    /// Waits until the gateway shares out the memory, which it does once it has looked.
    private GatewayProcess managing(String loading) {
        GatewayProcess gateway = gateway(loading + ", preload: [a]");
        assertThat(FakeUpstream.await(() -> state.loaded().contains("a:latest"), LONG)).isTrue();
        return gateway;
    }

    @Test
    void mixedTrafficLoadsLittleAndSwapsNothingThatIsUsed() throws Exception {
        var chat = new Chat(managing(RULES).url());
        fake.settings(FaultSettings.defaults());
        var work = new ArrayList<Callable<Chat.Seen>>();
        for (int i = 0; i < 90; i++) {
            String model = NAMES.get(i * 7 % 3);
            boolean streamed = i % 2 == 0;
            work.add(() -> chat.ask(Chat.body(model, streamed)));
        }

        try (var threads = Executors.newFixedThreadPool(30)) {
            for (var each : threads.invokeAll(work)) {
                assertThat(each.get().status()).isEqualTo(200);
                assertThat(each.get().broken()).isFalse();
            }
        }

        assertThat(state.log()).noneMatch(it -> it.endsWith("in use"));
        assertThat(state.log()).noneMatch(it -> it.startsWith("demand"));
        assertThat(state.log()).noneMatch(it -> it.startsWith("reload"));
        assertThat(state.log().stream().filter(it -> it.startsWith("load")))
                .as("in the order of arrival each request needs one")
                .hasSizeLessThan(45);
    }

    @Test
    void theDefaultComesBackWhenTheOthersHaveRested() {
        var chat = new Chat(managing(RULES).url());

        assertThat(chat.ask(Chat.body("b", false)).status()).isEqualTo(200);

        assertThat(FakeUpstream.await(() -> state.loaded().equals(List.of("a:latest")), LONG))
                .isTrue();
        assertThat(state.log()).containsSubsequence("load a:latest", "unload a:latest");
    }

    @Test
    void aLeavingClientGivesTheModelBack() throws IOException {
        var chat = new Chat(managing(RULES).url());
        fake.script(
                Script.of("a long answer ".repeat(40))
                        .withChunks(80)
                        .withChunkDelay(Duration.ofMillis(100)));

        try (Wire client = chat.begin(Chat.body("a", true))) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.line()).isNotEmpty();
        }
        fake.script(Script.of("short"));

        assertThat(chat.ask(Chat.body("b", false)).status()).isEqualTo(200);
        assertThat(state.log()).noneMatch(it -> it.endsWith("in use"));
    }

    @Test
    void aClientThatLeavesWhileItsModelLoadsIsNotWaitedFor() throws IOException {
        var gateway = managing(RULES);
        var chat = new Chat(gateway.url());
        state.hold();
        String task = Chat.newTask();

        try (Wire _ = chat.begin(Chat.body("b", false), "x-tierwise-task", task)) {
            assertThat(FakeUpstream.await(() -> !state.loading().isEmpty(), LONG)).isTrue();
        }

        assertThat(FakeUpstream.await(() -> !gateway.ledger().of(task).isEmpty(), LONG)).isTrue();
        assertThat(gateway.ledger().of(task).getFirst().outcome()).isEqualTo("abandoned");
        assertThat(fake.received()).noneMatch(it -> it.path().equals("/api/chat"));
    }

    @Test
    void aReloadLosesNobodyWhoWaits() throws Exception {
        GatewayProcess gateway = managing(RULES);
        var chat = new Chat(gateway.url());
        state.hold();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> chat.ask(Chat.body("b", false)));
            assertThat(FakeUpstream.await(() -> !state.loading().isEmpty(), LONG)).isTrue();
            gateway.configure(yaml(RULES + ", preload: [c]"));
            boolean taken =
                    FakeUpstream.await(
                            () -> gateway.stderr().contains("configuration is in force"), LONG);
            assertThat(taken).as("%s", gateway.stderr()).isTrue();
            state.go();

            assertThat(waiting.get().status()).isEqualTo(200);
        }
        assertThat(FakeUpstream.await(() -> state.loaded().equals(List.of("c:latest")), LONG))
                .isTrue();
        assertThat(state.log()).noneMatch(it -> it.endsWith("in use"));
    }

    @Test
    void aModelThatCannotFitIsRefusedWithTheRemedy() {
        state.with("huge:latest", 9L << 30);
        String yaml =
                yaml(RULES)
                        .replace(
                                "models:",
                                "models:\n  - {name: huge, upstream: ollama, tier: local}");
        GatewayProcess gateway = GatewayProcess.start(yaml);
        open.add(gateway);
        var chat = new Chat(gateway.url());

        boolean refused =
                FakeUpstream.await(
                        () -> chat.ask(Chat.body("huge", false)).text().contains("loading.memory"),
                        LONG);

        assertThat(refused).isTrue();
    }

    @Test
    void withoutManagementTheRuntimeLoadsWhatItIsAsked() {
        var chat = new Chat(gateway("manage: false").url());

        assertThat(chat.ask(Chat.body("b", false)).status()).isEqualTo(200);

        assertThat(state.log()).containsExactly("demand b:latest");
    }
}
