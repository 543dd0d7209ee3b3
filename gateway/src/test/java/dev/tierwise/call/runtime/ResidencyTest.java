package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.Residency.Asked;
import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Patience;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.call.runtime.Residency.Timing;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A residency on a fake Ollama with three models and room for one.
class ResidencyTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Patience PATIENT = new Patience(LONG, LONG);
    private static final Patience HASTY = new Patience(SHORT, SHORT);
    private static final List<String> NAMES = List.of("a:latest", "b:latest", "c:latest");
    private static final Rules RULES =
            new Rules(
                    100,
                    true,
                    1,
                    Duration.ofMillis(20),
                    Duration.ofMillis(60),
                    null,
                    Duration.ofMillis(100),
                    500,
                    null);
    private static final Timing TIMING =
            new Timing(LONG, LONG, Duration.ofMillis(20), Duration.ofSeconds(5));
    private static Vertx vertx;

    private final RuntimeState state = new RuntimeState(100, 1);
    private final FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA);

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        state.go();
        for (AutoCloseable each : open) {
            each.close();
        }
        fake.close();
    }

    private Residency residency(List<String> defaults) {
        return residency(defaults, TIMING);
    }

    private Residency residency(List<String> defaults, Timing timing) {
        NAMES.forEach(it -> state.with(it, 80));
        fake.runtime(state);
        var fetch = new HttpFetch(vertx);
        var server = new RuntimeServer("it", fake.url(), Map.of());
        var lodgers = NAMES.stream().map(it -> new Lodger(it, 80L, 2, null)).toList();
        var residency =
                new Residency(
                        new OllamaControl(fetch, fetch, server),
                        Order::of,
                        RULES,
                        timing,
                        lodgers,
                        defaults);
        open.add(residency);
        return residency;
    }

    private static Failure refused(@Nullable Asked asked) {
        return asked instanceof Asked.Refused(Failure failure)
                ? failure
                : fail("not refused: " + asked);
    }

    private static void giveBack(Asked asked) {
        assertThat(asked).isInstanceOf(Asked.Lent.class);
        ((Asked.Lent) asked).giveBack().run();
    }

    @Test
    void defaultsAreLoadedWithoutARequest() {
        residency(List.of("b:latest"));

        boolean there = FakeUpstream.await(() -> state.loaded().contains("b:latest"), LONG);

        assertThat(there).isTrue();
    }

    @Test
    void defaultsComeBackAfterOthers() {
        Residency residency = residency(List.of("b:latest"));

        giveBack(residency.ask("a", PATIENT));
        boolean back = FakeUpstream.await(() -> state.loaded().equals(List.of("b:latest")), LONG);

        assertThat(back).isTrue();
        assertThat(state.log()).contains("load a:latest", "unload a:latest");
    }

    @Test
    void manyRequestsForManyModelsAreAllServedAndNoneIsSwappedAway() throws Exception {
        Residency residency = residency(List.of());
        var wrong = new AtomicReference<String>();
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 120; i++) {
            String model = NAMES.get(i * 7 % 3);
            work.add(() -> {
                Asked asked = residency.ask(model, PATIENT);
                if (!(asked instanceof Asked.Lent(Runnable back))) {
                    wrong.set(String.valueOf(asked));
                    return false;
                }
                for (int look = 0; look < 30; look++) {
                    if (!state.loaded().contains(model)) {
                        wrong.set(model + " was swapped while it was used");
                    }
                    Thread.onSpinWait();
                }
                back.run();
                return true;
            });
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(work)) {
                assertThat(each.get()).as("%s", wrong.get()).isTrue();
            }
        }

        assertThat(wrong.get()).isNull();
        assertThat(state.log()).noneMatch(it -> it.startsWith("evict"));
        assertThat(state.log().stream().filter(it -> it.startsWith("load"))).hasSizeLessThan(40);
    }

    @Test
    void aModelThatWasPutOutIsLoadedAgain() {
        Residency residency = residency(List.of());
        giveBack(residency.ask("a", PATIENT));

        state.evict("a:latest");
        boolean seen =
                FakeUpstream.await(
                        () -> residency.seen().stream().noneMatch(Residency.Seen::loaded), LONG);
        giveBack(residency.ask("a", PATIENT));

        assertThat(seen).isTrue();
        assertThat(state.log()).containsExactly("load a:latest", "evict a:latest", "load a:latest");
    }

    @Test
    void aLoadThatFailsIsToldToWhoeverWaits() {
        Residency residency = residency(List.of());
        state.refuse("out of memory");

        Failure failure = refused(residency.ask("a", PATIENT));

        assertThat(failure.message()).contains("it (http://127.0.0.1:", "out of memory");
    }

    @Test
    void whoeverWaitsForALoadThatDoesNotEndIsNotKept() {
        Residency residency = residency(List.of());
        state.hold();

        Failure failure = refused(residency.ask("a", HASTY));
        state.go();
        Asked later = residency.ask("a", PATIENT);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Timeout.class,
                        it -> assertThat(it.phase()).isEqualTo(Failure.Phase.QUEUE));
        giveBack(later);
    }

    @Test
    void aLoadThatNeverEndsBlocksNobodyForEver() {
        Residency residency =
                residency(
                        List.of(),
                        new Timing(SHORT, LONG, Duration.ofMillis(20), Duration.ofSeconds(5)));
        state.hold();

        Failure failure = refused(residency.ask("a", PATIENT));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Timeout.class,
                        it -> assertThat(it.phase()).isEqualTo(Failure.Phase.TOTAL));
    }

    @Test
    void aServerThatIsGoneIsAValue() {
        fake.settings(FaultSettings.defaults().withReach(FaultSettings.Reach.EVERYTHING));
        Residency residency = residency(List.of());
        fake.fault(Fault.REFUSE);

        Failure failure = refused(residency.ask("a", PATIENT));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Broken.class,
                        it -> assertThat(it.kind()).isEqualTo(Failure.Fault.REFUSED));
    }

    @Test
    void aModelThatIsNotProvenToBeHereIsNeverLoaded() {
        Residency residency = residency(List.of());
        state.with(new RuntimeState.Stocked("far:latest", 10, RuntimeState.Where.CLOUD));

        Failure failure = refused(residency.ask("far", PATIENT));

        assertThat(failure).isInstanceOf(Failure.NotFound.class);
        assertThat(state.log()).isEmpty();
    }

    @Test
    void whoeverIsInterruptedWaitsNoMore() throws Exception {
        Residency residency = residency(List.of());
        state.hold();
        var asked = new AtomicReference<Asked>();
        Thread waiter = Thread.ofVirtual().start(() -> asked.set(residency.ask("a", PATIENT)));
        boolean waits =
                FakeUpstream.await(
                        () -> residency.seen().stream().anyMatch(it -> it.waiters() == 1), LONG);

        waiter.interrupt();
        boolean over = waiter.join(LONG);

        assertThat(waits).isTrue();
        assertThat(over).isTrue();
        assertThat(refused(asked.get())).isInstanceOf(Failure.Abandoned.class);
        assertThat(residency.seen()).allMatch(it -> it.waiters() == 0 && it.users() == 0);
    }

    @Test
    void givingBackTwiceIsGivingBackOnce() {
        Residency residency = residency(List.of());
        Asked first = residency.ask("a", PATIENT);
        Asked second = residency.ask("a", PATIENT);

        giveBack(first);
        giveBack(first);

        assertThat(residency.seen()).anyMatch(it -> it.users() == 1);
        giveBack(second);
    }

    @Test
    void closingRefusesWhoeverWaits() throws Exception {
        Residency residency = residency(List.of());
        state.hold();
        var asked = new AtomicReference<Asked>();
        Thread waiter = Thread.ofVirtual().start(() -> asked.set(residency.ask("a", PATIENT)));
        FakeUpstream.await(() -> residency.seen().stream().anyMatch(it -> it.waiters() == 1), LONG);

        residency.close();
        boolean over = waiter.join(LONG);

        assertThat(over).isTrue();
        assertThat(refused(asked.get())).isInstanceOf(Failure.Unready.class);
        assertThat(refused(residency.ask("a", PATIENT))).isInstanceOf(Failure.Unready.class);
    }

    private static boolean lodges(Residency residency) {
        return FakeUpstream.await(() -> residency.lodges("a"), LONG);
    }

    @Test
    void whoAsksForALoadedModelWaitsForASlotOnlySoLong() {
        Residency residency = residency(List.of());
        var asked = new ArrayList<Asked>();
        asked.add(residency.ask("a", PATIENT));
        asked.add(residency.ask("a", PATIENT));

        Failure failure = refused(residency.ask("a", new Patience(SHORT, LONG)));

        assertThat(failure.message()).contains("all its 2 slots were busy");
        asked.forEach(ResidencyTest::giveBack);
    }

    @Test
    void aModelIsSentAwayAndComesBackForARequest() {
        Residency residency = residency(List.of("a:latest"));
        giveBack(residency.ask("a", PATIENT));

        Failure none = residency.dismiss("a");
        List<String> gone = state.loaded();
        giveBack(residency.ask("a", PATIENT));

        assertThat(none).isNull();
        assertThat(gone).isEmpty();
        assertThat(state.loaded()).containsExactly("a:latest");
    }

    @Test
    void aModelInUseIsNotSentAway() {
        Residency residency = residency(List.of());
        Asked asked = residency.ask("a", PATIENT);

        Failure failure = residency.dismiss("a");

        assertThat(failure).isInstanceOf(Failure.Unready.class);
        assertThat(state.loaded()).containsExactly("a:latest");
        giveBack(asked);
    }

    @Test
    void aRuntimeThatDoesNotSayWhatItHasIsNotManaged() {
        Residency residency = residency(List.of());
        boolean before = lodges(residency);
        fake.fault(Fault.REFUSE);

        boolean after = FakeUpstream.await(() -> !residency.lodges("a"), LONG);
        fake.fault(Fault.NONE);

        assertThat(before).isTrue();
        assertThat(after).isTrue();
        assertThat(lodges(residency)).as("it is back").isTrue();
        giveBack(residency.ask("a", PATIENT));
    }

    @Test
    void whoeverRetiresServesThoseWhoWaitAndLoadsNothingMore() throws Exception {
        Residency residency = residency(List.of());
        state.hold();
        var asked = new AtomicReference<Asked>();
        Thread waiter = Thread.ofVirtual().start(() -> asked.set(residency.ask("a", PATIENT)));
        FakeUpstream.await(() -> !state.loading().isEmpty(), LONG);

        residency.retire();
        boolean open = residency.lodges("a");
        state.go();
        boolean over = waiter.join(LONG);

        assertThat(open).isFalse();
        assertThat(over).isTrue();
        giveBack(Objects.requireNonNull(asked.get()));
        assertThat(refused(residency.ask("a", PATIENT))).isInstanceOf(Failure.Unready.class);
    }
}
