package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Received;
import dev.tierwise.fakes.Script;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A rule with `transform: pseudonymise`: the far model sees tokens, the client sees what it wrote.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PseudonymTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String TOKEN = "[A-Z_]+_[0-9A-HJKMNP-TV-Z]{8}";
    private static final String SSN = "219-09-3361";
    private static final String WORDS =
            "Mail \"anna.kovacs@example.org\"\nabout SSN " + SSN + ", record MRN: 88-1234567.";

    private final FakeUpstream near = FakeUpstream.start();
    private final FakeUpstream far = FakeUpstream.start();
    private final GatewayProcess gateway = GatewayProcess.start(configuration());

    @BeforeEach
    void forget() {
        near.forget();
        far.forget();
        far.script(Script.of("You said: {{message}} Right?"));
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
    void theFarModelSeesTokensAndTheClientItsOwnWords() {
        var seen = new Chat(gateway.url()).ask(request("far", WORDS, false));

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.json().at("/choices/0/message/content").stringValue())
                .isEqualTo("You said: " + WORDS + " Right?");
        assertThat(last(far.received().getFirst()))
                .matches(
                        "Mail \"EMAIL_\\w{8}\"\nabout SSN [A-Z_]+_\\w{8}, record MRN:"
                                + " MEDICAL_RECORD_\\w{8}\\.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 40, 200})
    void aStreamComesBackWhateverItsPieces(int chunks) {
        far.script(Script.of("You said: {{message}} Right?").withChunks(chunks));

        var seen = new Chat(gateway.url()).ask(request("far", WORDS, true));

        assertThat(seen.streamedText()).isEqualTo("You said: " + WORDS + " Right?");
        assertThat(seen.events()).last().isEqualTo("[DONE]");
        assertThat(far.received().getFirst().text()).doesNotContain(SSN).doesNotContain("anna");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsOfToolsStayJson(boolean stream) {
        far.script(
                Script.of("")
                        .withChunks(30)
                        .withToolCall("send", "{\"to\": \"{{message}}\", \"n\": 1}"));
        ObjectNode asked = (ObjectNode) MAPPER.readTree(request("far", WORDS, stream));
        asked.putArray("tools")
                .addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", "send")
                .putObject("parameters")
                .put("type", "object");

        var seen = new Chat(gateway.url()).ask(asked.toString());

        JsonNode arguments = MAPPER.readTree(stream ? streamed(seen) : whole(seen));
        assertThat(arguments.path("to").stringValue()).isEqualTo(WORDS);
        assertThat(far.received().getFirst().text()).doesNotContain(SSN);
    }

    private static String whole(Chat.Seen seen) {
        return seen.json().at("/choices/0/message/tool_calls/0/function/arguments").stringValue();
    }

    private static String streamed(Chat.Seen seen) {
        var text = new StringBuilder();
        for (String event : seen.events()) {
            if (!event.equals("[DONE]")) {
                text.append(
                        MAPPER.readTree(event)
                                .at("/choices/0/delta/tool_calls/0/function/arguments")
                                .asString(""));
            }
        }
        return text.toString();
    }

    @Test
    void theNearModelSeesItAsItIs() {
        var seen = new Chat(gateway.url()).ask(request("near", WORDS, false));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(last(near.received().getFirst())).isEqualTo(WORDS);
    }

    @Test
    void historyToolsAndJsonWithinAreVeiledAlike() {
        ObjectNode root = MAPPER.createObjectNode().put("model", "far");
        root.putObject("metadata").put("who", "anna.kovacs@example.org");
        var messages = root.putArray("messages");
        messages.addObject().put("role", "system").put("content", "Serve SSN " + SSN);
        messages.addObject()
                .put("role", "assistant")
                .putNull("content")
                .putArray("tool_calls")
                .addObject()
                .put("id", "call_1")
                .put("type", "function")
                .putObject("function")
                .put("name", "look")
                .put("arguments", "{\"ssn\":\"" + SSN + "\",\"phone\":5551234567}");
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", "call_1")
                .put("content", "[{\"mail\":\"anna.kovacs@example.org\",\"ssn\":\"" + SSN + "\"}]");

        var seen = new Chat(gateway.url()).ask(root.toString());

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        JsonNode sent = MAPPER.readTree(far.received().getFirst().text());
        assertThat(sent.toString()).doesNotContain(SSN).doesNotContain("anna");
        assertThat(sent.at("/metadata/who").stringValue()).matches(TOKEN);
        String token =
                sent.at("/messages/0/content").stringValue().substring("Serve SSN ".length());
        assertThat(
                        MAPPER.readTree(
                                        sent.at("/messages/1/tool_calls/0/function/arguments")
                                                .stringValue())
                                .path("ssn")
                                .stringValue())
                .isEqualTo(token);
        assertThat(seen.text()).contains(SSN);
    }

    @Test
    void whatCannotBeReplacedStaysAndTheRuleIsNamed() {
        ObjectNode root = (ObjectNode) MAPPER.readTree(request("far", "hello", false));
        root.putObject("metadata").put("ssn", 219093361L);

        var refused = new Chat(gateway.url()).ask(root.toString());
        var elsewhere = new Chat(gateway.url()).ask(root.put("model", "auto").toString());

        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.text())
                .contains("policy_violation")
                .contains("partner-sees-tokens")
                .contains("number");
        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(elsewhere.header("x-tierwise-model")).isEqualTo("near");
        assertThat(far.received()).isEmpty();
    }

    @Test
    void nothingOfItIsWrittenAndTheTrailSaysWhatWasDone() {
        try (GatewayProcess other = GatewayProcess.start(configuration())) {
            String from = Instant.now().toString();
            new Chat(other.url()).ask(request("far", WORDS, false));
            Secrecy.assertNowhere(other, SSN);
            other.stop();

            var proof = other.home().run("prove", "--no-egress", "personal", "--from", from);

            assertThat(proof.code()).as(proof.out() + proof.err()).isNotZero();
            assertThat(proof.out() + proof.err()).contains("under pseudonyms");
        }
    }

    private String configuration() {
        return Yaml.of(
                        """
                        policy:
                          zones:
                            - name: partner
                              kind: cloud
                              jurisdiction: US
                              contract: {type: BAA, expires: 2199-01-01, reference: BAA-7}
                          rules:
                            - name: partner-sees-tokens
                              when: {class: [personal, special, phi]}
                              then: {zones: [host, partner], transform: pseudonymise}
                        """)
                .upstream("near", "vllm", near.url(), Yaml.QUICK)
                .upstream(
                        "far",
                        "openai-compatible",
                        far.url().resolve("/v1"),
                        Yaml.QUICK + ", zone: partner")
                .model("near", "near", "local")
                .model("far", "far", "frontier")
                .text();
    }

    private static String request(String model, String text, boolean stream) {
        ObjectNode root = MAPPER.createObjectNode().put("model", model).put("stream", stream);
        root.putArray("messages").addObject().put("role", "user").put("content", text);
        return root.toString();
    }

    private static String last(Received received) {
        JsonNode messages = MAPPER.readTree(received.text()).path("messages");
        return messages.path(messages.size() - 1).path("content").stringValue();
    }
}
