package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Model.Standing.Loaded;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.guard.Clearance;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuntimeWatchTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final Told runtime = new Told();

    /// A runtime that says what it is told to.
    private static final class Told implements RuntimeControl {
        private final AtomicInteger looks = new AtomicInteger();
        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile Look says = seen(List.of(), List.of());

        static Look seen(List<RuntimeView.Held> memory, List<RuntimeView.Stored> disk) {
            return new Look.Seen(new RuntimeView(null, disk, memory, 3, 42.5));
        }

        @Override
        public Look look(Scope scope, Duration patience) {
            looks.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return says;
        }

        @Override
        public @Nullable Failure load(Order order) {
            throw new AssertionError("a watch loads nothing");
        }

        @Override
        public @Nullable Failure unload(String model, Duration patience) {
            throw new AssertionError("a watch unloads nothing");
        }

        @Override
        public @Nullable Failure pull(String model, Duration patience, Progress progress) {
            throw new AssertionError("a watch pulls nothing");
        }
    }

    private static RuntimeView.Held held(String model, RuntimeView.Phase phase) {
        var load = new RuntimeView.Load(4, 2, 1);
        return new RuntimeView.Held(model, phase, RuntimeView.Size.UNKNOWN, null, load);
    }

    private static RuntimeView.Stored stored(String model) {
        return new RuntimeView.Stored(model, null, null, null, RuntimeView.Place.HERE);
    }

    private boolean becomes(RuntimeWatch watch, String model, Loaded loaded) {
        return FakeUpstream.await(() -> watch.standing(model).loaded() == loaded, LONG);
    }

    @Test
    void nobodyWaitsForALook() {
        runtime.open = new CountDownLatch(1);
        var watch = new RuntimeWatch(runtime, LONG, LONG);

        Standing before = watch.standing("a");
        runtime.open.countDown();
        boolean after = becomes(watch, "a", Loaded.NO);

        assertThat(before).isEqualTo(Standing.UNKNOWN);
        assertThat(after).isTrue();
    }

    @Test
    void whatTheRuntimeSaysReachesTheRouter() {
        runtime.says = Told.seen(List.of(held("a", RuntimeView.Phase.READY)), List.of());
        var watch = new RuntimeWatch(runtime, LONG, LONG);

        boolean seen = becomes(watch, "a", Loaded.YES);
        Standing standing = watch.standing("a");

        assertThat(seen).isTrue();
        assertThat(standing).isEqualTo(new Standing(2, 1, 4, Loaded.YES, 42.5, Double.NaN, null));
        assertThat(watch.standing("b").loaded()).isEqualTo(Loaded.NO);
        assertThat(watch.standing("b").tokensPerSecond()).isNaN();
    }

    @Test
    void whatIsOnItsWayIsNotThereYet() {
        runtime.says = Told.seen(List.of(held("a", RuntimeView.Phase.LOADING)), List.of());
        var watch = new RuntimeWatch(runtime, LONG, LONG);

        assertThat(becomes(watch, "a", Loaded.NO)).isTrue();
    }

    @Test
    void aNameThatIsNotListedIsNotKnownToBeAbsent() {
        runtime.says =
                Told.seen(List.of(held("it", RuntimeView.Phase.READY)), List.of(stored("it")));
        var watch = new RuntimeWatch(runtime, LONG, LONG);

        becomes(watch, "it", Loaded.YES);

        assertThat(watch.standing("alias").loaded()).isEqualTo(Loaded.UNKNOWN);
    }

    @Test
    void aRuntimeIsAskedNoOftenerThanAgreed() {
        var watch = new RuntimeWatch(runtime, Duration.ofHours(1), LONG);

        for (int i = 0; i < 1_000; i++) {
            watch.standing("a");
        }
        boolean asked = FakeUpstream.await(() -> runtime.looks.get() > 0, LONG);

        assertThat(asked).isTrue();
        assertThat(runtime.looks).hasValue(1);
    }

    @Test
    void whatWasSeenLongAgoSaysNothing() {
        runtime.says = Told.seen(List.of(held("a", RuntimeView.Phase.READY)), List.of());
        var watch = new RuntimeWatch(runtime, OFTEN, LONG);
        boolean seen = becomes(watch, "a", Loaded.YES);

        runtime.says = new RuntimeControl.Look.Unseen(new Failure.Unready("gone"));
        boolean forgotten = becomes(watch, "a", Loaded.UNKNOWN);

        assertThat(seen).isTrue();
        assertThat(forgotten).isTrue();
    }

    @Test
    void anAnswerIsNewerThanAnOlderLook() {
        var watch = new RuntimeWatch(runtime, LONG, LONG);
        becomes(watch, "a", Loaded.NO);
        Model model = new WatchedModel(answering(), watch);

        Standing standing = model.standing();

        assertThat(standing.loaded()).isEqualTo(Loaded.YES);
        assertThat(watch.standing("a").loaded()).isEqualTo(Loaded.NO);
    }

    /// A model that has answered a moment ago.
    private static Model answering() {
        return new Model() {
            @Override
            public ModelCard card() {
                return new ModelCard(
                        "mine",
                        "it",
                        "a",
                        Tier.LOCAL,
                        DataClass.SECRET,
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
            public Standing standing() {
                return Standing.of(Loaded.YES, 0);
            }

            @Override
            public Outcome ask(Clearance clearance, Call call) {
                throw new AssertionError("nobody asks");
            }
        };
    }
}
