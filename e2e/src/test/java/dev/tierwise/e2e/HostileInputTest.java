package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests made to get past the guard, or to bring it down: what identifies stays, and the gateway
/// goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputTest {
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final String SSN = "219-09-3361";
    private static final String CANARY = " her social security number is " + SSN;

    private final FakeUpstream near = FakeUpstream.start();
    private final FakeUpstream far = FakeUpstream.start();
    private final GatewayProcess gateway = GatewayProcess.start(yaml(""));
    private final Chat chat = new Chat(gateway.url());

    private String yaml(String policy) {
        return Yaml.of("server: {heartbeat: off}\n" + policy)
                .upstream("near", "vllm", near.url(), Yaml.QUICK)
                .upstream("far", "openai-compatible", far.url().resolve("/v1"), Yaml.QUICK)
                .model("near", "near", "local")
                .model("far", "far", "frontier")
                .text();
    }

    @BeforeEach
    void forget() {
        near.forget();
        far.forget();
        far.script(Script.of("hello"));
    }

    @AfterAll
    void stop() {
        try (near;
                far;
                gateway) {
            assertThat(gateway.ledger().integrity()).isEqualTo("ok");
        }
    }

    @Test
    void whatStandsAtTheEndOfTenMegabytesStays() {
        String pages = "the weather was fine and the road was long. ".repeat(240_000);

        var seen = chat.ask(said("far", pages + CANARY));

        assertThat(seen.status()).isEqualTo(503);
        assertThat(seen.text()).contains("policy_violation");
        assertThat(far.received()).isEmpty();
    }

    @Test
    void whatStandsInTheLastOfManyLeavesStays() {
        ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(said("far", "hello"));
        var leaves = root.putObject("metadata").putArray("tags");
        for (int i = 0; i < 100_000; i++) {
            leaves.add("t" + i);
        }
        leaves.add(CANARY);

        var seen = chat.ask(root.toString());

        assertThat(seen.status()).isEqualTo(503);
        assertThat(far.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 1_000, 100_000})
    void whatLiesDeepStays(int depth) {
        String deep = "[".repeat(depth) + "\"" + CANARY + "\"" + "]".repeat(depth);

        var seen =
                chat.ask(said("far", "hello").replaceFirst("\\{", "{\"metadata\":" + deep + ","));

        assertThat(seen.status()).isIn(400, 503);
        assertThat(far.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void whatIsWrappedInJsonStays(int wraps) {
        String text = CANARY;
        for (int i = 0; i < wraps; i++) {
            text = JsonMapper.shared().createObjectNode().put("v", text).toString();
        }

        var seen = chat.ask(said("far", text));

        assertThat(seen.status()).isEqualTo(503);
        assertThat(far.received()).isEmpty();
    }

    @Test
    void badUtf8IsRefusedAndTheGatewayGoesOn() throws IOException {
        byte[] head =
                "{\"model\":\"far\",\"messages\":[{\"role\":\"user\",\"content\":\""
                        .getBytes(StandardCharsets.UTF_8);
        byte[] tail = (CANARY + "\"}]}").getBytes(StandardCharsets.UTF_8);
        byte[] bad = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE};
        int length = head.length + bad.length + tail.length;
        try (Wire wire = Wire.to(gateway.url())) {
            wire.send(
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: "
                            + gateway.url().getAuthority()
                            + "\r\ncontent-type: application/json\r\ncontent-length: "
                            + length
                            + "\r\n\r\n");
            wire.send(head);
            wire.send(bad);
            wire.send(tail);

            assertThat(wire.head().status()).isIn(400, 503);
        }
        assertThat(far.received()).isEmpty();
        assertThat(chat.ask(said("far", "hello")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "1-", "((((", "a@", "\\\\", "AAAA", "%25", "&amp;", "MRN ", "5 ", "[at] "
            })
    void rowsThatDriveExpressionsWildHideNothing(String bit) {
        var seen = chat.ask(said("far", bit.repeat(200_000 / bit.length()) + "\n" + CANARY));

        assertThat(seen.status()).isEqualTo(503);
        assertThat(far.received()).isEmpty();
    }

    @Test
    void aPolicyThatChangesHoldsForTheNextRequestAndNotForTheOneUnderWay() throws IOException {
        far.script(
                Script.of("a long answer").withChunks(40).withChunkDelay(Duration.ofMillis(150)));
        try (GatewayProcess other = GatewayProcess.start(yaml(""))) {
            var client = new Chat(other.url());
            try (Wire running = client.begin(Chat.body("far", true))) {
                Wire.Head head = running.head();

                other.configure(
                        yaml(
                                """
                                policy:
                                  rules:
                                    - name: nothing-leaves-any-more
                                      when: {class: [public, internal]}
                                      then: {zones: [host]}
                                """));

                boolean held =
                        FakeUpstream.await(
                                () -> client.ask(said("far", "hi")).status() == 503, NOTICED);
                Wire.Body body = running.body(head);
                assertThat(held).isTrue();
                assertThat(head.status()).isEqualTo(200);
                assertThat(body.broken()).isFalse();
            }
            other.configure(
                    yaml(
                            "policy: {rules: [{name: x, when: {class: [phi]}, then: {zones: [mars]}}]}\n"));
            boolean told = FakeUpstream.await(() -> other.stderr().contains("mars"), NOTICED);
            assertThat(told).as(other.stderr()).isTrue();
            assertThat(client.ask(said("far", "hi")).status()).isEqualTo(503);
        }
    }

    private static String said(String model, String text) {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("model", model);
        root.putArray("messages").addObject().put("role", "user").put("content", text);
        return root.toString();
    }
}
