package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.api.Memory.Changed;
import dev.tierwise.app.LocalRuntimes.Served;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.LlamaServerControl;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LocalRuntimesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpFetch fetch = new HttpFetch(vertx);
    private final RuntimeState state =
            new RuntimeState(100, 2).with("small:latest", 40).with("stranger:1b", 30);
    private final LocalRuntimes runtimes = new LocalRuntimes();
    private FakeUpstream fake;

    LocalRuntimesTest() {
        fake = FakeUpstream.start(Kind.OLLAMA);
        fake.runtime(state);
        serve(new OllamaControl(fetch, fetch, server()));
    }

    private RuntimeServer server() {
        return new RuntimeServer("near", fake.url(), Map.of());
    }

    private void serve(RuntimeControl control) {
        runtimes.serve(
                List.of(
                        new Served(card("mine", "small", ModelCard.HOST), control, null),
                        new Served(card("far", "small", ModelCard.CLOUD), control, null)));
    }

    private static ModelCard card(String name, String remote, String zone) {
        return new ModelCard(
                name,
                "near",
                remote,
                Tier.LOCAL,
                DataClass.INTERNAL,
                zone,
                0,
                Set.of(),
                Price.FREE);
    }

    @AfterEach
    void stop() throws Exception {
        fake.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static String text(Changed changed) {
        assertThat(changed).isInstanceOf(Changed.Done.class);
        return new String(((Changed.Done) changed).body().bytes(), StandardCharsets.UTF_8);
    }

    private static Failure failure(Changed changed) {
        assertThat(changed).isInstanceOf(Changed.Failed.class);
        return ((Changed.Failed) changed).failure();
    }

    @Test
    void aModelIsLoadedShownAndUnloaded() {
        String loaded = text(runtimes.load("mine").orElseThrow());
        List<ObjectNode> between = runtimes.resident();
        String unloaded = text(runtimes.unload("mine").orElseThrow());

        assertThat(loaded)
                .contains("\"id\":\"mine\"", "\"engine\":\"near\"", "\"bytes\":40")
                .contains("\"slots\":null", "\"active\":null");
        assertThat(between).hasSize(1);
        assertThat(unloaded).isEqualTo("{\"id\":\"mine\",\"freed_bytes\":40}");
        assertThat(state.log()).containsExactly("load small:latest", "unload small:latest");
    }

    @Test
    void whatIsNotKnownToRunHereIsNotLoaded() {
        Failure failure = failure(runtimes.load("far").orElseThrow());

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Vetoed.class,
                        it -> assertThat(it.code()).isEqualTo(RuntimeControl.NOT_LOCAL));
        assertThat(state.log()).isEmpty();
    }

    @Test
    void aNameOfNoRuntimeIsLeftToOthers() {
        assertThat(runtimes.load("nobody")).isEmpty();
        assertThat(runtimes.unload("nobody")).isEmpty();
    }

    @Test
    void aModelInUseStays() {
        fake.close();
        fake = FakeUpstream.start(Kind.LLAMA_SERVER);
        fake.runtime(state.with("small", 20));
        serve(new LlamaServerControl(fetch, server()));
        text(runtimes.load("mine").orElseThrow());
        state.busy(new RuntimeState.Busy(4, 2, 0));

        Failure failure = failure(runtimes.unload("mine").orElseThrow());

        assertThat(failure.message()).contains("2 requests use it now");
        assertThat(state.loaded()).containsExactly("small");
    }

    @Test
    void aRuntimeThatIsGoneHasNothing() {
        fake.close();

        assertThat(runtimes.resident()).isEmpty();
        assertThat(failure(runtimes.load("mine").orElseThrow())).isInstanceOf(Failure.Broken.class);
    }
}
