package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Where both sides speak one dialect, what is not the gateway's business passes untouched.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ByteFidelityTest {
    /// Unknown fields, odd spellings of numbers, escapes, raw unicode, blanks and line ends.
    private static final String ODD =
            "{ \"zeta\" : [1.0e+2 ,-0.0, 12345678901234567890123, 1E400],\r\n\t\"messages\":"
                    + "[{\"role\":\"user\",\"content\":\"Gr\\u00fc\\u00DF Gott \u2014 \ud83d\uddfc \\ud83d\\ude00"
                    + " \\/ \\\"model\\\": \\\"no\\\"\",\"name\":\"\u00e9\"}] ,\"temperature\":0.70000000000000001,"
                    + "\"model\" :\t\"%s\" , \"x_private\":{\"model\":\"inner\",\"n\":1e-7,\"empty\":{}},"
                    + "\"stream\":%s%s}  \n";

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final Chat chat;

    ByteFidelityTest() {
        gateway =
                GatewayProcess.start(
                        Yaml.of("server: {heartbeat: off}\n")
                                .upstream("plain", "vllm", fake.url(), "retries: 0")
                                .model("openai", "plain", "local")
                                .text());
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void stop() {
        try (fake;
                gateway) {
            assertThat(gateway.ledger().integrity()).isEqualTo("ok");
        }
    }

    @BeforeEach
    void wellAgain() {
        fake.script(Script.of("Caf\u00e9 \ud83d\uddfc, \"quoted\"\n and a second line."));
        fake.forget();
    }

    private String sent() {
        assertThat(fake.received()).hasSize(1);
        return fake.received().getFirst().text();
    }

    @Test
    void aRequestKeepsEveryByteButItsModel() {
        Chat.Seen seen = chat.ask(ODD.formatted("openai", "false", ""));

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(sent()).isEqualTo(ODD.formatted("wire-openai", "false", ""));
    }

    @Test
    void aStreamsRequestGainsTheWishForTokenCounts() {
        Chat.Seen seen = chat.ask(ODD.formatted("openai", "true", ""));

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        String sent = sent();
        String added = "\"stream_options\":{\"include_usage\":true}";
        assertThat(sent).containsOnlyOnce(added);
        assertThat(sent.replaceFirst(",?" + java.util.regex.Pattern.quote(added) + ",?", ""))
                .isEqualTo(ODD.formatted("wire-openai", "true", ""));
        assertThat(seen.text()).doesNotContain("completion_tokens");
    }

    @Test
    void aStreamsRequestThatWishesForTokenCountsStaysAsItIs() {
        String options = ", \"stream_options\" : {\"include_usage\" : true}";

        Chat.Seen seen = chat.ask(ODD.formatted("auto", "true", options));

        assertThat(sent()).isEqualTo(ODD.formatted("wire-openai", "true", options));
        assertThat(seen.text()).contains("completion_tokens");
    }

    @Test
    void anAnswersBytesComeBackAsTheyWere() throws Exception {
        String direct = direct(ODD.formatted("wire-openai", "false", ""));

        Chat.Seen seen = chat.ask(ODD.formatted("openai", "false", ""));

        assertThat(seen.text()).isEqualTo(direct);
    }

    @Test
    void aStreamsBytesComeBackAsTheyWere() throws Exception {
        String options = ",\"stream_options\":{\"include_usage\":true}";
        String direct = direct(ODD.formatted("wire-openai", "true", options));

        Chat.Seen seen = chat.ask(ODD.formatted("openai", "true", options));

        assertThat(seen.text()).isEqualTo(direct).endsWith("data: [DONE]\n\n");
    }

    /// What the upstream says to whoever asks it without the gateway.
    private String direct(String body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(fake.url() + "/v1/chat/completions"))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return new String(
                    client.send(request, BodyHandlers.ofByteArray()).body(),
                    StandardCharsets.UTF_8);
        }
    }
}
