package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState.Busy;
import org.junit.jupiter.api.Test;

class VllmControlTest extends RuntimeControlContract {
    @Override
    Kind kind() {
        return Kind.VLLM;
    }

    @Override
    RuntimeControl control(HttpFetch asker, RuntimeServer server) {
        return new VllmControl(asker, server);
    }

    @Test
    void howBusyItIsHoldsForAllItsModels() {
        state.busy(new Busy(0, 2, 1));

        RuntimeView view = look(Scope.ALL);

        assertThat(view.version()).isEqualTo("0.11.0");
        assertThat(view.waiting()).isEqualTo(2);
        assertThat(view.memory())
                .allSatisfy(
                        it -> assertThat(it.load()).isEqualTo(new RuntimeView.Load(null, 4, 2)));
    }

    @Test
    void itsModelsStayAsTheyAre() {
        Failure there = control.load(Order.of("small", LONG));
        Failure other = control.load(Order.of("other", LONG));
        Failure unload = control.unload("small", LONG);
        Failure gone = control.unload("other", LONG);
        Failure pull = control.pull("other", LONG, (_, _, _) -> true);

        assertThat(there).isNull();
        assertThat(other).isInstanceOf(Failure.Vetoed.class);
        assertThat(unload).isInstanceOf(Failure.Vetoed.class);
        assertThat(gone).isNull();
        assertThat(pull).isInstanceOf(Failure.Vetoed.class);
    }
}
