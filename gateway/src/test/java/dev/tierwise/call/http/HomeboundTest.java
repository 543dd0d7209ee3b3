package dev.tierwise.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Download;
import dev.tierwise.call.Fetch;
import dev.tierwise.fakes.FakeUpstream;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing may leave this machine: not even questions.
class HomeboundTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean on = new AtomicBoolean(true);

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.7:11434/api/tags",
                "http://box.example:1234/x",
                "https://[2001:db8::1]/x",
                "http://127.0.0.1.example/x"
            })
    void nobodyElseIsAsked(String address) {
        var fetch = new HttpFetch(vertx, on::get);
        URI uri = URI.create(address);

        var reply = fetch.fetch(Fetch.Request.get(uri, LONG));
        var lines = fetch.lines(Fetch.Request.get(uri, LONG), LONG, _ -> true);

        assertThat(reply).isEqualTo(new Fetch.Reply.Unreachable(Homebound.WORDS));
        assertThat(lines).isEqualTo(new Fetch.Lines.Ended.Unreachable(Homebound.WORDS));
        assertThat(downloaded(uri)).isEqualTo(new Download.Ended.Forbidden(Homebound.WORDS));
    }

    private Download.Ended downloaded(URI uri) {
        try (var download = new HttpDownload(HttpDownload.USUAL, on::get)) {
            return download.download(
                    new Download.Order(uri, Map.of(), 0, null),
                    new Download.Receiver() {
                        @Override
                        public boolean begin(Download.Head head) {
                            return false;
                        }

                        @Override
                        public boolean take(ByteBuffer bytes) {
                            return false;
                        }
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]", "::1"})
    void thisMachineIsHere(String host) {
        assertThat(Homebound.isHere(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "10.0.0.1", "localhost.example", "169.254.169.254"})
    void othersAreNot(String host) {
        assertThat(Homebound.isHere(host)).isFalse();
    }

    @Test
    void thisMachineIsStillAsked() throws Exception {
        try (var fake = FakeUpstream.start()) {
            var fetch = new HttpFetch(vertx, on::get);

            var reply = fetch.fetch(Fetch.Request.get(fake.url().resolve("/v1/models"), LONG));

            assertThat(reply).isInstanceOf(Fetch.Reply.Answered.class);
        }
    }
}
