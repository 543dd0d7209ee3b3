package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.Model.Standing.Loaded;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Patience;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BorrowedModelTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Rules RULES =
            new Rules(100, true, 1, Duration.ZERO, Duration.ZERO, null, LONG, 9, null);

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA);
    private final RuntimeState state = new RuntimeState(100, 1).with("a:latest", 80);
    private final List<Integer> users = new ArrayList<>();
    private Residency residency;

    @BeforeEach
    void begin() {
        fake.runtime(state);
        var fetch = new HttpFetch(vertx);
        var server = new RuntimeServer("it", fake.url(), Map.of());
        residency =
                new Residency(
                        new OllamaControl(fetch, fetch, server),
                        Order::of,
                        RULES,
                        Residency.Timing.USUAL,
                        List.of(new Lodger("a:latest", 80L, 2, null)),
                        List.of());
        assertThat(FakeUpstream.await(() -> residency.lodges("a"), LONG)).isTrue();
    }

    @AfterEach
    void end() throws Exception {
        residency.close();
        fake.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /// A model that notes how many use it while it is asked.
    private final class Noting implements Model {
        private final String name;
        private final Supplier<Outcome> outcome;

        Noting(String name, Supplier<Outcome> outcome) {
            this.name = name;
            this.outcome = outcome;
        }

        @Override
        public ModelCard card() {
            return new ModelCard(
                    name,
                    "it",
                    name,
                    Tier.LOCAL,
                    DataClass.INTERNAL,
                    ModelCard.HOST,
                    0,
                    Set.of(),
                    Price.FREE);
        }

        @Override
        public boolean healthy() {
            return true;
        }

        @Override
        public Outcome ask(Clearance clearance, Call call) {
            users.add(using());
            return outcome.get();
        }
    }

    private int using() {
        return residency.seen("a").map(Residency.Seen::users).orElse(0);
    }

    private BorrowedModel borrowed(String name, Supplier<Outcome> outcome) {
        return new BorrowedModel(new Noting(name, outcome), residency, new Patience(LONG, LONG));
    }

    private static Outcome ask(Model model) {
        var prompt =
                new Prompt("m", List.of(), Set.of(), false, false, 0, 0, new Body(new byte[0]));
        var caller = new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL);
        return model.ask(Clearances.of(prompt, caller), new Call("r", Runnable::run, _ -> {}));
    }

    private static Outcome failed() {
        return new Outcome.Failed(new Failure.Unready("no"));
    }

    @Test
    void aModelIsInUseAsLongAsItIsAsked() {
        Outcome outcome = ask(borrowed("a", BorrowedModelTest::failed));

        assertThat(outcome).isEqualTo(failed());
        assertThat(users).containsExactly(1);
        assertThat(using()).isZero();
        assertThat(state.log()).containsExactly("load a:latest");
    }

    @Test
    void aModelThatThrowsIsGivenBack() {
        Model broken =
                borrowed(
                        "a",
                        () -> {
                            throw new IllegalStateException("bug");
                        });

        assertThatThrownBy(() -> ask(broken)).hasMessage("bug");
        assertThat(using()).isZero();
    }

    /// A stream that has nothing to say.
    private static final class Empty implements AnswerStream {
        private static Ending ending() {
            return new Ending(null, Usage.NONE, "stop", Duration.ZERO);
        }

        @Override
        public void start(Sink sink, Runnable ended) {
            ended.run();
        }

        @Override
        public Ending end() {
            return ending();
        }

        @Override
        public Ending drop() {
            return ending();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamKeepsItsModelUntilItHasEnded(boolean relayed) {
        Outcome outcome = ask(borrowed("a", () -> new Outcome.Begun(new Empty())));

        int between = using();
        AnswerStream stream = ((Outcome.Begun) outcome).stream();
        Ending ending = relayed ? stream.end() : stream.drop();

        assertThat(between).isEqualTo(1);
        assertThat(ending.failure()).isNull();
        assertThat(using()).isZero();
    }

    @Test
    void aModelThatIsNotOfTheRuntimeIsAskedAsItIs() {
        Outcome outcome = ask(borrowed("stranger", BorrowedModelTest::failed));

        assertThat(outcome).isEqualTo(failed());
        assertThat(users).containsExactly(0);
        assertThat(state.log()).isEmpty();
    }

    @Test
    void theRouterHearsWhatIsLoadedAndWhoUsesIt() {
        BorrowedModel model = borrowed("a", () -> new Outcome.Begun(new Empty()));
        Loaded before = model.standing().loaded();

        AnswerStream stream = ((Outcome.Begun) ask(model)).stream();
        Model.Standing during = model.standing();
        stream.end();

        assertThat(before).isEqualTo(Loaded.NO);
        assertThat(during.loaded()).isEqualTo(Loaded.YES);
        assertThat(during.running()).isEqualTo(1);
        assertThat(model.standing().running()).isZero();
    }
}
