package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Endurance;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.Residency;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.config.UpstreamSettings;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import dev.tierwise.fit.Advice;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import dev.tierwise.meter.Meter;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A fake Ollama on a described machine.
class LodgingsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long GIB = 1L << 30;

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA);
    private final RuntimeState state =
            new RuntimeState(64 * GIB, 3)
                    .with("llama3.2:1b", GIB)
                    .with("llama3.2:3b", 2 * GIB)
                    .with("llama3.3:70b", 40 * GIB);
    private @Nullable Lodgings lodgings;

    LodgingsTest() {
        fake.runtime(state);
    }

    @AfterEach
    void stop() throws Exception {
        if (lodgings != null) {
            lodgings.close();
        }
        fake.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static Device card(double bytes, double bandwidth) {
        return new Device(
                "a card",
                Device.Kind.DISCRETE,
                Figure.given(bytes),
                Figure.given(bytes),
                Figure.given(bandwidth));
    }

    private static Machine machine(Device... devices) {
        return new Machine("a machine", List.of(devices), null, null, 8, List.of());
    }

    private Lodgings on(Machine machine) {
        var fresh =
                new Lodgings(
                        new HttpFetch(vertx),
                        true,
                        new Footprints(() -> machine, _ -> Advice.load()),
                        new Meter());
        lodgings = fresh;
        return fresh;
    }

    private static UpstreamSettings.Loading loading(
            @Nullable List<String> preload, @Nullable Long memory) {
        UpstreamSettings.Loading usual = UpstreamSettings.Loading.DEFAULT;
        return new UpstreamSettings.Loading(
                null,
                memory,
                null,
                preload,
                Duration.ZERO,
                usual.turn(),
                usual.keep(),
                usual.rest(),
                usual.queue(),
                null);
    }

    private Sources.Source source(URI url, UpstreamSettings.Loading loading) {
        var limits = new Endpoint.Limits(LONG, LONG, LONG, LONG);
        var endpoint = new Endpoint("box", url, Map.of(), Endpoint.Api.OLLAMA, false, null, limits);
        return new Sources.Source(
                endpoint,
                Backends.named("ollama").orElseThrow(),
                new Endurance(0, 1, LONG, LONG),
                null,
                loading);
    }

    private static ModelCard card(String name, String zone) {
        return new ModelCard(
                name, "box", name, Tier.LOCAL, DataClass.SECRET, zone, 0, Set.of(), Price.FREE);
    }

    private static List<ModelCard> cards() {
        return List.of(
                card("llama3.2:1b", ModelCard.HOST),
                card("llama3.2:3b", ModelCard.HOST),
                card("llama3.3:70b", ModelCard.HOST));
    }

    private boolean becomes(String... loaded) {
        return FakeUpstream.await(() -> state.loaded().equals(List.of(loaded)), LONG);
    }

    @Test
    void theLargestSmallModelThatIsFastEnoughIsKeptLoaded() {
        var _ =
                on(machine(card(64.0 * GIB, 900e9)))
                        .of(source(fake.url(), loading(null, null)), cards());

        assertThat(becomes("llama3.2:3b")).isTrue();
    }

    @Test
    void onASlowMachineASmallerOneIsKeptLoaded() {
        var _ =
                on(machine(card(64.0 * GIB, 18e9)))
                        .of(source(fake.url(), loading(null, null)), cards());

        assertThat(becomes("llama3.2:1b")).isTrue();
    }

    @Test
    void whatIsNamedIsLoadedInItsOrder() {
        var named = loading(List.of("llama3.2:1b", "llama3.2:3b"), null);

        var _ = on(machine(card(64.0 * GIB, 900e9))).of(source(fake.url(), named), cards());

        assertThat(becomes("llama3.2:1b", "llama3.2:3b")).isTrue();
    }

    @Test
    void modelsAreLoadedWithTheWindowThatRequestsWant() {
        Lodgings.Stay stay =
                on(machine(card(64.0 * GIB, 900e9)))
                        .of(source(fake.url(), loading(List.of("llama3.2:1b"), null)), cards());
        assertThat(becomes("llama3.2:1b")).isTrue();

        assertThat(stay.windows().of(cards().getFirst(), 100)).isEqualTo(8_192);
        assertThat(state.context("llama3.2:1b")).isEqualTo(8_192);
        assertThat(stay.endpoint().keepAlive()).isEqualTo("7200s");
    }

    @Test
    void aModelThatDoesNotRunHereIsLeftAlone() {
        Lodgings.Stay stay =
                on(machine(card(64.0 * GIB, 900e9)))
                        .of(
                                source(fake.url(), loading(List.of("llama3.2:3b"), null)),
                                List.of(
                                        card("llama3.2:1b", ModelCard.CLOUD),
                                        card("llama3.2:3b", ModelCard.HOST)));
        assertThat(becomes("llama3.2:3b")).isTrue();
        Residency residency = Objects.requireNonNull(stay.residency());

        assertThat(residency.lodges("llama3.2:1b")).isFalse();
        assertThat(residency.lodges("llama3.2:3b")).isTrue();
    }

    @Test
    void aReloadGoesOnWithTheSameLine() {
        Lodgings here = on(machine(card(64.0 * GIB, 900e9)));
        Lodgings.Stay first = here.of(source(fake.url(), loading(List.of(), null)), cards());
        Lodgings.Stay second =
                here.of(source(fake.url(), loading(List.of("llama3.2:1b"), null)), cards());

        assertThat(second.residency()).isSameAs(first.residency());
        assertThat(second.windows()).isSameAs(first.windows());
        assertThat(becomes("llama3.2:1b")).isTrue();
    }

    @Test
    void aRuntimeThatIsNotConfiguredAnyMoreIsLeftAlone() {
        Lodgings here = on(machine(card(64.0 * GIB, 900e9)));
        Lodgings.Stay stay =
                here.of(source(fake.url(), loading(List.of("llama3.2:1b"), null)), cards());
        assertThat(becomes("llama3.2:1b")).isTrue();

        here.keep(Map.of());

        assertThat(Objects.requireNonNull(stay.residency()).lodges("llama3.2:1b")).isFalse();
    }

    @Test
    void aRuntimeElsewhereDecidesItself() {
        Lodgings.Stay stay =
                on(machine(card(64.0 * GIB, 900e9)))
                        .of(
                                source(URI.create("http://10.1.2.3:11434"), loading(null, null)),
                                cards());

        assertThat(stay.residency()).isNull();
        assertThat(stay.endpoint().keepAlive()).isNull();
    }

    @Test
    void aProcessThatOnlyAsksLeavesRuntimesAlone() {
        var asking =
                new Lodgings(
                        new HttpFetch(vertx),
                        false,
                        new Footprints(() -> machine(card(1e9, 1e9)), _ -> Advice.load()),
                        new Meter());

        assertThat(asking.of(source(fake.url(), loading(null, null)), cards()).residency())
                .isNull();
        asking.close();
    }
}
