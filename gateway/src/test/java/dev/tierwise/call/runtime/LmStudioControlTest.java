package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState.Form;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LmStudioControlTest extends LoadingContract {
    @Override
    Kind kind() {
        return Kind.LM_STUDIO;
    }

    @Override
    RuntimeControl control(HttpFetch asker, RuntimeServer server) {
        return new LmStudioControl(asker, server, RuntimeView.Place.HERE);
    }

    @Test
    void whatItSaysOfMemoryIsRead() {
        control.load(Order.of("small", LONG));

        RuntimeView view = look(Scope.ALL);

        assertThat(view.memory())
                .containsExactly(
                        new RuntimeView.Held(
                                "small",
                                RuntimeView.Phase.READY,
                                new RuntimeView.Size(null, null, 8_192),
                                null,
                                new RuntimeView.Load(4, null, null)));
        assertThat(view.disk()).extracting(RuntimeView.Stored::bytes).contains(1_000L, 3_000L);
    }

    @Test
    void nothingIsLoadedWhileLmLinkIsPossible() {
        var doubted =
                new LmStudioControl(
                        fetch,
                        new RuntimeServer("it", fake.url(), Map.of()),
                        RuntimeView.Place.UNPROVEN);

        Failure load = doubted.load(Order.of("small", LONG));
        Failure pull = doubted.pull("fresh", LONG, (_, _, _) -> true);

        assertThat(load)
                .isInstanceOfSatisfying(
                        Failure.Vetoed.class,
                        it -> assertThat(it.code()).isEqualTo(RuntimeControl.NOT_LOCAL));
        assertThat(pull).isInstanceOf(Failure.Vetoed.class);
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void theFormOf2025IsReadButCannotLoad() {
        control.load(Order.of("small", LONG));
        state.form(Form.FORMER);

        RuntimeView view = look(Scope.ALL);
        Failure load = control.load(Order.of("large", LONG));

        assertThat(view.disk()).hasSize(2);
        assertThat(view.memory()).extracting(RuntimeView.Held::name).containsExactly("small");
        assertThat(load)
                .isInstanceOfSatisfying(
                        Failure.Vetoed.class,
                        it -> assertThat(it.code()).isEqualTo(RuntimeControl.NOT_SUPPORTED));
    }

    @Test
    void aDownloadIsFollowed() {
        var heard = new ArrayList<String>();

        Failure failure =
                control.pull("fresh", LONG, (status, done, total) -> heard.add(done + "/" + total));

        assertThat(failure).isNull();
        assertThat(heard).containsExactly("null/1000", "500/1000");
        assertThat(look(Scope.ALL).disk()).extracting(RuntimeView.Stored::name).contains("fresh");
    }

    @Test
    void aDownloadThatFailsOrIsNotNeededEnds() {
        Failure bad = control.pull("missing", LONG, (_, _, _) -> true);
        Failure there = control.pull("small", LONG, (_, _, _) -> true);

        assertThat(bad).isInstanceOf(Failure.Broken.class);
        assertThat(there).isNull();
    }
}
