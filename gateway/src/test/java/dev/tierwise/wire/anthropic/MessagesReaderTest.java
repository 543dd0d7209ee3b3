package dev.tierwise.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessagesReaderTest {
    private static final String WHOLE =
            """
            {"model":"auto","max_tokens":50,"stream":true,"temperature":0.20,"top_p":1,
             "stop_sequences":["END"],"metadata":{"user_id":"u"},"service_tier":"auto",
             "thinking":{"type":"disabled"},
             "system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral"}},
                       {"type":"text","text":"be kind"}],
             "tools":[{"name":"weather","description":"d",
                       "input_schema":{"type":"object","properties":{}}}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "messages":[
              {"role":"user","content":[{"type":"text","text":"look"},
                {"type":"image","source":{"type":"base64","media_type":"image/png",
                  "data":"AAAA"}},
                {"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm",
                 "signature":"s"},{"type":"text","text":"I ask."},
                {"type":"tool_use","id":"t1","name":"weather","input":{"city":"Köln"}},
                {"type":"tool_use","id":"t2","name":"weather","input":{}}]},
              {"role":"user","content":[
                {"type":"tool_result","tool_use_id":"t1","content":[
                  {"type":"text","text":"wet"},
                  {"type":"image","source":{"type":"url","url":"https://example.org/b.png"}}]},
                {"type":"tool_result","tool_use_id":"t2","is_error":true,"content":"no city"},
                {"type":"text","text":"and now?"}]}]}
            """;

    @Test
    void theWholeRequestSaysTheSameAsChat() {
        Prompt prompt = good(WHOLE);

        assertThat(prompt.model()).isEqualTo("auto");
        assertThat(prompt.stream()).isTrue();
        assertThat(prompt.usageInStream()).isTrue();
        assertThat(prompt.maxOutput()).isEqualTo(50);
        assertThat(prompt.needs()).containsExactlyInAnyOrder(Capability.TOOLS, Capability.VISION);
        assertThat(chat(prompt))
                .isEqualTo(
                        tree(
                                """
                                {"model":"auto","messages":[
                                  {"role":"system","content":"be brief\\n\\nbe kind"},
                                  {"role":"user","content":[{"type":"text","text":"look"},
                                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
                                    {"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]},
                                  {"role":"assistant","content":"I ask.","tool_calls":[
                                    {"id":"t1","type":"function","function":{"name":"weather",
                                      "arguments":"{\\"city\\":\\"Köln\\"}"}},
                                    {"id":"t2","type":"function","function":{"name":"weather",
                                      "arguments":"{}"}}]},
                                  {"role":"tool","tool_call_id":"t1","content":"wet\\n(Its images follow.)"},
                                  {"role":"tool","tool_call_id":"t2","content":"The tool failed: no city"},
                                  {"role":"user","content":[
                                    {"type":"text","text":"Images that the tool call t1 gave:"},
                                    {"type":"image_url","image_url":{"url":"https://example.org/b.png"}},
                                    {"type":"text","text":"and now?"}]}],
                                 "max_tokens":50,"temperature":0.20,"top_p":1,"stop":["END"],
                                 "tools":[{"type":"function","function":{"name":"weather","description":"d",
                                    "parameters":{"type":"object","properties":{}}}}],
                                 "tool_choice":"required","parallel_tool_calls":false,
                                 "stream":true,"stream_options":{"include_usage":true}}
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"auto\"} | \"auto\"",
                "{\"type\":\"none\"} | \"none\"",
                "{\"type\":\"tool\",\"name\":\"f\"} |"
                        + " {\"type\":\"function\",\"function\":{\"name\":\"f\"}}"
            })
    void theChoiceOfToolsIsCarried(String choice, String expected) {
        Prompt prompt =
                good(
                        with(
                                "\"tools\":[{\"type\":\"custom\",\"name\":\"f\",\"strict\":true,"
                                        + "\"input_schema\":{}}],\"tool_choice\":"
                                        + choice));

        assertThat(chat(prompt).path("tool_choice")).isEqualTo(tree(expected));
        assertThat(chat(prompt).at("/tools/0/function/strict").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"a\":1}}}",
                "\"output_format\":{\"type\":\"json_schema\",\"schema\":{\"a\":1}}"
            })
    void aSchemaForTheAnswerIsCarried(String wish) {
        Prompt prompt = good(with(wish));

        assertThat(prompt.needs()).containsExactly(Capability.JSON_SCHEMA);
        assertThat(chat(prompt).at("/response_format/json_schema/schema"))
                .isEqualTo(tree("{\"a\":1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"top_k\":5 | top_k",
                "\"inference_geo\":\"eu\" | inference_geo",
                "\"container\":\"c\" | container",
                "\"mcp_servers\":[] | mcp_servers",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024} | thinking",
                "\"output_config\":{\"effort\":\"low\"} | output_config.effort",
                "\"temperature\":1.5 | temperature",
                "\"stop_sequences\":[\"\"] | stop_sequences",
                "\"stream\":1 | stream",
                "\"tool_choice\":{\"type\":\"any\"} | tool_choice",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"}] | tools[0].type",
                "\"tools\":[{\"name\":\"w\"}] | tools[0].input_schema",
                "\"tools\":[{\"name\":\"w\",\"input_schema\":{},\"defer_loading\":true}]"
                        + " | tools[0].defer_loading",
                "\"system\":[{\"type\":\"image\"}] | system[0].type"
            })
    void whatCannotBeFollowedIsRefusedByName(String field, String named) {
        assertThat(bad(with(field)).field()).isEqualTo(named);
        assertThat(bad(with(field)).message()).contains("`" + named.replaceAll("\\.type$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{}}]}"
                        + " | messages[0].content[0].type",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
                        + "{\"type\":\"file\",\"file_id\":\"f\"}}]}"
                        + " | messages[0].content[0].source.type",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}]}"
                        + " | messages[0].content[1]",
                "{\"role\":\"assistant\",\"content\":\"It is\"} | messages",
                "{\"role\":\"tool\",\"content\":\"a\"} | messages[0].role",
                "{\"role\":\"user\"} | messages[0].content",
                "7 | messages[0]"
            })
    void whatAMessageCannotSayIsRefusedByPlace(String message, String named) {
        String json = "{\"model\":\"auto\",\"max_tokens\":1,\"messages\":[" + message + "]}";

        assertThat(bad(json).field()).isEqualTo(named);
    }

    @Test
    void theLimitOfTheAnswerIsNeededExceptToCount() {
        String json = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

        assertThat(bad(json).field()).isEqualTo("max_tokens");
        assertThat(MessagesReader.readToCount(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Read.Good.class);
    }

    @Test
    void aFieldThatStandsTwiceIsRefused() {
        assertThat(bad(with("\"system\":\"a\",\"system\":\"b\"")).message()).contains("twice");
    }

    @Test
    void whatIsReadMeansTheSame() {
        for (int seed = 0; seed < 500; seed++) {
            var talk = new RandomTalk(seed);

            Prompt prompt = good(talk.request());

            assertThat(RandomTalk.said(chat(prompt))).as("seed %s", seed).isEqualTo(talk.said());
        }
    }

    @Test
    void anyBytesAreReadOrRefused() {
        var random = new Random(7);
        byte[] good = new RandomTalk(1).request().getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            assertThat(MessagesReader.read(bytes)).isNotNull();
        }
    }

    static String with(String field) {
        return "{\"model\":\"auto\",\"max_tokens\":1,"
                + field
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
    }

    private static JsonNode chat(Prompt prompt) {
        return JsonMapper.shared().readTree(prompt.body().bytes());
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static Prompt good(String json) {
        return switch (MessagesReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) -> prompt;
            case Read.Bad<Prompt>(Failure.Malformed problem) -> throw new AssertionError(problem);
        };
    }

    private static Failure.Malformed bad(String json) {
        return switch (MessagesReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) -> throw new AssertionError(prompt);
            case Read.Bad<Prompt>(Failure.Malformed problem) -> problem;
        };
    }
}
