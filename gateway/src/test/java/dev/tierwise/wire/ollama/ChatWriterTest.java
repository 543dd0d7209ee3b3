package dev.tierwise.wire.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatWriterTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void putsParametersWhereOllamaLooksForThem() {
        JsonNode out =
                write(
                        """
                        {"model":"auto","stream":true,"temperature":0.2,"top_p":0.9,"seed":7,
                         "max_tokens":64,"stop":["x"],"user":"u","x_own":{"a":1},
                         "response_format":{"type":"json_schema",
                           "json_schema":{"name":"n","schema":{"type":"object"}}},
                         "messages":[{"role":"developer","content":"hi"}]}
                        """);

        assertThat(out)
                .isEqualTo(
                        MAPPER.readTree(
                                """
                                {"model":"llama3.2:3b",
                                 "messages":[{"role":"system","content":"hi"}],
                                 "stream":true,"x_own":{"a":1},"format":{"type":"object"},
                                 "options":{"temperature":0.2,"top_p":0.9,"seed":7,
                                   "num_predict":64,"stop":["x"],"num_ctx":8192},
                                 "keep_alive":"600s"}
                                """));
    }

    @Test
    void putsConversationsIntoOllamasForm() {
        JsonNode out =
                write(
                        """
                        {"messages":[
                         {"role":"user","content":[{"type":"text","text":"see "},
                           {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
                           {"type":"text","text":"this"}]},
                         {"role":"assistant","content":null,"tool_calls":[{"id":"c1",
                           "type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},
                         {"role":"tool","tool_call_id":"c1","content":"ok"}]}
                        """);

        assertThat(out.path("messages"))
                .isEqualTo(
                        MAPPER.readTree(
                                """
                                [{"role":"user","images":["QUJD"],"content":"see this"},
                                 {"role":"assistant","content":"","tool_calls":[{"id":"c1",
                                   "function":{"name":"f","arguments":{"a":1}}}]},
                                 {"role":"tool","content":"ok","tool_name":"f",
                                   "tool_call_id":"c1"}]
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "n":2                                  | n
                    "logit_bias":{"1":2}                   | logit_bias
                    "tool_choice":"required"               | tool_choice
                    "tool_choice":{"type":"function"}      | tool_choice
                    "functions":[]                         | functions
                    """)
    void whatOllamaCannotSayIsRefusedByName(String field, String name) {
        Read<Body> read =
                ChatWriter.write(
                        prompt(
                                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                                        + field
                                        + "}"),
                        new ChatWriter.Terms("m", 8_192, null));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> {
                            assertThat(bad.problem().field()).isEqualTo(name);
                            assertThat(bad.problem().message()).contains("`" + name + "`");
                        });
    }

    @Test
    void imagesElsewhereAreRefused() {
        Read<Body> read =
                ChatWriter.write(
                        prompt(
                                """
                                {"messages":[{"role":"user","content":[{"type":"image_url",
                                 "image_url":{"url":"https://example.org/a.png"}}]}]}
                                """),
                        new ChatWriter.Terms("m", 8_192, null));

        assertThat(read).isInstanceOf(Read.Bad.class);
    }

    private static JsonNode write(String json) {
        Read<Body> read =
                ChatWriter.write(prompt(json), new ChatWriter.Terms("llama3.2:3b", 8_192, "600s"));
        assertThat(read).isInstanceOf(Read.Good.class);
        return MAPPER.readTree(((Read.Good<Body>) read).value().bytes());
    }

    private static Prompt prompt(String json) {
        var read = ChatReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good<Prompt>) read).value();
    }
}
