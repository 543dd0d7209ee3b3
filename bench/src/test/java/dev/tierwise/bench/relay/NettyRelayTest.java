package dev.tierwise.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.bench.load.Kind;
import dev.tierwise.bench.load.Load;
import dev.tierwise.bench.load.Slice;
import dev.tierwise.bench.load.Tally;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NettyRelayTest {
    private static final int MILLIS = 300;

    private static Tally load(int port, boolean stream, long expected) throws Exception {
        try (var load = new Load()) {
            var slice =
                    new Slice(
                            port,
                            8,
                            100,
                            MILLIS,
                            "auto",
                            stream ? Kind.STREAM : Kind.WHOLE,
                            expected);
            return load.run(slice, () -> {}, () -> {});
        }
    }

    @Test
    void wholeAnswersComeThroughUnchanged() throws Exception {
        try (var mock = NettyMock.listen(0, 0);
                var relay = NettyRelay.listen(0, mock.port(), "mock-1")) {

            Tally tally = load(relay.port(), false, MockAnswers.json().length());

            assertThat(tally.errors()).isZero();
            assertThat(tally.requests()).isPositive();
        }
    }

    @Test
    void everyChunkOfAStreamComesThrough() throws Exception {
        try (var mock = NettyMock.listen(0, 500);
                var relay = NettyRelay.listen(0, mock.port(), "mock-1")) {

            Tally tally = load(relay.port(), true, MockAnswers.EVENTS);

            assertThat(tally.errors()).isZero();
            assertThat(tally.events()).isPositive();
        }
    }

    @Test
    void answersOfTheWrongSizeAreErrors() throws Exception {
        try (var mock = NettyMock.listen(0, 0)) {

            Tally tally = load(mock.port(), false, 7);

            assertThat(tally.requests()).isZero();
            assertThat(tally.errors()).isPositive();
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsABadGateway() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        try (var relay = NettyRelay.listen(0, nobody, "mock-1")) {

            assertThat(status(relay.port(), "{\"model\":\"auto\"}")).isEqualTo(502);
            assertThat(status(relay.port(), "{\"prompt\":\"x\"}")).isEqualTo(400);
        }
    }

    private static int status(int port, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/x"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aClientThatLeavesCutsTheUpstream() throws Exception {
        try (var upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var relay = NettyRelay.listen(0, upstream.getLocalPort(), "mock-1")) {
            var client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
            String question =
                    "POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n\r\n"
                            + "{\"model\":\"auto\"}";
            client.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            try (Socket asked = upstream.accept()) {
                assertThat(asked.getInputStream().read()).isEqualTo('P');

                client.close();

                assertThat(asked.getInputStream().readAllBytes()).endsWith((byte) '}');
            }
        }
    }
}
