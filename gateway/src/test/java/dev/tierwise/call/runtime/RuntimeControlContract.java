package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.FaultSettings;
import dev.tierwise.fakes.FaultSettings.Reach;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for the control of every kind of runtime, against the fake of its kind with the
/// models `small` (1000 bytes) and `large` (3000 bytes) on disk and room for 3500 bytes.
abstract class RuntimeControlContract {
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(300);

    private static Vertx vertx;

    final RuntimeState state = new RuntimeState(3_500, 2).with("small", 1_000).with("large", 3_000);
    FakeUpstream fake;
    HttpFetch fetch;
    RuntimeControl control;

    abstract Kind kind();

    abstract RuntimeControl control(HttpFetch asker, RuntimeServer server);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @BeforeEach
    void start() {
        fake = FakeUpstream.start(kind());
        fake.runtime(state);
        fetch = new HttpFetch(vertx);
        control = control(fetch, new RuntimeServer("it", fake.url(), Map.of("x-key", "k")));
    }

    @AfterEach
    void stop() {
        state.go();
        fake.close();
    }

    RuntimeView look(Scope scope) {
        Look look = control.look(scope, LONG);
        assertThat(look).isInstanceOf(Look.Seen.class);
        return ((Look.Seen) look).view();
    }

    List<String> loaded() {
        return look(Scope.MEMORY).memory().stream().map(RuntimeView.Held::name).toList();
    }

    @Test
    void whatIsOnDiskIsListed() {
        RuntimeView view = look(Scope.ALL);

        assertThat(view.disk()).extracting(RuntimeView.Stored::name).contains("small");
        assertThat(view.disk())
                .extracting(RuntimeView.Stored::context)
                .isSubsetOf(131_072L, 32_768L, null); // a router says it of loaded models only
    }

    @Test
    void aLookAtMemoryAsksForNoVersion() {
        RuntimeView view = look(Scope.MEMORY);

        assertThat(view.version()).isNull();
    }

    @Test
    void credentialsAreSent() {
        control.load(Order.of("small", LONG));
        look(Scope.ALL);

        assertThat(fake.received()).allMatch(it -> it.header("x-key").equals("k"));
        assertThat(control.toString()).doesNotContain("x-key");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "NONE",
                "SLOW_STREAM",
                "MISSING_DONE",
                "WRONG_CONTENT_TYPE",
                "HANG_BEFORE_HEAD",
                "HANG_BEFORE_FIRST_EVENT",
                "HANG_MID_STREAM"
            })
    void aFaultIsAValue(Fault fault) {
        fake.settings(FaultSettings.defaults().withReach(Reach.EVERYTHING));
        fake.fault(fault);

        Look look = control.look(Scope.ALL, LONG);

        assertThat(look).isInstanceOf(Look.Unseen.class);
        assertThat(message(((Look.Unseen) look).failure())).contains("it (http://127.0.0.1:");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANG_BEFORE_HEAD", "HANG_BEFORE_FIRST_EVENT", "HANG_MID_STREAM"})
    void silenceEndsWithTheDeadline(Fault fault) {
        fake.settings(FaultSettings.defaults().withReach(Reach.EVERYTHING));
        fake.fault(fault);

        Look look = control.look(Scope.ALL, SHORT);

        assertThat(look)
                .isInstanceOfSatisfying(
                        Look.Unseen.class,
                        it -> assertThat(it.failure()).isInstanceOf(Failure.Timeout.class));
    }

    @Test
    void anUnknownModelIsNotLoaded() {
        Failure failure = control.load(Order.of("nobody", LONG));

        assertThat(failure).isNotNull();
        assertThat(message(failure)).contains("it (http://127.0.0.1:");
        assertThat(state.log()).isEmpty();
    }

    static String message(@Nullable Failure failure) {
        return failure == null ? "" : failure.message();
    }
}
