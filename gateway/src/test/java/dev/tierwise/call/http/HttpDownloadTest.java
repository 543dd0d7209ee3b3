package dev.tierwise.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tierwise.call.Download;
import dev.tierwise.call.Download.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDownloadTest {
    private static final Download.Patience SHORT =
            new Download.Patience(
                    Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(300));
    private static final Download.Patience LONG =
            new Download.Patience(
                    Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;

    private HttpServer server;
    private final HttpDownload download = new HttpDownload(LONG, () -> false);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(here(), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        download.close();
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static final class Kept implements Download.Receiver {
        private final StringBuilder text = new StringBuilder();
        private int until = Integer.MAX_VALUE;

        @Override
        public boolean begin(Download.Head head) {
            return true;
        }

        @Override
        public boolean take(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                text.append((char) bytes.get());
            }
            return text.length() < until;
        }
    }

    private Ended get(String uri, long from) {
        return get(uri, from, new Kept());
    }

    private Ended get(String uri, long from, Kept kept) {
        return download.download(new Download.Order(URI.create(uri), Map.of(), from, null), kept);
    }

    private void answer(String path, int status, Map<String, String> headers, String body) {
        server.createContext(
                path,
                exchange -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    send(exchange, status, body);
                });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void redirectsAreFollowed() {
        answer("/a", 302, Map.of("location", "/b"), "");
        answer("/b", 307, Map.of("location", address() + "/c"), "");
        answer("/c", 200, Map.of(), "hello");
        var kept = new Kept();

        Ended ended = get(address() + "/a", 0, kept);

        assertThat(ended).isEqualTo(new Ended.Whole());
        assertThat(kept.text).hasToString("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "/round, redirects in circles",
        "ftp://127.0.0.1/x, no web address",
        "'', without a usable address",
        "'http://[', without a usable address"
    })
    void badRedirectsAreRefused(String location, String why) {
        answer("/round", 302, Map.of("location", location), "");

        assertThat(get(address() + "/round", 0))
                .isInstanceOfSatisfying(
                        Ended.Forbidden.class, it -> assertThat(it.message()).contains(why));
    }

    @Test
    void anEndlessAddressInARedirectIsRefused() {
        answer("/long", 302, Map.of("location", "/" + "x".repeat(9000)), "");

        assertThat(get(address() + "/long", 0)).isInstanceOf(Ended.Forbidden.class);
    }

    @Test
    void aRedirectFromHttpsToHttpIsRefused() throws Exception {
        answer("/c", 200, Map.of(), "hello");
        SSLContext context = selfSigned();
        HttpsServer secure = HttpsServer.create(here(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.createContext(
                "/a",
                exchange -> {
                    exchange.getResponseHeaders().set("location", address() + "/c");
                    send(exchange, 302, "");
                });
        secure.start();
        URI uri = URI.create("https://localhost:" + secure.getAddress().getPort() + "/a");
        var order = new Download.Order(uri, Map.of(), 0, null);
        var kept = new Kept();
        try (var trusting =
                new HttpDownload(LONG, () -> false, HttpClient.newBuilder().sslContext(context))) {
            Ended trusted = trusting.download(order, kept);
            Ended untrusted = download.download(order, kept);

            assertThat(trusted)
                    .isInstanceOfSatisfying(
                            Ended.Forbidden.class,
                            it -> assertThat(it.message()).contains("from https to http"));
            assertThat(untrusted)
                    .isInstanceOfSatisfying(
                            Ended.Forbidden.class,
                            it -> assertThat(it.message()).contains("cannot prove who it is"));
            assertThat(kept.text).isEmpty();
        } finally {
            secure.stop(0);
        }
    }

    private SSLContext selfSigned()
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "here",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @Test
    void anotherPartThanTheOneAskedForIsRefused() {
        answer("/part", 206, Map.of("content-range", "bytes 3-9/10"), "3456789");

        assertThat(get(address() + "/part", 5)).isInstanceOf(Ended.Forbidden.class);
        assertThat(get(address() + "/part", 3)).isEqualTo(new Ended.Whole());
    }

    @Test
    void aPackedFileIsRefused() {
        answer("/packed", 200, Map.of("content-encoding", "gzip"), "xx");

        assertThat(get(address() + "/packed", 0)).isInstanceOf(Ended.Forbidden.class);
    }

    @Test
    void theReceiverCanEndIt() {
        answer("/long", 200, Map.of(), "x".repeat(1 << 20));
        var kept = new Kept();
        kept.until = 10;

        assertThat(get(address() + "/long", 0, kept)).isEqualTo(new Ended.Stopped());
        assertThat(kept.text.length()).isLessThan(1 << 20);
    }

    @Test
    void aServerThatDoesNotBeginIsLeft() {
        server.createContext("/silent", _ -> {});

        var order = new Download.Order(URI.create(address() + "/silent"), Map.of(), 0, null);
        try (var impatient = new HttpDownload(SHORT, () -> false)) {
            assertThat(impatient.download(order, new Kept())).isInstanceOf(Ended.Cut.class);
        }
    }

    @Test
    void nothingListening() {
        server.stop(0);

        assertThat(get(address() + "/x", 0))
                .isEqualTo(new Ended.Unreachable("127.0.0.1", "it refuses the connection"));
        assertThat(get("http://name.invalid/x", 0))
                .isEqualTo(new Ended.Unreachable("name.invalid", "its name is unknown here"));
    }

    @Test
    void aWaitThatTheServerAsksForIsPassedOn() {
        answer("/busy", 429, Map.of("retry-after", "7"), "");

        assertThat(get(address() + "/busy", 0))
                .isEqualTo(new Ended.Refused(429, Duration.ofSeconds(7)));
    }

    @Test
    void anOrderShowsNoHeaders() {
        var order =
                new Download.Order(
                        URI.create("https://example.org/x?token=secret"),
                        Map.of("authorization", "Bearer secret"),
                        0,
                        null);

        assertThat(order.toString()).doesNotContain("secret");
    }
}
