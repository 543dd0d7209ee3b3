package dev.tierwise.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.Fetch.Reply;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopbackFetchTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LoopbackFetch fetch = new LoopbackFetch();

    @Test
    void aRuntimeOfThisMachineIsAsked() {
        try (FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA)) {
            fake.runtime(new RuntimeState(3_500, 2).with("small", 1_000));
            Fetch.Lines none = (_, _, _) -> new Fetch.Lines.Ended.Stopped();
            var control =
                    new OllamaControl(fetch, none, new RuntimeServer("it", fake.url(), Map.of()));

            assertThat(control.load(Order.of("small", LONG))).isNull();

            assertThat(control.look(Scope.ALL, LONG))
                    .isInstanceOfSatisfying(
                            Look.Seen.class, it -> assertThat(it.view().held("small")).isPresent());
        }
    }

    @Test
    void whereNobodyListensNobodyAnswers() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(get("http://127.0.0.1:" + port + "/api/ps", LONG))
                .isInstanceOf(Reply.Unreachable.class);
    }

    @Test
    void anotherMachineIsNotAsked() {
        assertThat(get("http://192.0.2.1/api/ps", LONG))
                .isEqualTo(new Reply.Unreachable("192.0.2.1 is not this machine"));
    }

    @Test
    void silenceEnds() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String place = "http://127.0.0.1:" + silent.getLocalPort() + "/";

            assertThat(get(place, Duration.ofMillis(50))).isEqualTo(new Reply.Silent());
        }
    }

    private Reply get(String uri, Duration patience) {
        return fetch.fetch(Fetch.Request.get(URI.create(uri), patience));
    }
}
