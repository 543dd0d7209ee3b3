package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who comes in, with how much, how slowly, and what is never told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SafetyTest {
    private static final String KEY = "sk-team-0123456789abcdef-secret";
    private static final String UPSTREAM_KEY = "sk-upstream-fedcba9876543210-secret";
    private static final int MAX_BODY = 64 << 10;

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess open;
    private final GatewayProcess locked;

    SafetyTest() {
        String server =
                "server: {heartbeat: off, max-body: 64KiB, max-header: 8KiB, body-timeout: 1s,"
                        + " allowed-origins: ['https://chat.example.com']}\n";
        open = GatewayProcess.start(models(server).text());
        // a breaker belongs to a model: with one for each fault none keeps the next from coming
        Yaml yaml = models("keys: [{name: team, key: '${env:TEAM_KEY}'}]\n");
        for (Fault fault : Fault.values()) {
            yaml = yaml.model("model-" + fault.word(), "plain", "mid");
        }
        locked =
                GatewayProcess.start(
                        yaml.text(), Map.of("TEAM_KEY", KEY, "UPSTREAM_KEY", UPSTREAM_KEY));
    }

    private Yaml models(String head) {
        String key = head.startsWith("keys") ? ", key: '${env:UPSTREAM_KEY}'" : "";
        return Yaml.of(head)
                .upstream("plain", "vllm", fake.url(), Yaml.QUICK + key)
                .model("openai", "plain", "local");
    }

    @AfterAll
    void stop() {
        try (fake;
                open;
                locked) {
            assertThat(open.ledger().integrity()).isEqualTo("ok");
        }
    }

    @BeforeEach
    void wellAgain() {
        fake.fault(Fault.NONE);
        fake.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void withoutKeysOnlyThisMachineIsServed(String host) {
        try (Home home = Home.make()) {
            String config = home.write("tierwise.yaml", models("").text()).toString();

            var result = home.run("serve", "--host", host, "--port", "0", "--config", config);

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("refusing to listen on " + host).contains("`keys`");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, 'Bearer ', 200",
        "authorization, 'bearer ', 200",
        "x-api-key, '', 200",
        "authorization, '', 401",
        "authorization, 'Bearer x', 401",
        "x-api-key, 'x', 401",
        "x-other, '', 401"
    })
    void aKeyOpensTheDoor(String header, String before, int status) {
        Chat.Seen seen = new Chat(locked.url()).ask(Chat.body("auto", false), header, before + KEY);

        assertThat(seen.status()).isEqualTo(status);
        assertThat(fake.received()).hasSize(status == 200 ? 1 : 0);
        if (status == 401) {
            assertThat(seen.json().at("/error/code").stringValue()).isEqualTo("invalid_api_key");
            assertThat(seen.text()).doesNotContain(KEY);
        } else {
            assertThat(fake.received().getFirst().header("authorization"))
                    .isEqualTo("Bearer " + UPSTREAM_KEY);
            assertThat(fake.received().getFirst().header("x-api-key")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/models,401", "/metrics,401", "/healthz,200", "/readyz,200", "/nothing,404"})
    void whatNeedsNoKeyIsListed(String path, int status) {
        assertThat(new Chat(locked.url()).get(path).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSecretAndNoPromptIsEverTold(Fault fault) {
        fake.settings(fake.settings().withHugeBytes(100_000).withRetryAfter(Duration.ofSeconds(1)));
        fake.fault(fault);
        String[] key = {"authorization", "Bearer " + KEY};

        Chat.Seen seen = new Chat(locked.url()).ask(Chat.body("model-" + fault.word(), true), key);

        assertThat(fake.received().isEmpty()).isEqualTo(fault == Fault.REFUSE);
        assertThat(seen.text()).doesNotContain(KEY, UPSTREAM_KEY, Chat.CANARY);
        for (String words : new String[] {KEY, UPSTREAM_KEY, Chat.CANARY}) {
            Secrecy.assertNowhere(locked, words);
            assertThat(new Chat(locked.url()).get("/metrics", key).text()).doesNotContain(words);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String text = Chat.body("auto", false) + " ".repeat(MAX_BODY);

        Chat.Seen seen = new Chat(open.url()).ask(text);

        assertThat(seen.status()).isEqualTo(413);
        assertThat(seen.json().at("/error/message").stringValue()).contains("server.max-body");
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void aBodyOfUnknownLengthIsCutAtTheLimit() throws IOException {
        try (Wire wire = Wire.to(open.url())) {
            wire.send("POST /v1/chat/completions HTTP/1.1\r\n");
            wire.send("host: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
            String chunk = Integer.toHexString(MAX_BODY) + "\r\n" + " ".repeat(MAX_BODY) + "\r\n";
            wire.send(chunk + "1\r\n \r\n");

            assertThat(wire.head().status()).isEqualTo(413);
        }
    }

    @Test
    void bodiesThatTogetherFillTheMemoryAreRefusedAndSmallOnesGoOn() throws IOException {
        String blanks = " ".repeat(30 << 20);
        try (var gateway = GatewayProcess.start(models("server: {heartbeat: off}\n").text())) {
            var chat = new Chat(gateway.url());
            try (Wire wire = Wire.to(gateway.url())) {
                wire.send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n");
                wire.send("content-length: " + (31 << 20) + "\r\n\r\n" + blanks);

                assertThat(FakeUpstream.await(() -> chat.ask(blanks).status() == 503, LONG))
                        .as("there is no room for a second body of this size")
                        .isTrue();
                assertThat(chat.ask(blanks).text()).contains("TIERWISE_JAVA_OPTS=-Xmx");
                assertThat(chat.ask(Chat.body("auto", false)).status()).isEqualTo(200);
            }
            assertThat(FakeUpstream.await(() -> chat.ask(blanks).status() == 400, LONG))
                    .as("a connection that closes gives its room back")
                    .isTrue();
        }
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        Chat.Seen seen = new Chat(open.url()).get("/healthz", "x-large", "x".repeat(9 << 10));

        assertThat(seen.status()).isEqualTo(431);
    }

    @Test
    void aBodyThatComesTooSlowlyIsCut() throws IOException {
        long begin = System.nanoTime();
        try (Wire wire = Wire.to(open.url())) {
            wire.send("POST /v1/chat/completions HTTP/1.1\r\n");
            wire.send("host: localhost\r\ncontent-length: 100\r\n\r\n{\"model\"");

            int status = wire.head().status();

            assertThat(status).isIn(0, 408);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(new Chat(open.url()).get("/healthz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "origin, https://evil.example, 403",
        "origin, null, 403",
        "origin, http://127.0.0.1.evil.example, 403",
        "origin, http://localhost:3000, 200",
        "origin, https://chat.example.com, 200",
        "host, evil.example, 403",
        "host, localhost.evil.example:7020, 403",
        "host, localhost:7020, 200",
        "host, '[::1]:7020', 200"
    })
    void aPageInTheBrowserIsNotTheUser(String header, String value, int status) {
        Chat.Seen seen = new Chat(open.url()).ask(Chat.body("auto", false), header, value);

        assertThat(seen.status()).as(seen.text()).isEqualTo(status);
        assertThat(fake.received()).hasSize(status == 200 ? 1 : 0);
    }
}
