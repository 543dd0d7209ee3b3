package dev.tierwise.call.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Endurance;
import dev.tierwise.call.Model;
import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Model.Standing.Loaded;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.call.Try;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Failure.Fault;
import dev.tierwise.core.Failure.Phase;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolTest {
    private static final Outcome GOOD =
            new Outcome.Whole(new Answer(new Body(new byte[0]), Usage.NONE, "stop"));

    private final List<Try> failed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Scripted near = new Scripted(card("near", ModelCard.HOST, DataClass.SECRET));
    private final Scripted far = new Scripted(card("far", ModelCard.HOST, DataClass.SECRET));

    @Test
    void theOneThatHasTheModelLoadedIsAsked() {
        near.standing = Standing.of(Loaded.NO, 1);
        far.standing = Standing.of(Loaded.YES, 1);

        Outcome outcome = pool(0).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome).isEqualTo(GOOD);
        assertThat(asked).containsExactly("far");
        assertThat(near.asks()).isZero();
    }

    static Stream<Failure> notHere() {
        return Stream.of(
                new Failure.Broken("refused", Fault.REFUSED),
                new Failure.Broken("open", Fault.BREAKER_OPEN),
                new Failure.Broken("missing", Fault.MODEL_MISSING),
                new Failure.Broken("key", Fault.CREDENTIALS),
                new Failure.Broken("500", Fault.SERVER_ERROR),
                new Failure.Timeout("connect", Phase.CONNECT),
                new Failure.Timeout("queue", Phase.QUEUE),
                new Failure.Timeout("first", Phase.FIRST_BYTE),
                new Failure.Overloaded("busy", null),
                new Failure.Unready("loading"));
    }

    @ParameterizedTest
    @MethodSource("notHere")
    void whatFailsHereIsAskedThere(Failure failure) {
        near.outcome = new Outcome.Failed(failure);

        Outcome outcome = pool(0).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome).isEqualTo(GOOD);
        assertThat(asked).containsExactly("near", "far");
    }

    static Stream<Failure> theRequest() {
        return Stream.of(
                new Failure.Rejected("no", 400, new Body(new byte[0])),
                new Failure.Malformed("no", null),
                new Failure.TooLarge("no"),
                new Failure.Vetoed("no", "context_length_exceeded"),
                new Failure.Timeout("long", Phase.IDLE),
                new Failure.Timeout("long", Phase.TOTAL),
                new Failure.Abandoned("left"));
    }

    @ParameterizedTest
    @MethodSource("theRequest")
    void whatIsWrongWithTheRequestIsNotAskedElsewhere(Failure failure) {
        near.outcome = new Outcome.Failed(failure);

        Outcome outcome = pool(3).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome).isEqualTo(new Outcome.Failed(failure));
        assertThat(far.asks()).isZero();
    }

    @Test
    void whereAllFailEachIsNamed() {
        near.outcome = broken("near is down.");
        far.outcome = broken("far is down.");

        Outcome outcome = pool(0).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome)
                .isEqualTo(
                        broken(
                                "None of the upstreams of model `m` answers. near is down. far is"
                                        + " down."));
    }

    @Test
    void aBusySiteTellsWhenToComeBack() {
        near.outcome = broken("near is down.");
        far.outcome =
                new Outcome.Failed(new Failure.Overloaded("far is full.", Duration.ofSeconds(7)));

        Outcome outcome = pool(0).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Failed(
                                new Failure.Overloaded(
                                        "None of the upstreams of model `m` answers. near is down. far is full.",
                                        Duration.ofSeconds(7))));
    }

    @Test
    void allAreAskedAgainWhereAMomentMayHelp() {
        near.outcome = broken("near is down.");
        far.outcome = broken("far is down.");
        far.then = GOOD;

        Outcome outcome = pool(1).ask(clearance(DataClass.INTERNAL), call());

        assertThat(outcome).isEqualTo(GOOD);
        assertThat(far.asks()).isEqualTo(2);
    }

    @Test
    void aFullSiteComesLastForAWhile() {
        near.outcome = new Outcome.Failed(new Failure.Overloaded("full", Duration.ofSeconds(30)));
        Pool pool = pool(0);
        pool.ask(clearance(DataClass.INTERNAL), call());

        pool.ask(clearance(DataClass.INTERNAL), call());

        assertThat(near.asks()).isEqualTo(1);
        assertThat(asked).containsExactly("near", "far", "far");
    }

    @Test
    void requestsThatComeTogetherDoNotAllGoToOneSite() throws InterruptedException {
        near.gate = new CountDownLatch(1);
        far.gate = near.gate;
        Pool pool = pool(0);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 10; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> pool.ask(clearance(DataClass.INTERNAL), silent())));
        }
        while (near.inside() + far.inside() < 10) {
            Thread.onSpinWait();
        }

        int here = near.inside();
        near.gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(here).isEqualTo(5);
    }

    @Test
    void aStreamCountsUntilItsEnd() {
        near.outcome = new Outcome.Begun(new Quiet());
        far.outcome = new Outcome.Begun(new Quiet());
        Pool pool = pool(0);

        AnswerStream first = begun(pool.ask(clearance(DataClass.INTERNAL), call()));
        AnswerStream second = begun(pool.ask(clearance(DataClass.INTERNAL), call()));
        first.drop();
        first.end();
        begun(pool.ask(clearance(DataClass.INTERNAL), call()));
        second.end();

        assertThat(asked).containsExactly("near", "far", "near");
    }

    @Test
    void itIsHealthyWhileOneIs() {
        near.healthy = false;
        boolean one = pool(0).healthy();
        far.healthy = false;

        assertThat(one).isTrue();
        assertThat(pool(0).healthy()).isFalse();
    }

    @Test
    void aSiteIsShownNothingThatItIsNotClearedFor() {
        var cloud = new Scripted(card("cloud", ModelCard.CLOUD, DataClass.SECRET));
        var low = new Scripted(card("low", ModelCard.HOST, DataClass.INTERNAL));
        cloud.standing = Standing.of(Loaded.YES, 8);
        low.standing = Standing.of(Loaded.YES, 8);
        near.standing = Standing.of(Loaded.NO, 1);
        Pool pool = pool(2, near, cloud, low);

        pool.ask(clearance(DataClass.PHI), call());
        near.outcome = broken("down");
        Outcome outcome = pool.ask(clearance(DataClass.PHI), call());

        assertThat(cloud.asks()).isZero();
        assertThat(low.asks()).isZero();
        assertThat(outcome).isEqualTo(broken("down"));
    }

    @Test
    void aRequestGoesToASiteThatCanDoWhatItNeeds() {
        var able = new Scripted(card("able", 4096, Capability.TOOLS));
        var small = new Scripted(card("small", 10, Capability.TOOLS));
        able.standing = Standing.of(Loaded.NO, 1);
        Pool pool = pool(0, near, small, able);
        var prompt =
                new Prompt(
                        "m",
                        List.of(),
                        Set.of(Capability.TOOLS),
                        false,
                        false,
                        100,
                        1,
                        new Body(new byte[0]));

        pool.ask(clearance(prompt, DataClass.INTERNAL), call());
        able.outcome = broken("down");
        Outcome outcome = pool.ask(clearance(prompt, DataClass.INTERNAL), call());

        assertThat(asked).containsExactly("able", "able");
        assertThat(outcome).isEqualTo(broken("down"));
    }

    private static ModelCard card(String upstream, long context, Capability... can) {
        return new ModelCard(
                "m",
                upstream,
                "m",
                Tier.LOCAL,
                DataClass.SECRET,
                ModelCard.HOST,
                context,
                Set.of(can),
                Price.FREE);
    }

    @Test
    void whereNoSiteMaySeeItNobodyIsAsked() {
        var cloud = new Scripted(card("cloud", ModelCard.CLOUD, DataClass.SECRET));
        var other = new Scripted(card("other", ModelCard.CLOUD, DataClass.SECRET));
        Pool pool = pool(2, cloud, other);
        Clearance clearance = clearance(DataClass.PHI);

        Outcome outcome = pool.ask(clearance, call());

        assertThat(clearance.objection(pool.card())).isNotNull();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        it -> assertThat(it.failure()).isInstanceOf(Failure.Uncleared.class));
        assertThat(cloud.asks() + other.asks()).isZero();
    }

    @Test
    void theWholeIsPlannedWhereOneSiteMaySeeItAndCannotBeSentAnything() {
        var cloud = new Scripted(card("cloud", ModelCard.CLOUD, DataClass.SECRET));
        Pool pool = pool(0, near, cloud);
        Clearance clearance = clearance(DataClass.PHI);
        Body body = clearance.prompt().body();

        assertThat(clearance.allows(pool.card())).isTrue();
        assertThat(clearance.permit(body, pool.card(), "127.0.0.1:1", Duration.ofSeconds(9)))
                .isEmpty();
        assertThat(clearance.permit(body, cloud.card(), "127.0.0.1:1", Duration.ofSeconds(9)))
                .isEmpty();
        assertThat(clearance.permit(body, near.card(), "127.0.0.1:1", Duration.ofSeconds(9)))
                .isPresent();
    }

    private Pool pool(int retries) {
        return pool(retries, near, far);
    }

    private static Pool pool(int retries, Scripted... sites) {
        List<ModelCard> cards = Stream.of(sites).map(Scripted::card).toList();
        var card =
                new ModelCard(
                        "m",
                        "all",
                        "m",
                        Tier.LOCAL,
                        DataClass.INTERNAL,
                        ModelCard.CLOUD,
                        0,
                        Set.of(),
                        Price.FREE,
                        cards);
        var endurance = new Endurance(retries, 1, Duration.ZERO, Duration.ofSeconds(5));
        return new Pool(card, List.of(sites), endurance, Clock.systemUTC());
    }

    private static ModelCard card(String upstream, String zone, DataClass clearance) {
        return new ModelCard(
                "m", upstream, "m", Tier.LOCAL, clearance, zone, 0, Set.of(), Price.FREE);
    }

    private Call call() {
        return new Call("r", Runnable::run, failed::add, site -> asked.add(site.upstream()));
    }

    private static Call silent() {
        return new Call("r", Runnable::run, _ -> {});
    }

    private static Clearance clearance(DataClass dataClass) {
        var prompt =
                new Prompt("m", List.of(), Set.of(), false, false, 0, 0, new Body(new byte[0]));
        return clearance(prompt, dataClass);
    }

    private static Clearance clearance(Prompt prompt, DataClass dataClass) {
        return Clearances.of(prompt, new Caller("k", null, Tier.LOCAL, null, dataClass));
    }

    private static Outcome broken(String message) {
        return new Outcome.Failed(new Failure.Broken(message, Fault.REFUSED));
    }

    private static AnswerStream begun(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Begun.class);
        return ((Outcome.Begun) outcome).stream();
    }

    /// A site that does what it is told.
    private static final class Scripted implements Model {
        private final ModelCard card;
        private volatile Standing standing = Standing.of(Loaded.YES, 1);
        private volatile Outcome outcome = GOOD;
        private volatile @Nullable Outcome then;
        private volatile boolean healthy = true;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger asks = new AtomicInteger();

        Scripted(ModelCard card) {
            this.card = card;
        }

        int asks() {
            return asks.get();
        }

        int inside() {
            return inside.get();
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public boolean healthy() {
            return healthy;
        }

        @Override
        public Standing standing() {
            return standing;
        }

        @Override
        public Outcome ask(Clearance clearance, Call call) {
            inside.incrementAndGet();
            try {
                gate.await();
                return asks.incrementAndGet() == 1 || then == null ? outcome : then;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Outcome.Failed(new Failure.Abandoned("left"));
            } finally {
                inside.decrementAndGet();
            }
        }
    }

    /// A stream of nothing.
    private static final class Quiet implements AnswerStream {
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
