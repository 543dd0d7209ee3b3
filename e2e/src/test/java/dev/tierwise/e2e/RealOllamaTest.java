package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.Trials;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.model.TinyModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Our clients against a real Ollama with two models of random weights and one that runs elsewhere.
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealOllamaTest {
    private static final Duration LONG = RealServer.LONG;
    private static final String REMOTE = "https://ollama.com:443";

    private final Home home = Home.make();
    private final Vertx vertx = Vertx.vertx();
    private final RealServer ollama;
    private final OllamaControl control;

    RealOllamaTest() throws IOException {
        Path program = RealServer.program("ollama");
        int port = RealServer.freePort();
        ollama =
                RealServer.start(
                        List.of(program.toString(), "serve"),
                        Map.of(
                                "OLLAMA_HOST",
                                "127.0.0.1:" + port,
                                "OLLAMA_MODELS",
                                home.folder().resolve("models").toString()),
                        home.folder(),
                        port,
                        "/api/version");
        create("tiny", TinyModel.usual());
        create("other", TinyModel.usual().withSeed(5));
        ollama.post(
                "/api/create",
                text(
                        "{\"model\":\"far\",\"from\":\"gpt-oss:20b\",\"remote_host\":\"%s\"}"
                                .formatted(REMOTE)));
        var fetch = new HttpFetch(vertx);
        control = new OllamaControl(fetch, fetch, new RuntimeServer("o", ollama.url(), Map.of()));
    }

    private void create(String name, TinyModel model) throws IOException {
        Path file = model.write(home.folder().resolve(name + ".gguf"));
        String digest = "sha256:" + digest(file);
        ollama.post("/api/blobs/" + digest, HttpRequest.BodyPublishers.ofFile(file));
        String said =
                ollama.post(
                        "/api/create",
                        text(
                                "{\"model\":\"%s\",\"files\":{\"%s.gguf\":\"%s\"}}"
                                        .formatted(name, name, digest)));
        assertThat(said).contains("success");
    }

    private static String digest(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.BodyPublisher text(String json) {
        return HttpRequest.BodyPublishers.ofString(json);
    }

    @AfterAll
    void close() throws Exception {
        try (home;
                ollama) {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void empty() {
        assertThat(control.unload("tiny", LONG)).isNull();
        assertThat(control.unload("other", LONG)).isNull();
    }

    private RuntimeView look(Scope scope) {
        Look look = control.look(scope, LONG);
        assertThat(look).isInstanceOf(Look.Seen.class);
        return ((Look.Seen) look).view();
    }

    private RuntimeView.Held held(String name) {
        return look(Scope.MEMORY).held(name).orElseThrow();
    }

    @Test
    void whatIsOnDiskIsRead() {
        RuntimeView view = look(Scope.ALL);

        assertThat(view.version()).isNotNull();
        assertThat(view.memory()).isEmpty();
        assertThat(view.disk())
                .extracting(RuntimeView.Stored::name, RuntimeView.Stored::place)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("tiny:latest", RuntimeView.Place.HERE),
                        org.assertj.core.groups.Tuple.tuple("other:latest", RuntimeView.Place.HERE),
                        org.assertj.core.groups.Tuple.tuple(
                                "far:latest", RuntimeView.Place.ELSEWHERE));
        RuntimeView.Stored tiny =
                view.disk().stream()
                        .filter(it -> it.name().equals("tiny:latest"))
                        .findFirst()
                        .orElseThrow();
        assertThat(tiny.bytes()).isBetween(400_000L, 1_000_000L);
        assertThat(tiny.context()).isEqualTo(32_768L);
    }

    @Test
    void aLoadedModelIsInMemoryWithItsContextAndItsTime() {
        Instant before = Instant.now();

        Failure failure = control.load(new Order("tiny", 2048, Duration.ofMinutes(10), LONG));

        assertThat(failure).isNull();
        RuntimeView.Held tiny = held("tiny:latest");
        assertThat(tiny.phase()).isEqualTo(RuntimeView.Phase.READY);
        assertThat(tiny.size().bytes()).isGreaterThan(500_000L);
        assertThat(tiny.size().context()).isEqualTo(2048);
        assertThat(tiny.until()).isAfter(before.plusSeconds(590));
    }

    @Test
    void theSameOrderLoadsNothingAgain() {
        var order = new Order("tiny", 2048, Duration.ofMinutes(10), LONG);
        control.load(order);
        Set<Long> runners = ollama.runners();

        Failure failure = control.load(order);

        assertThat(failure).isNull();
        assertThat(ollama.runners()).isEqualTo(runners);
    }

    @Test
    void twoModelsAreInMemoryAndOneLeaves() {
        control.load(Order.of("tiny", LONG));
        control.load(Order.of("other", LONG));

        Failure failure = control.unload("tiny", LONG);

        assertThat(failure).isNull();
        assertThat(look(Scope.MEMORY).memory())
                .extracting(RuntimeView.Held::name)
                .containsExactly("other:latest");
    }

    @Test
    void aModelThatIsNotThereIsToldSo() {
        Failure failure = control.load(Order.of("nobody", LONG));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Broken.class,
                        it -> assertThat(it.kind()).isEqualTo(Failure.Fault.MODEL_MISSING));
    }

    @Test
    void aModelThatRunsElsewhereIsNotLoaded() {
        Failure failure = control.load(Order.of("far", LONG));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Vetoed.class,
                        it -> assertThat(it.code()).isEqualTo(RuntimeControl.NOT_LOCAL));
        assertThat(look(Scope.MEMORY).memory()).isEmpty();
    }

    /// Port 9 discards; nobody listens there.
    @Test
    void aPullWithoutARegistryFails() {
        List<String> heard = new ArrayList<>();

        Failure failure =
                control.pull(
                        "127.0.0.1:9/none/none:latest", LONG, (status, _, _) -> heard.add(status));

        assertThat(heard).contains("pulling manifest");
        assertThat(failure).isNotNull();
        assertThat("" + failure).contains("connection refused");
    }

    @Test
    void discoveryFindsWhatRunsHereAndWhatDoesNot() {
        var discovery = new Discovery(new HttpFetch(vertx), Catalogue.load(), new Trials(), LONG);

        Found found =
                discovery.find(
                        name ->
                                name.equals("OLLAMA_HOST")
                                        ? "127.0.0.1:" + ollama.url().getPort()
                                        : null,
                        LocalDate.of(2026, 12, 1));

        ModelCard tiny = card(found, "tiny:latest");
        assertThat(tiny.tier()).isEqualTo(Tier.LOCAL);
        assertThat(tiny.clearance()).isEqualTo(DataClass.SECRET);
        assertThat(tiny.context()).isEqualTo(32_768);
        assertThat(found.models())
                .filteredOn(it -> it.remoteName().startsWith("far"))
                .allMatch(it -> it.clearance() != DataClass.SECRET && it.tier() != Tier.LOCAL);
    }

    private static ModelCard card(Found found, String name) {
        return found.models().stream()
                .filter(it -> it.remoteName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Requests ask for a window of 8,192 tokens or more, so a model is loaded ahead with that.
    @Test
    void aChatThroughTheGatewayUsesTheModelThatWasLoadedForIt() {
        control.load(new Order("tiny", 8192, Duration.ofMinutes(10), LONG));
        Set<Long> runners = ollama.runners();
        Chat.Seen seen;
        Instant before = Instant.now();

        Yaml yaml =
                Yaml.of("")
                        .upstream("box", "ollama", ollama.url(), "")
                        .named("tiny", "box", "tiny", "local", "clearance: secret");
        try (var gateway = GatewayProcess.start(yaml.text())) {
            seen = new Chat(gateway.url()).ask(Chat.body("tiny", false));
        }

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.json().path("usage").path("completion_tokens").asInt()).isPositive();
        assertThat(ollama.runners()).isEqualTo(runners);
        assertThat(held("tiny:latest").size().context()).isEqualTo(8192);
        // the request said nothing of how long it is to stay, so the order's ten minutes begin anew
        assertThat(held("tiny:latest").until()).isAfter(before.plusSeconds(599));
    }

    @Test
    void anotherWindowLoadsTheModelAnew() {
        control.load(new Order("tiny", 2048, null, LONG));
        Set<Long> runners = ollama.runners();

        control.load(new Order("tiny", 4096, null, LONG));

        assertThat(ollama.runners()).isNotEqualTo(runners);
        assertThat(held("tiny:latest").size().context()).isEqualTo(4096);
    }

    private String yaml(String loading) {
        return Yaml.of("")
                .upstream(
                        "box", "ollama", ollama.url(), "queue-wait: 5m, loading: {" + loading + "}")
                .named("tiny", "box", "tiny", "local", "clearance: secret")
                .named("other", "box", "other", "local", "clearance: secret")
                .text();
    }

    private static boolean awaits(BooleanSupplier condition) {
        return FakeUpstream.await(condition, LONG);
    }

    @Test
    void mixedTrafficOverTwoModelsLoadsLittle() throws Exception {
        String rules = "models: 1, preload: [tiny], stay: 1s, turn: 1s, rest: 1s";
        try (var gateway = GatewayProcess.start(yaml(rules))) {
            assertThat(awaits(() -> look(Scope.MEMORY).held("tiny:latest").isPresent())).isTrue();
            var chat = new Chat(gateway.url());
            var work = new ArrayList<Callable<Chat.Seen>>();
            for (int i = 0; i < 40; i++) {
                String model = i % 2 == 0 ? "tiny" : "other";
                work.add(() -> chat.ask(Chat.body(model, false)));
            }

            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var each : threads.invokeAll(work)) {
                    assertThat(each.get().status()).as(each.get().text()).isEqualTo(200);
                }
            }

            double loads =
                    chat.get("/metrics")
                            .text()
                            .lines()
                            .filter(it -> it.startsWith("tierwise_runtime_loads_total"))
                            .mapToDouble(
                                    it -> Double.parseDouble(it.substring(it.lastIndexOf(' '))))
                            .sum();
            assertThat(loads).as("in the order of arrival there are 40").isBetween(2.0, 15.0);
            assertThat(awaits(() -> look(Scope.MEMORY).held("tiny:latest").isPresent())).isTrue();
            assertThat(look(Scope.MEMORY).memory()).hasSize(1);
        }
    }
}
