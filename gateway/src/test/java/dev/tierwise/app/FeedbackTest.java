package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import dev.tierwise.detect.Detector;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.ledger.Figures;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Feedback through the door of a whole gateway.
class FeedbackTest {
    private static final String ASKED =
            "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";

    @TempDir Path folder;
    private final FakeUpstream fake = FakeUpstream.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;
    private int port;
    private boolean closed;

    @BeforeEach
    void start() throws IOException {
        Path file = folder.resolve("tierwise.yaml");
        Files.writeString(
                file,
                """
                server: {port: 0}
                discovery: off
                keys:
                  - {name: team, key: "%s"}
                  - {name: other, key: "%s"}
                  - {name: root, key: "%s", admin: true}
                upstreams:
                  - {name: near, backend: vllm, url: "%s"}
                models:
                  - {name: near, upstream: near, tier: local, price: free}
                """
                        .formatted(
                                secret("key-of-the-team"),
                                secret("key-of-another"),
                                secret("key-of-the-admin"),
                                fake.url()));
        var surroundings =
                new Gateway.Surroundings(
                        Map.of("HOME", folder.toString())::get,
                        Clock.systemUTC(),
                        Catalogue.load(),
                        () -> new Detector(List.of(), "test"));
        var records = Gateway.Records.serving(folder.resolve("ledger.db"));
        Gateway.Start start = Gateway.start(config(file), records, surroundings);
        assertThat(start).isInstanceOf(Gateway.Start.Running.class);
        gateway = ((Gateway.Start.Running) start).gateway();
        port = ((Gateway.Start.Running) start).port();
    }

    @AfterEach
    void stop() {
        closeGateway();
        fake.close();
    }

    /// Once only; what was recorded is on disk then.
    private void closeGateway() {
        if (!closed) {
            gateway.close();
        }
        closed = true;
    }

    @Test
    void aThumbIsWrittenDownAndCounted() {
        String id = ask("key-of-the-team");

        HttpResponse<String> said = rate("key-of-the-team", body(id, "\"thumb\": \"up\""));

        JsonNode json = JsonMapper.shared().readTree(said.body());
        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(json.path("request_id").asString()).isEqualTo(id);
        assertThat(json.path("model").asString()).isEqualTo("near");
        assertThat(json.path("recorded").asBoolean()).isTrue();
        assertThat(json.path("learned").asBoolean()).as(json.toString()).isTrue();
        assertThat(json.path("why").asString()).contains("near");
        assertThat(metrics()).contains("tierwise_feedback_total{opinion=\"up\",tier=\"local\"} 1");
        closeGateway();
        assertThat(ratings().tiers()).containsExactly(new Figures.Rated("local", 1, 1, 0, 1));
    }

    @Test
    void theMostExactOfSeveralCountsAndALaterOneReplacesIt() {
        String id = ask("key-of-the-team");
        rate("key-of-the-team", body(id, "\"thumb\": \"up\", \"corrected\": \"x\""));

        rate("key-of-the-team", body(id, "\"thumb\": \"down\", \"score\": 0.75"));

        closeGateway();
        assertThat(ratings().models()).containsExactly(new Figures.Rated("near", 1, 0, 1, 0.75));
    }

    @Test
    void anUnknownRequestIsNotFound() {
        HttpResponse<String> said =
                rate("key-of-the-team", body("0192nothing", "\"thumb\": \"up\""));

        assertThat(said.statusCode()).isEqualTo(404);
        assertThat(said.body()).contains("request_not_found").contains("x-tierwise-request-id");
    }

    @Test
    void onlyTheKeyThatAskedAndAdminsMayRate() {
        String id = ask("key-of-the-team");

        assertThat(rate("key-of-another", body(id, "\"thumb\": \"up\"")).statusCode())
                .isEqualTo(403);
        assertThat(rate("unknown", body(id, "\"thumb\": \"up\"")).statusCode()).isEqualTo(401);
        assertThat(rate("key-of-the-admin", body(id, "\"thumb\": \"up\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsField() {
        HttpResponse<String> said =
                rate("key-of-the-team", "{\"request_id\": \"x\", \"score\": 3}");

        assertThat(said.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(said.body()).path("error").path("param").asString())
                .isEqualTo("score");
    }

    @Test
    void noWordOfACorrectionOrACommentIsKept() {
        String id = ask("key-of-the-team");

        rate(
                "key-of-the-team",
                body(id, "\"corrected\": \"kanarienvogel\", \"comment\": \"kanarienvogel\""));

        closeGateway();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> text(file).contains("kanarienvogel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theCommandRatesToo() {
        String id = ask("key-of-the-team");
        var out = new StringWriter();
        var err = new StringWriter();

        int done = command(out, err, "feedback", id, "--score", "0.5");
        int unknown = command(out, err, "feedback", "0192nothing", "--up");
        int both = command(out, err, "feedback", id, "--up", "--down");
        int none = command(out, err, "feedback", id);
        int wrong = command(out, err, "feedback", id, "--score", "7");

        assertThat(done).as(err.toString()).isZero();
        assertThat(out.toString()).contains("recorded for near");
        assertThat(unknown).isEqualTo(Main.NOT_FOUND);
        assertThat(List.of(both, none, wrong)).containsOnly(Main.USAGE);
    }

    private int command(StringWriter out, StringWriter err, String... words) {
        var all =
                Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--url",
                                "http://127.0.0.1:" + port,
                                "--config",
                                folder.resolve("tierwise.yaml").toString()));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    /// A key in a file of its own, as configurations want it.
    private String secret(String key) throws IOException {
        return "${file:" + Files.writeString(folder.resolve(key + ".txt"), key) + "}";
    }

    private static Config config(Path file) {
        Reading reading = ConfigFile.read(file, _ -> null);
        assertThat(reading).isInstanceOf(Reading.Loaded.class);
        return ((Reading.Loaded) reading).config();
    }

    private static String body(String id, String fields) {
        return "{\"request_id\": \"" + id + "\", " + fields + "}";
    }

    /// The id of a request that was answered.
    private String ask(String key) {
        HttpResponse<String> said = send("/v1/chat/completions", key, ASKED);
        assertThat(said.statusCode()).isEqualTo(200);
        return said.headers().firstValue("x-tierwise-request-id").orElseThrow();
    }

    private HttpResponse<String> rate(String key, String body) {
        return send("/v1/feedback", key, body);
    }

    private HttpResponse<String> send(String path, String key, String body) {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private String metrics() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .header("authorization", "Bearer key-of-the-team")
                        .build())
                .body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Figures.Ratings ratings() {
        var reading = Ledger.read(folder.resolve("ledger.db"), Span.ALL);
        return ((dev.tierwise.ledger.Reading.Found) reading).figures().ratings();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
