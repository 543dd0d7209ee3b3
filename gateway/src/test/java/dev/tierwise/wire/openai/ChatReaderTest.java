package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReaderTest {
    @Test
    void readsWhatTheRouterNeeds() {
        String json =
                """
                {"model":"tier:mid","stream":true,"stream_options":{"include_usage":true},
                 "max_tokens":50,"n":2,"logprobs":true,
                 "tools":[{"type":"function","function":{"name":"f"}}],
                 "response_format":{"type":"json_schema","json_schema":{"schema":{}}},
                 "messages":[
                  {"role":"system","content":"be brief"},
                  {"role":"user","content":[{"type":"text","text":"look"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                    "function":{"name":"f","arguments":"{\\"iban\\":\\"DE89\\"}"}}]},
                  {"role":"tool","tool_call_id":"c1","content":"done"}]}
                """;

        Prompt prompt = good(json);

        assertThat(prompt.model()).isEqualTo("tier:mid");
        assertThat(prompt.stream()).isTrue();
        assertThat(prompt.usageInStream()).isTrue();
        assertThat(prompt.maxOutput()).isEqualTo(50);
        assertThat(prompt.tools()).isEqualTo(1);
        assertThat(prompt.needs())
                .containsExactlyInAnyOrder(
                        Capability.CHOICES,
                        Capability.LOGPROBS,
                        Capability.TOOLS,
                        Capability.JSON_SCHEMA,
                        Capability.VISION);
        assertThat(prompt.messages()).hasSize(4);
        assertThat(prompt.messages().get(2).content())
                .contains(new Prompt.Content.Text("{\"iban\":\"DE89\"}"));
    }

    @Test
    void aMissingModelMeansAuto() {
        assertThat(good("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}").model())
                .isEqualTo("auto");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    []                                          | must be one JSON object
                    {"messages":[]}                             | `messages` is missing
                    {"model":"auto"}                            | `messages` is missing
                    {"model":5,"messages":[]}                   | `model` must be a string
                    {"messages":{}}                             | `messages` must be an array
                    {"messages":[1]}                            | `messages[0]` must be an object
                    {"messages":[{"content":"x"}]}              | `messages[0].role` is missing
                    {"messages":[{"role":"user"}],"stream":"y"} | `stream` must be true or false
                    {"model":"a","model":"b","messages":[]}     | stands twice
                    {"messages":[{"role":"a","role":"b"}]}      | stands twice
                    {"messages":[{"role":"user"}]} x            | not valid JSON
                    {"messages":[{"role":"user"}]               | not valid JSON
                    """)
    void whatIsWrongIsSaid(String json, String message) {
        var read = ChatReader.read(json.getBytes(StandardCharsets.UTF_8));

        assertThat(read).isInstanceOf(Read.Bad.class);
        assertThat(((Read.Bad<Prompt>) read).problem().message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsAreRefused(String charset) {
        String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

        var read = ChatReader.read(json.getBytes(Charset.forName(charset)));

        assertThat(read).isInstanceOf(Read.Bad.class);
    }

    @Test
    void brokenBytesNeverThrow() {
        var random = new Random(3);
        var chats = new RandomChat(3);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = chats.next().getBytes(StandardCharsets.UTF_8);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            Read<Prompt> read = ChatReader.read(bytes);

            if (read instanceof Read.Bad<Prompt>(Failure.Malformed problem)) {
                assertThat(problem.message()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_999);
    }

    @Test
    void printingShowsNoWords() {
        Prompt prompt = good("{\"messages\":[{\"role\":\"user\",\"content\":\"secret words\"}]}");

        assertThat(prompt.toString()).doesNotContain("secret");
        assertThat(prompt.messages().toString()).doesNotContain("secret");
        assertThat(prompt.body().toString()).doesNotContain("secret");
    }

    private static Prompt good(String json) {
        Read<Prompt> read = ChatReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good<Prompt>) read).value();
    }
}
