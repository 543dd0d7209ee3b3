package dev.tierwise.call.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.ModelContract.Gathered;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.held.Heard;
import dev.tierwise.call.held.Holding;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpModel;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.call.http.Windows;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Script;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two models behind HTTP, one of which looks at what the other says.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsidesOverHttpTest {
    private static final Endpoint.Limits LIMITS =
            new Endpoint.Limits(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5));

    private final FakeUpstream fake = FakeUpstream.start();
    private final FakeUpstream second = FakeUpstream.start();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Upstream> upstreams = new ArrayList<>();
    private final Call call = new Call("r", task -> context.runOnContext(_ -> task.run()), _ -> {});
    private final Clearance clearance =
            clearance(
                    "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Capital of France?\"}]}");

    @AfterEach
    void stop() throws Exception {
        upstreams.forEach(upstream -> upstream.close(Duration.ZERO));
        vertx.close().await(10, TimeUnit.SECONDS);
        fake.close();
        second.close();
    }

    @Test
    void aJudgeTellsRightFromWrong() {
        second.judge("Paris");
        Model judge =
                model(second, Endpoint.Api.OPENAI, Capability.LOGPROBS, Capability.JSON_SCHEMA);
        Model plain = model(second, Endpoint.Api.OLLAMA, Capability.JSON_MODE);

        double right = verdict(judge, "It is Paris.");
        double wrong = verdict(judge, "It is Lyon.");
        double declared = verdict(plain, "It is Paris.");

        assertThat(right).isCloseTo(0.893, within(0.001));
        assertThat(wrong).isCloseTo(0.107, within(0.001));
        assertThat(declared).isEqualTo(0.8);
    }

    private double verdict(Model judge, String answer) {
        Judging judging =
                Judging.about(clearance, new Reply(answer, "stop"), judge.card()).orElseThrow();
        Outcome outcome = judge.ask(judging.clearance(), call);
        return Judging.verdict(reply(outcome)).orElseThrow();
    }

    @Test
    void aSecondModelIsAskedWhileTheFirstAnswerIsHeld() {
        fake.script(Script.of("It is Paris."));
        second.script(Script.of("Paris"));
        Model small = model(fake, Endpoint.Api.OPENAI, Capability.LOGPROBS);
        var client = new Gathered();

        var first = (Outcome.Begun) small.ask(Asides.withChances(clearance), call);
        Holding holding = Holding.of(first.stream());
        try (Beside beside =
                Beside.ask(model(second, Endpoint.Api.OPENAI), Asides.whole(clearance), call)) {
            Reply held = holding.await(Holding.WHOLE);
            Reply other = reply(beside.await());
            holding.release(Asides.withoutChances(client));

            assertThat(held.tokens()).isNotEmpty();
            assertThat(held.tokens().getFirst().runnerUp()).isEqualTo(-2.25);
            assertThat(other.text()).isEqualTo("Paris");
        }
        assertThat(client.text()).isEqualTo("It is Paris.");
        assertThat(client.data()).noneMatch(event -> event.contains("\"token\""));
        assertThat(fake.received().getFirst().text()).contains("\"stream\":true");
        assertThat(second.received().getFirst().text()).doesNotContain("stream");
        assertThat(clearance.permits()).hasSize(2);
    }

    @Test
    void aClientThatLeavesEndsBoth() throws Exception {
        fake.fault(Fault.HANG_MID_STREAM);
        second.fault(Fault.HANG_BEFORE_HEAD);
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            Model small = model(fake, Endpoint.Api.OPENAI);
                            var first = (Outcome.Begun) small.ask(clearance, call);
                            Holding holding = Holding.of(first.stream());
                            try (Beside _ =
                                    Beside.ask(
                                            model(second, Endpoint.Api.OPENAI),
                                            Asides.whole(clearance),
                                            call)) {
                                holding.await(Holding.WHOLE);
                                holding.discard();
                            }
                        });
        assertThat(soon(() -> fake.active() == 1 && second.active() == 1)).isTrue();

        thread.interrupt();

        assertThat(soon(() -> fake.abandoned() == 1 && second.abandoned() == 1)).isTrue();
        assertThat(fake.active() + second.active()).isZero();
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }

    private static boolean soon(BooleanSupplier condition) {
        return FakeUpstream.await(condition, Duration.ofSeconds(30));
    }

    private static Reply reply(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Whole.class);
        return Heard.of(((Outcome.Whole) outcome).answer());
    }

    private Model model(FakeUpstream at, Endpoint.Api api, Capability... capabilities) {
        String path = api == Endpoint.Api.OPENAI ? "/v1" : "";
        var endpoint =
                new Endpoint("up", URI.create(at.url() + path), Map.of(), api, true, null, LIMITS);
        var upstream = new Upstream(vertx, endpoint, 4, new Windows());
        synchronized (upstreams) {
            upstreams.add(upstream);
        }
        var card =
                new ModelCard(
                        "m",
                        "up",
                        "m",
                        Tier.LOCAL,
                        DataClass.SECRET,
                        ModelCard.HOST,
                        0,
                        Set.of(capabilities),
                        Price.FREE);
        return new HttpModel(card, upstream);
    }

    private static Clearance clearance(String json) {
        return switch (ChatReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) ->
                    Clearances.of(
                            prompt, new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL));
            case Read.Bad<Prompt>(var problem) -> throw new AssertionError(problem.message());
        };
    }
}
