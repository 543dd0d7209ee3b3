package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.LlamaServerControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Tier;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.Trials;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.model.TinyModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Our clients against a real llama-server: one with one model, and one that routes among a folder
/// of models with random weights.
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealLlamaServerTest {
    private static final Duration LONG = RealServer.LONG;
    private static final int SLOTS = 2;
    private static final int CONTEXT = 4096;

    private final Home home = Home.make();
    private final Vertx vertx = Vertx.vertx();
    private final RealServer single;
    private final RealServer router;
    private final LlamaServerControl one;
    private final LlamaServerControl many;

    RealLlamaServerTest() throws IOException {
        Path program = RealServer.program("llama-server");
        Path models = Files.createDirectories(home.folder().resolve("models"));
        Path tiny = TinyModel.usual().write(models.resolve("tiny.gguf"));
        TinyModel.usual().withSeed(5).write(models.resolve("other.gguf"));
        Files.writeString(models.resolve("broken.gguf"), "GGUF and then nothing of use");
        // downloads go to a port where nobody listens
        Map<String, String> nowhere =
                Map.of(
                        "MODEL_ENDPOINT",
                        "http://127.0.0.1:9/",
                        "HF_ENDPOINT",
                        "http://127.0.0.1:9/");
        single =
                start(
                        "one",
                        nowhere,
                        List.of(
                                program.toString(),
                                "--model",
                                tiny.toString(),
                                "--parallel",
                                "" + SLOTS,
                                "--ctx-size",
                                "" + SLOTS * CONTEXT));
        router =
                start(
                        "many",
                        nowhere,
                        List.of(
                                program.toString(),
                                "--models-dir",
                                models.toString(),
                                "--parallel",
                                "" + SLOTS,
                                "--ctx-size",
                                "" + SLOTS * CONTEXT));
        one = control(single);
        many = control(router);
    }

    private RealServer start(String name, Map<String, String> variables, List<String> command)
            throws IOException {
        int port = RealServer.freePort();
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--metrics", "--host", "127.0.0.1", "--port", "" + port));
        Path folder = Files.createDirectories(home.folder().resolve(name));
        return RealServer.start(whole, variables, folder, port, "/health");
    }

    private LlamaServerControl control(RealServer server) {
        var at = new RuntimeServer("it", server.url(), Map.of());
        return new LlamaServerControl(new HttpFetch(vertx), at);
    }

    @AfterAll
    void close() throws Exception {
        try (home;
                single;
                router) {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void empty() {
        assertThat(many.unload("tiny", LONG)).isNull();
        assertThat(many.unload("other", LONG)).isNull();
    }

    private static RuntimeView look(LlamaServerControl control) {
        Look look = control.look(Scope.ALL, LONG);
        assertThat(look).isInstanceOf(Look.Seen.class);
        return ((Look.Seen) look).view();
    }

    @Test
    void aServerOfOneModelTellsWhatItHas() {
        RuntimeView view = look(one);

        RuntimeView.Held held = view.memory().getFirst();
        assertThat(view.disk()).hasSize(1);
        assertThat(view.disk().getFirst().context()).isEqualTo(32_768L);
        assertThat(held.phase()).isEqualTo(RuntimeView.Phase.READY);
        assertThat(held.size().bytes()).isBetween(400_000L, 1_000_000L);
        assertThat(held.size().context()).isEqualTo(CONTEXT);
        assertThat(held.load()).isEqualTo(new RuntimeView.Load(SLOTS, 0, 0));
        assertThat(view.waiting()).isZero();
    }

    @Test
    void aServerOfOneModelChangesNone() {
        String name = look(one).memory().getFirst().name();

        assertThat(one.load(Order.of(name, LONG))).isNull();
        assertThat(one.unload(name, LONG)).isInstanceOf(Failure.Vetoed.class);
    }

    @Test
    void aBusySlotIsSeen() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> single.post("/v1/completions", endless()), threads);

            boolean seen =
                    FakeUpstream.await(
                            () -> {
                                var load = look(one).memory().getFirst().load();
                                return load.busy() != null && load.busy() == 1;
                            },
                            LONG);

            assertThat(seen).isTrue();
            assertThat(answer.join()).contains("completion_tokens");
        }
        assertThat(look(one).tokensPerSecond()).isPositive();
    }

    /// Long enough for several looks.
    private static java.net.http.HttpRequest.BodyPublisher endless() {
        return java.net.http.HttpRequest.BodyPublishers.ofString(
                "{\"prompt\":\"a\",\"max_tokens\":4000,\"logit_bias\":[[256,false],[258,false]]}");
    }

    @Test
    void aRouterLoadsAndUnloads() {
        assertThat(look(many).memory()).isEmpty();
        assertThat(look(many).disk())
                .extracting(RuntimeView.Stored::name)
                .contains("tiny", "other", "broken");

        assertThat(many.load(Order.of("tiny", LONG))).isNull();

        RuntimeView.Held held = look(many).held("tiny").orElseThrow();
        assertThat(held.phase()).isEqualTo(RuntimeView.Phase.READY);
        assertThat(held.size().context()).isEqualTo(CONTEXT);
        assertThat(held.load()).isEqualTo(new RuntimeView.Load(SLOTS, 0, 0));
        assertThat(many.unload("tiny", LONG)).isNull();
        assertThat(look(many).memory()).isEmpty();
        assertThat(many.unload("tiny", LONG)).isNull();
    }

    @Test
    void aRouterHoldsTwoModels() {
        assertThat(many.load(Order.of("tiny", LONG))).isNull();
        assertThat(many.load(Order.of("other", LONG))).isNull();

        assertThat(look(many).memory())
                .extracting(RuntimeView.Held::name)
                .containsExactlyInAnyOrder("tiny", "other");
    }

    @Test
    void aModelThatDoesNotStartIsToldSo() {
        Failure failure = many.load(Order.of("broken", LONG));

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat("" + failure).contains("did not start (exit code");
    }

    @Test
    void aModelThatIsNotThereIsToldSo() {
        assertThat(many.load(Order.of("nobody", LONG)))
                .isInstanceOfSatisfying(
                        Failure.Broken.class,
                        it -> assertThat(it.kind()).isEqualTo(Failure.Fault.MODEL_MISSING));
    }

    @Test
    void aPullWithoutANetworkFails() {
        Failure failure = many.pull("someone/none-GGUF", LONG, (_, _, _) -> true);

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat("" + failure).contains("someone/none-GGUF");
    }

    @Test
    void discoveryFindsBoth() {
        for (RealServer server : List.of(single, router)) {
            Found found =
                    new Discovery(moved(server), Catalogue.load(), new Trials(), LONG)
                            .find(_ -> null, LocalDate.of(2026, 12, 1));

            assertThat(found.models())
                    .filteredOn(it -> it.upstream().equals("llama-server"))
                    .isNotEmpty()
                    .allMatch(it -> it.tier() == Tier.LOCAL);
        }
    }

    /// Asks this server for what is at the usual port of its kind, and nobody else.
    private Fetch moved(RealServer server) {
        var fetch = new HttpFetch(vertx);
        return request -> {
            URI uri = request.uri();
            if (uri.getPort() != 8080) {
                return new Fetch.Reply.Unreachable("not asked");
            }
            URI there =
                    URI.create(
                            uri.toString()
                                    .replace(uri.getAuthority(), server.url().getAuthority()));
            return fetch.fetch(
                    new Fetch.Request(
                            request.method(),
                            there,
                            request.headers(),
                            request.body(),
                            request.timeout()));
        };
    }

    @Test
    void aChatThroughTheGatewayIsAnsweredByBoth() {
        Yaml yaml =
                Yaml.of("")
                        .upstream("one", "llama-server", v1(single), "")
                        .upstream("many", "llama-server", v1(router), "")
                        .named("single", "one", "tiny.gguf", "local", "clearance: secret")
                        .named("routed", "many", "other", "local", "clearance: secret");
        try (var gateway = GatewayProcess.start(yaml.text())) {
            var chat = new Chat(gateway.url());

            Chat.Seen single = chat.ask(Chat.body("single", false));
            Chat.Seen routed = chat.ask(Chat.body("routed", true));

            assertThat(single.status()).as(single.text()).isEqualTo(200);
            assertThat(single.json().path("usage").path("completion_tokens").asInt()).isPositive();
            assertThat(routed.status()).as(routed.text()).isEqualTo(200);
            assertThat(routed.events()).last().isEqualTo("[DONE]");
        }
        assertThat(look(many).held("other")).isPresent();
    }

    private static URI v1(RealServer server) {
        return server.url().resolve("/v1");
    }
}
