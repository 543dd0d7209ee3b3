package dev.tierwise.call.http;

import dev.tierwise.call.Model;
import dev.tierwise.call.ModelContract;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
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

/// The contract of all models, kept by those behind HTTP in each dialect.
class HttpModelTest {
    @Nested
    class OfOpenAi extends Contract {
        OfOpenAi() {
            super(Endpoint.Api.OPENAI, "/v1");
        }
    }

    @Nested
    class OfOllama extends Contract {
        OfOllama() {
            super(Endpoint.Api.OLLAMA, "");
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
            upstream = new Upstream(vertx, endpoint, 1);
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
    }
}
