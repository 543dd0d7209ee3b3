package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What holds for runtimes that load and unload models when they are told to.
abstract class LoadingContract extends RuntimeControlContract {
    @Test
    void aModelIsLoadedAndUnloaded() {
        Failure loading = control.load(new Order("small", 4_096, Duration.ofMinutes(5), LONG));
        var between = loaded();
        Failure unloading = control.unload("small", LONG);

        assertThat(loading).isNull();
        assertThat(between).containsExactly("small");
        assertThat(unloading).isNull();
        assertThat(loaded()).isEmpty();
        assertThat(state.log()).containsExactly("load small", "unload small");
    }

    @Test
    void whatIsLoadedStays() {
        control.load(Order.of("small", LONG));

        Failure again = control.load(Order.of("small", LONG));

        assertThat(again).isNull();
        assertThat(state.log()).containsExactly("load small");
    }

    @Test
    void whatIsNotLoadedNeedsNoUnloading() {
        Failure failure = control.unload("small", LONG);

        assertThat(failure).isNull();
        assertThat(state.log()).isEmpty();
    }

    @Test
    void theRuntimeMakesRoomInItsOwnWay() {
        control.load(Order.of("small", LONG));

        Failure failure = control.load(Order.of("large", LONG));

        assertThat(failure).isNull();
        assertThat(loaded()).containsExactly("large");
        assertThat(state.log()).containsExactly("load small", "evict small", "load large");
    }

    @Test
    void whatLeftByItselfIsNotSeenAnyMore() {
        control.load(Order.of("small", LONG));

        state.evict("small");

        assertThat(loaded()).isEmpty();
    }

    @Test
    void aLoadTakesAsLongAsTheRuntimeNeeds() throws Exception {
        state.hold();
        var failure = new AtomicReference<Failure>();
        var over = new CompletableFuture<Boolean>();
        Thread.ofVirtual()
                .start(() -> {
                    failure.set(control.load(Order.of("small", LONG)));
                    over.complete(true);
                });
        boolean begun = FakeUpstream.await(() -> state.loading().contains("small"), LONG);
        boolean early = over.isDone();

        state.go();
        over.get();

        assertThat(begun).isTrue();
        assertThat(early).isFalse();
        assertThat(failure.get()).isNull();
    }

    @Test
    void aLoadThatNeverEndsIsATimeout() {
        state.hold();

        Failure failure = control.load(Order.of("small", SHORT));

        assertThat(failure).isInstanceOf(Failure.Timeout.class);
        assertThat(message(failure)).contains("it (http://127.0.0.1:").contains("log");
    }

    @Test
    void aLoadThatFailsSaysWhy() {
        state.refuse("llama runner process has terminated");

        Failure failure = control.load(Order.of("small", LONG));

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat(loaded()).isEmpty();
    }

    @Test
    void anErrorOfTheServerIsAValue() {
        fake.fault(Fault.SERVER_ERROR, 1);

        Failure failure = control.load(Order.of("small", LONG));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Broken.class,
                        it -> assertThat(it.kind()).isEqualTo(Failure.Fault.SERVER_ERROR));
    }

    @Test
    void aCutConnectionIsAValue() {
        fake.fault(Fault.CUT_MID_STREAM, 1);

        Failure failure = control.load(Order.of("small", LONG));

        assertThat(failure).isInstanceOf(Failure.Broken.class);
    }

    @Test
    void aServerThatIsBusySaysSo() {
        fake.fault(Fault.TOO_MANY, 1);

        Failure failure = control.load(Order.of("small", LONG));

        assertThat(failure).isInstanceOf(Failure.Overloaded.class);
    }
}
