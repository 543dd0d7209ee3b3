package dev.tierwise.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.ModelContract;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.held.Holding;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract of all models, kept by those behind HTTP in each dialect.
class HttpModelTest {
    @Nested
    class OfOpenAi extends Contract {
        OfOpenAi() {
            super(Endpoint.Api.OPENAI, "/v1");
        }

        @Test
        void whetherItIsInMemoryIsNotKnown() {
            Model model = model(DataClass.SECRET);

            ask(model, "", false);

            assertThat(model.standing()).isEqualTo(Model.Standing.UNKNOWN);
        }
    }

    @Nested
    class OfOllama extends Contract {
        OfOllama() {
            super(Endpoint.Api.OLLAMA, "");
        }

        @Test
        void whatAnsweredAMomentAgoIsInMemory() {
            Model model = model(DataClass.SECRET);
            Model.Standing before = model.standing();

            ask(model, "", false);

            assertThat(before.loaded()).isEqualTo(Model.Standing.Loaded.UNKNOWN);
            assertThat(model.standing().loaded()).isEqualTo(Model.Standing.Loaded.YES);
        }
    }

    abstract static class Contract extends ModelContract {
        private static final Endpoint.Limits LIMITS =
                new Endpoint.Limits(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));

        private final FakeUpstream fake = FakeUpstream.start();
        private final Vertx vertx = Vertx.vertx();
        private final Context context = vertx.getOrCreateContext();
        private final Upstream upstream;

        Contract(Endpoint.Api api, String path) {
            var endpoint =
                    new Endpoint(
                            "up", URI.create(fake.url() + path), Map.of(), api, true, null, LIMITS);
            upstream = new Upstream(vertx, endpoint, 1, new Windows());
        }

        @AfterEach
        void stop() throws Exception {
            upstream.close(Duration.ZERO);
            vertx.close().await(10, TimeUnit.SECONDS);
            fake.close();
        }

        @Override
        protected Model model(DataClass clearance) {
            var card =
                    new ModelCard(
                            "m",
                            "up",
                            "m",
                            Tier.LOCAL,
                            clearance,
                            ModelCard.HOST,
                            0,
                            Set.of(),
                            Price.FREE);
            return new HttpModel(card, upstream);
        }

        @Override
        protected Executor loop() {
            return task -> context.runOnContext(_ -> task.run());
        }

        @Override
        protected String brief() {
            fake.fault(Fault.NONE);
            return "";
        }

        @Override
        protected String endless() {
            fake.fault(Fault.HANG_MID_STREAM);
            return "";
        }

        @Override
        protected int active() {
            return fake.active();
        }

        @Test
        void aStreamThatIsCutWhileItIsHeldSendsNothing() {
            fake.fault(Fault.CUT_MID_STREAM);
            fake.script(fake.script().withChunkDelay(Duration.ofMillis(20)));
            var client = new Gathered();
            Outcome outcome = ask(model(DataClass.SECRET), "", true);
            while (outcome instanceof Outcome.Failed) { // the cut was there before the first event
                outcome = ask(model(DataClass.SECRET), "", true);
            }
            Holding holding = Holding.of(begun(outcome));

            Reply prefix = holding.await(Holding.WHOLE);
            Ending ending = holding.release(client);

            assertThat(prefix.text()).isNotEmpty();
            assertThat(holding.failure())
                    .isInstanceOfSatisfying(
                            Failure.Broken.class,
                            broken -> assertThat(broken.kind()).isEqualTo(Failure.Fault.CUT));
            assertThat(ending.failure()).isEqualTo(holding.failure());
            assertThat(holding.sent()).isFalse();
            assertThat(client.data()).isEmpty();
        }

        @Test
        void anUpstreamThatSaysTooMuchWaits() {
            fake.settings(FaultSettings.defaults().withHugeBytes(64L << 20));
            fake.fault(Fault.HUGE);
            Holding holding = Holding.of(begun(ask(model(DataClass.SECRET), "", true)));

            holding.await(Holding.WHOLE);
            boolean overflowed = holding.overflowed();
            Ending ending = holding.discard();

            assertThat(overflowed).isTrue();
            assertThat(holding.ended()).isFalse();
            assertThat(ending.failure()).isNull();
            assertThat(FakeUpstream.await(() -> fake.abandoned() == 1, Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(fake.bytesWritten()).isLessThan(48L << 20);
        }
    }
}
