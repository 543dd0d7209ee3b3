package dev.tierwise.call.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.call.Try;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BesideTest {
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
    private static final Outcome GOOD =
            new Outcome.Whole(new Answer(new Body(new byte[0]), Usage.NONE, "stop"));
    private static final Outcome GONE = new Outcome.Failed(new Failure.Abandoned("gone"));

    private final List<Try> tries = new ArrayList<>();
    private final Call call = new Call("r", Runnable::run, tries::add);

    @Test
    void theOutcomeIsAwaitedWithTheTriesThatFailed() {
        var failed = new Try(CARD, Instant.EPOCH, Duration.ZERO, new Failure.Unready("not yet"));
        Model model =
                model(own -> {
                    own.failedTries().accept(failed);
                    return GOOD;
                });

        try (Beside beside = Beside.ask(model, clearance(), call)) {
            assertThat(beside.await()).isEqualTo(GOOD);
        }

        assertThat(tries).containsExactly(failed);
    }

    @Test
    void patienceEndsAndTheAskGoesOn() {
        var go = new CountDownLatch(1);
        Model model = model(_ -> waitFor(go) ? GOOD : GONE);

        try (Beside beside = Beside.ask(model, clearance(), call)) {
            var early = beside.await(Duration.ofMillis(1));
            go.countDown();
            var late = beside.await(Duration.ofMinutes(1));

            assertThat(early).isEmpty();
            assertThat(late).contains(GOOD);
        }
    }

    @Test
    void closingCancelsWhatStillRuns() throws Exception {
        var seen = new CompletableFuture<Boolean>();
        var asked = new CountDownLatch(1);
        Model model =
                model(_ -> {
                    asked.countDown();
                    seen.complete(waitFor(new CountDownLatch(1)));
                    return GONE;
                });

        try (Beside _ = Beside.ask(model, clearance(), call)) {
            asked.await();
        }

        assertThat(seen.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aClientThatLeavesCancelsIt() throws Exception {
        var seen = new CompletableFuture<Boolean>();
        Model model =
                model(_ -> {
                    seen.complete(waitFor(new CountDownLatch(1)));
                    return GONE;
                });
        var outcome = new CompletableFuture<Outcome>();
        var flag = new CompletableFuture<Boolean>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try (Beside beside = Beside.ask(model, clearance(), call)) {
                                outcome.complete(beside.await());
                            }
                            flag.complete(Thread.currentThread().isInterrupted());
                        });

        thread.interrupt();

        assertThat(seen.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.failure()).isInstanceOf(Failure.Abandoned.class));
    }

    @Test
    void aStreamThatNobodyTookIsDropped() throws Exception {
        var dropped = new CompletableFuture<Boolean>();
        Model model = model(_ -> new Outcome.Begun(new Dropped(dropped)));

        Beside.ask(model, clearance(), call).close();

        assertThat(dropped.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBugIsNotSwallowed() {
        Model model =
                model(_ -> {
                    throw new IllegalArgumentException("bug");
                });

        try (Beside beside = Beside.ask(model, clearance(), call)) {
            assertThatThrownBy(beside::await).hasRootCauseMessage("bug");
        }
    }

    /// Whether it came before an interrupt did.
    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private static Model model(Function<Call, Outcome> script) {
        return new Model() {
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
                return script.apply(call);
            }
        };
    }

    private static Clearance clearance() {
        var prompt =
                new Prompt("m", List.of(), Set.of(), false, false, 0, 0, new Body(new byte[0]));
        return Clearances.of(prompt, new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL));
    }

    private record Dropped(CompletableFuture<Boolean> told) implements AnswerStream {
        @Override
        public void start(Sink sink, Runnable ended) {
            throw new IllegalStateException("nobody wants it");
        }

        @Override
        public Ending end() {
            throw new IllegalStateException("it never began");
        }

        @Override
        public Ending drop() {
            told.complete(true);
            return new Ending(null, Usage.NONE, "", Duration.ZERO);
        }
    }
}
