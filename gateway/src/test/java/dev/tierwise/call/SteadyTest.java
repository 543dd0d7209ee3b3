package dev.tierwise.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Model.Standing;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SteadyTest {
    private static final ModelCard CARD =
            new ModelCard(
                    "m",
                    "up",
                    "m",
                    Tier.LOCAL,
                    DataClass.SECRET,
                    ModelCard.HOST,
                    0,
                    Set.of(),
                    Price.FREE);
    private static final Failure CUT = new Failure.Broken("cut", Failure.Fault.CUT);
    private static final Outcome GOOD =
            new Outcome.Whole(new Answer(new Body(new byte[0]), Usage.NONE, "stop"));

    private final List<Try> failed = new ArrayList<>();
    private final Steady.Places places = new Steady.Places(1);

    @Test
    void anotherTryMendsAPassingFault() {
        Steady model = steady(2, failed(CUT), GOOD);

        Outcome outcome = model.ask(clearance(), call());

        assertThat(outcome).isEqualTo(GOOD);
        assertThat(failed).extracting(Try::failure).containsExactly(CUT);
    }

    @Test
    void triesEnd() {
        Steady model = steady(1, failed(CUT), failed(CUT), GOOD);

        Outcome outcome = model.ask(clearance(), call());

        assertThat(outcome).isEqualTo(failed(CUT));
        assertThat(failed).hasSize(2);
    }

    @Test
    void arefusedRequestIsNotTriedAgain() {
        var refused = new Failure.Rejected("no", 400, new Body(new byte[0]));
        Steady model = steady(5, failed(refused), GOOD);

        Outcome outcome = model.ask(clearance(), call());

        assertThat(outcome).isEqualTo(failed(refused));
        assertThat(failed).hasSize(1);
    }

    @Test
    void aPauseLongerThanPatienceIsNotWaited() {
        var busy = new Failure.Overloaded("busy", Duration.ofHours(1));
        Steady model = steady(5, failed(busy), GOOD);

        Outcome outcome = model.ask(clearance(), call());

        assertThat(outcome).isEqualTo(failed(busy));
    }

    @Test
    void repeatedFailuresOpenTheBreaker() {
        Supplier<Outcome> always = () -> failed(CUT);
        Steady model = new Steady(model(always), places, endurance(0), Clock.systemUTC());

        for (int i = 0; i < 5; i++) {
            model.ask(clearance(), call());
        }
        Outcome outcome = model.ask(clearance(), call());

        assertThat(model.healthy()).isFalse();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failure ->
                                assertThat(failure.failure())
                                        .isInstanceOfSatisfying(
                                                Failure.Broken.class,
                                                broken ->
                                                        assertThat(broken.kind())
                                                                .isEqualTo(
                                                                        Failure.Fault
                                                                                .BREAKER_OPEN)));
    }

    @Test
    void whoHasRestedIsAskedAgain() {
        var clock = new Later();
        var outcomes = new ArrayDeque<Outcome>();
        Model inner = model(() -> outcomes.isEmpty() ? failed(CUT) : outcomes.remove());
        Steady model = new Steady(inner, places, endurance(0), clock);
        for (int i = 0; i < 5; i++) {
            model.ask(clearance(), call());
        }
        boolean open = model.healthy();
        outcomes.add(GOOD);
        clock.now = clock.now.plusSeconds(11);

        boolean rested = model.healthy();
        Outcome outcome = model.ask(clearance(), call());

        assertThat(open).isFalse();
        assertThat(rested).isTrue();
        assertThat(outcome).isEqualTo(GOOD);
    }

    @Test
    void aStreamKeepsItsPlaceUntilItsEnd() {
        Steady model = steady(0, new Outcome.Begun(new Silence()), GOOD, GOOD);

        Outcome first = model.ask(clearance(), call());
        Outcome second = model.ask(clearance(), call());
        ((Outcome.Begun) first).stream().drop();
        Outcome third = model.ask(clearance(), call());

        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failure ->
                                assertThat(failure.failure()).isInstanceOf(Failure.Timeout.class));
        assertThat(third).isEqualTo(GOOD);
    }

    @Test
    void aClientThatLeavesWhileWaitingForAPlaceIsAbandoned() throws InterruptedException {
        var patient = new Endurance(0, 1, Duration.ofMinutes(5), Duration.ZERO);
        Steady model =
                new Steady(
                        model(() -> new Outcome.Begun(new Silence())),
                        places,
                        patient,
                        Clock.systemUTC());
        model.ask(clearance(), call());
        var outcomes = new ArrayList<Outcome>();
        var started = new CountDownLatch(1);
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            started.countDown();
                            outcomes.add(model.ask(clearance(), call()));
                        });

        started.await();
        waiting.interrupt();
        waiting.join(Duration.ofSeconds(10));

        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failure ->
                                assertThat(failure.failure())
                                        .isInstanceOf(Failure.Abandoned.class));
    }

    @Test
    void whoRunsAndWhoWaitsIsKnown() throws InterruptedException {
        var patient = new Endurance(0, 1, Duration.ofMinutes(5), Duration.ZERO);
        Steady model =
                new Steady(
                        model(() -> new Outcome.Begun(new Silence())),
                        places,
                        patient,
                        Clock.systemUTC());
        Standing idle = model.standing();
        AnswerStream stream = ((Outcome.Begun) model.ask(clearance(), call())).stream();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() ->
                                ((Outcome.Begun) model.ask(clearance(), call())).stream().drop());
        while (model.standing().waiting() == 0) {
            Thread.onSpinWait();
        }

        Standing busy = model.standing();
        stream.drop();
        waiting.join(Duration.ofSeconds(30));
        Standing after = model.standing();

        assertThat(idle)
                .isEqualTo(
                        new Standing(
                                0, 0, 1, Standing.Loaded.UNKNOWN, Double.NaN, Double.NaN, null));
        assertThat(busy.running()).isEqualTo(1);
        assertThat(busy.waiting()).isEqualTo(1);
        assertThat(after.running()).isZero();
        assertThat(after.waiting()).isZero();
        assertThat(after.lastUsed()).isNotNull();
    }

    @Test
    void thoseWhoWaitWithinTheModelCountAsWaiting() {
        var many = new Steady.Places(5);
        var within = Standing.of(Standing.Loaded.YES, 2);
        var endurance = new Endurance(0, 5, Duration.ZERO, Duration.ZERO);
        Model slots = model(() -> new Outcome.Begun(new Silence()), within);
        Steady model = new Steady(slots, many, endurance, Clock.systemUTC());

        for (int i = 0; i < 5; i++) {
            model.ask(clearance(), call());
        }

        Standing standing = model.standing();
        assertThat(standing.places()).isEqualTo(2);
        assertThat(standing.running()).isEqualTo(2);
        assertThat(standing.waiting()).isEqualTo(3);
        assertThat(standing.loaded()).isEqualTo(Standing.Loaded.YES);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Steady model = steady(0, new Outcome.Begun(new Silence()), GOOD);
        AnswerStream stream = ((Outcome.Begun) model.ask(clearance(), call())).stream();

        stream.relay(new ModelContract.Gathered());
        stream.drop();

        assertThat(model.standing().running()).isZero();
    }

    private Steady steady(int retries, Outcome... script) {
        Queue<Outcome> left = new ArrayDeque<>(List.of(script));
        return new Steady(model(left::remove), places, endurance(retries), Clock.systemUTC());
    }

    private static Model model(Supplier<Outcome> script) {
        return model(script, Standing.UNKNOWN);
    }

    private static Model model(Supplier<Outcome> script, Standing standing) {
        return new Model() {
            @Override
            public Standing standing() {
                return standing;
            }

            @Override
            public ModelCard card() {
                return CARD;
            }

            @Override
            public boolean healthy() {
                return true;
            }

            @Override
            public Outcome ask(Clearance clearance, Call call) {
                return script.get();
            }
        };
    }

    private static Endurance endurance(int retries) {
        return new Endurance(retries, 1, Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure);
    }

    private Call call() {
        return new Call("r", Runnable::run, failed::add);
    }

    private static Clearance clearance() {
        var prompt =
                new Prompt("m", List.of(), Set.of(), false, false, 0, 0, new Body(new byte[0]));
        return Clearances.of(prompt, new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL));
    }

    /// A clock that is moved by hand.
    private static final class Later extends Clock {
        private Instant now = Instant.parse("2026-12-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /// A stream of nothing.
    private static final class Silence implements AnswerStream {
        private static final Ending NOTHING = new Ending(null, Usage.NONE, "", Duration.ZERO);

        @Override
        public void start(Sink sink, Runnable ended) {
            ended.run();
        }

        @Override
        public Ending end() {
            return NOTHING;
        }

        @Override
        public Ending drop() {
            return NOTHING;
        }
    }
}
