package dev.tierwise.call.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Endurance;
import dev.tierwise.call.Model;
import dev.tierwise.call.ModelContract;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Steady;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpModel;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.call.http.Windows;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract of all models, kept by one that is in two sites.
final class PoolOverHttpTest extends ModelContract {
    private static final Endpoint.Limits LIMITS =
            new Endpoint.Limits(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5));

    private final FakeUpstream one = FakeUpstream.start();
    private final FakeUpstream two = FakeUpstream.start();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Upstream first = upstream("one", one);
    private final Upstream second = upstream("two", two);

    private Upstream upstream(String name, FakeUpstream fake) {
        var endpoint =
                new Endpoint(name, fake.url(), Map.of(), Endpoint.Api.OLLAMA, true, null, LIMITS);
        return new Upstream(vertx, endpoint, 4, new Windows());
    }

    @AfterEach
    void stop() throws Exception {
        first.close(Duration.ZERO);
        second.close(Duration.ZERO);
        vertx.close().await(10, TimeUnit.SECONDS);
        one.close();
        two.close();
    }

    @Override
    protected Model model(DataClass clearance) {
        List<ModelCard> sites = List.of(card("one", clearance), card("two", clearance));
        var card =
                new ModelCard(
                        "m",
                        "one+two",
                        "m",
                        Tier.LOCAL,
                        clearance,
                        ModelCard.HOST,
                        0,
                        Set.of(),
                        Price.FREE,
                        sites);
        var endurance = new Endurance(0, 1, Duration.ofSeconds(30), Duration.ZERO);
        return new Pool(
                card,
                List.of(
                        steady(new HttpModel(sites.getFirst(), first), endurance),
                        steady(new HttpModel(sites.getLast(), second), endurance)),
                endurance,
                Clock.systemUTC());
    }

    private static Model steady(Model model, Endurance endurance) {
        return new Steady(model, new Steady.Places(1), endurance, Clock.systemUTC());
    }

    private static ModelCard card(String upstream, DataClass clearance) {
        return new ModelCard(
                "m", upstream, "m", Tier.LOCAL, clearance, ModelCard.HOST, 0, Set.of(), Price.FREE);
    }

    @Override
    protected Executor loop() {
        return task -> context.runOnContext(_ -> task.run());
    }

    @Override
    protected String brief() {
        one.fault(Fault.NONE);
        two.fault(Fault.NONE);
        return "";
    }

    @Override
    protected String endless() {
        one.fault(Fault.HANG_MID_STREAM);
        two.fault(Fault.HANG_MID_STREAM);
        return "";
    }

    @Override
    protected int active() {
        return one.active() + two.active();
    }

    @Test
    void whereOneIsGoneTheOtherAnswers() {
        Model model = model(DataClass.SECRET);
        one.fault(Fault.REFUSE);

        for (int i = 0; i < 12; i++) {
            assertThat(ask(model, "", false)).isNotInstanceOf(Outcome.Failed.class);
        }

        assertThat(model.healthy()).isTrue();
    }
}
