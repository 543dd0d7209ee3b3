package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState.Stocked;
import dev.tierwise.fakes.RuntimeState.Where;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OllamaControlTest extends LoadingContract {
    @Override
    Kind kind() {
        return Kind.OLLAMA;
    }

    @Override
    RuntimeControl control(HttpFetch asker, RuntimeServer server) {
        return new OllamaControl(asker, asker, server);
    }

    @Test
    void whatOllamaSaysOfMemoryIsRead() {
        control.load(Order.of("large", LONG));

        RuntimeView view = look(Scope.ALL);

        assertThat(view.version()).isEqualTo("0.33.0");
        assertThat(view.memory())
                .containsExactly(
                        new RuntimeView.Held(
                                "large",
                                RuntimeView.Phase.READY,
                                new RuntimeView.Size(3_000L, 1_500L, 4_096),
                                Instant.parse("2025-12-31T22:05:00.123456789Z"),
                                RuntimeView.Load.UNKNOWN));
        assertThat(view.waiting()).isNull();
        assertThat(view.tokensPerSecond()).isNull();
    }

    @Test
    void contextAndTimeGoWithTheOrder() {
        control.load(new Order("small", 8_192, java.time.Duration.ofMinutes(2), LONG));

        assertThat(fake.received())
                .filteredOn(it -> it.path().equals("/api/generate"))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.text())
                                .isEqualTo(
                                        "{\"model\":\"small\",\"stream\":false,\"keep_alive\":120,"
                                                + "\"options\":{\"num_ctx\":8192}}"));
    }

    @Test
    void aModelOfOllamaComIsNeverLoaded() {
        state.with(new Stocked("plain-name", 10, Where.CLOUD));
        state.with("gpt-oss:20b-cloud", 10);

        Failure plain = control.load(Order.of("plain-name", LONG));
        Failure named = control.load(Order.of("gpt-oss:20b-cloud", LONG));

        for (Failure failure : List.of(plain, named)) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            Failure.Vetoed.class,
                            it -> assertThat(it.code()).isEqualTo(RuntimeControl.NOT_LOCAL));
        }
        assertThat(state.log()).isEmpty();
        assertThat(look(Scope.ALL).disk())
                .filteredOn(it -> it.place() == RuntimeView.Place.ELSEWHERE)
                .extracting(RuntimeView.Stored::name)
                .containsExactly("plain-name", "gpt-oss:20b-cloud");
    }

    @Test
    void withoutOllamasWordNothingIsLoaded() {
        fake.settings(FaultSettings.defaults().withReach(FaultSettings.Reach.EVERYTHING));
        fake.fault(Fault.EMPTY_BODY, 1);

        Failure failure = control.load(Order.of("small", LONG));

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat(state.log()).isEmpty();
    }

    @Test
    void aTagMayBeLeftOut() {
        state.with("llama:latest", 500);

        Failure loading = control.load(Order.of("llama", LONG));
        var between = loaded();
        Failure unloading = control.unload("llama", LONG);

        assertThat(loading).isNull();
        assertThat(between).containsExactly(control.listed("llama"));
        assertThat(unloading).isNull();
        assertThat(loaded()).isEmpty();
    }

    @Test
    void aPullTellsHowFarItIs() {
        var heard = new ArrayList<String>();

        Failure failure =
                control.pull(
                        "fresh",
                        LONG,
                        (status, done, total) -> heard.add(status + " " + done + "/" + total));

        assertThat(failure).isNull();
        assertThat(heard)
                .containsExactly(
                        "pulling manifest null/null",
                        "pulling ffffffffffff 0/1000",
                        "pulling ffffffffffff 400/1000",
                        "pulling ffffffffffff 1000/1000",
                        "verifying sha256 digest null/null",
                        "writing manifest null/null",
                        "success null/null");
        assertThat(look(Scope.ALL).disk()).extracting(RuntimeView.Stored::name).contains("fresh");
    }

    @Test
    void aPullOfWhatIsNotThereSaysWhy() {
        Failure failure = control.pull("missing", LONG, (_, _, _) -> true);

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat(message(failure)).contains("file does not exist");
    }

    @Test
    void aModelOfOllamaComIsNotPulled() {
        Failure failure = control.pull("kimi:cloud", LONG, (_, _, _) -> true);

        assertThat(failure).isInstanceOf(Failure.Vetoed.class);
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void whoWantsNoMoreEndsThePull() {
        Failure failure = control.pull("fresh", LONG, (_, done, _) -> done == null);

        assertThat(failure).isInstanceOf(Failure.Abandoned.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CLOSE",
                "SERVER_ERROR",
                "TOO_MANY",
                "UNAUTHORIZED",
                "HTML_ERROR_PAGE",
                "EMPTY_BODY",
                "CUT_MID_STREAM",
                "CLEAN_END_WITHOUT_DONE",
                "MISSING_DONE",
                "MALFORMED_SSE",
                "ERROR_EVENT",
                "TRUNCATED_JSON"
            })
    void aBrokenPullIsNoSuccess(Fault fault) {
        fake.fault(fault, 1);

        Failure failure = control.pull("fresh", LONG, (_, _, _) -> true);

        assertThat(failure).isNotNull();
    }

    @Test
    void aPullThatStandsStillEnds() {
        fake.fault(Fault.HANG_MID_STREAM, 1);

        Failure failure = control.pull("fresh", SHORT, (_, _, _) -> true);

        assertThat(failure).isInstanceOf(Failure.Timeout.class);
    }
}
