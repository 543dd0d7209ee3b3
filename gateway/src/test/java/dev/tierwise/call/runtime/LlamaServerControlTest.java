package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState.Busy;
import dev.tierwise.fakes.RuntimeState.Form;
import org.junit.jupiter.api.Test;

class LlamaServerControlTest extends LoadingContract {
    @Override
    Kind kind() {
        return Kind.LLAMA_SERVER;
    }

    @Override
    RuntimeControl control(HttpFetch asker, RuntimeServer server) {
        return new LlamaServerControl(asker, server);
    }

    @Test
    void slotsAndQueueAreSeen() {
        state.busy(new Busy(4, 3, 2));
        control.load(Order.of("small", LONG));

        RuntimeView view = look(Scope.MEMORY);

        assertThat(view.memory())
                .containsExactly(
                        new RuntimeView.Held(
                                "small",
                                RuntimeView.Phase.READY,
                                new RuntimeView.Size(1_000L, null, 8_192),
                                null,
                                new RuntimeView.Load(4, 3, 2)));
        assertThat(view.waiting()).isEqualTo(2);
        assertThat(view.tokensPerSecond()).isEqualTo(42.5);
    }

    @Test
    void aModelOnItsWayIsSeen() {
        state.hold();
        Thread.ofVirtual().start(() -> control.load(Order.of("small", LONG)));
        boolean begun = FakeUpstream.await(() -> state.loading().contains("small"), LONG);

        RuntimeView view = look(Scope.MEMORY);

        assertThat(begun).isTrue();
        assertThat(view.memory())
                .singleElement()
                .satisfies(it -> assertThat(it.phase()).isEqualTo(RuntimeView.Phase.LOADING));
    }

    @Test
    void oneWithOneModelDoesNotChangeIt() {
        state.form(Form.FORMER);

        RuntimeView view = look(Scope.ALL);
        Failure there = control.load(Order.of("small", LONG));
        Failure unload = control.unload("small", LONG);
        Failure pull = control.pull("fresh", LONG, (_, _, _) -> true);

        assertThat(view.memory()).extracting(RuntimeView.Held::name).containsExactly("small");
        assertThat(there).isNull();
        assertThat(unload).isInstanceOf(Failure.Vetoed.class);
        assertThat(pull).isInstanceOf(Failure.Vetoed.class);
    }

    /// As a real one does: it accepts the order, and the model is not listed thereafter.
    @Test
    void aModelThatDoesNotComeIsToldAtOnce() {
        Failure failure = control.pull("org/missing", LONG, (_, _, _) -> true);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Broken.class,
                        it -> assertThat(it.message()).contains("did not fetch `org/missing`"));
    }

    /// The name has gained the quantisation that was chosen.
    @Test
    void aFetchedModelMayHaveALongerName() {
        state.with("org/fresh:Q4_K_M", 1000);

        Failure failure = control.pull("org/fresh", LONG, (_, _, _) -> true);

        assertThat(failure).isNull();
        assertThat(state.log()).isEmpty();
    }

    @Test
    void aRouterFetchesModels() {
        Failure failure = control.pull("org/fresh:Q4_K_M", LONG, (_, _, _) -> true);

        assertThat(failure).isNull();
        assertThat(state.log()).containsExactly("pull org/fresh:Q4_K_M");
    }
}
