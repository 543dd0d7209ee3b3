package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChatEditTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"stream":true,"messages":[M]}                         | {"messages":[M]}
                    {"messages":[M],"stream":true}                         | {"messages":[M]}
                    {"messages":[M] , "stream" : true }                    | {"messages":[M]  }
                    {"stream":true,"stream_options":{"a":1},"messages":[M]}| {"messages":[M]}
                    {"messages":[M],"stream":true,"stream_options":{}}     | {"messages":[M]}
                    {"messages":[M],"stream":true, "n":1,"stream_options":null} | {"messages":[M], "n":1}
                    {"messages":[M],"\\u0073tream":true}                   | {"messages":[M]}
                    {"messages":[M],"x":"stream"}                          | {"messages":[M],"x":"stream"}
                    """)
    void aFieldGoesWithItsComma(String before, String after) {
        Prompt edited =
                ChatEdit.of(prompt(filled(before)))
                        .without("stream")
                        .without("stream_options")
                        .prompt();

        assertThat(text(edited)).isEqualTo(filled(after));
        assertThat(edited.stream()).isFalse();
    }

    private static String filled(String request) {
        return request.replace("M", "{\"role\":\"user\",\"content\":\"{,\\\"stream\\\":1}\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"messages":[M],"seed": 5 ,"x":1} | {"messages":[M],"seed": 7 ,"x":1}
                    { "messages":[M]}                 | {"seed":7, "messages":[M]}
                    """)
    void aFieldIsExchangedOrAdded(String before, String after) {
        Prompt edited = ChatEdit.of(prompt(filled(before))).with("seed", "7").prompt();

        assertThat(text(edited)).isEqualTo(filled(after));
    }

    @Test
    void nothingElseChanges() {
        var random = new RandomChat(77);
        for (int round = 0; round < 2_000; round++) {
            Prompt before = prompt(random.next());

            Prompt after =
                    ChatEdit.of(before)
                            .without("stream")
                            .without("stream_options")
                            .with("unknown_1", "{\"b\":1}")
                            .with("seed", "12")
                            .prompt();

            ObjectNode expected = (ObjectNode) JSON.readTree(before.body().bytes());
            expected.remove("stream");
            expected.remove("stream_options");
            expected.put("seed", 12).putObject("unknown_1").put("b", 1);
            assertThat(JSON.readTree(after.body().bytes())).isEqualTo(expected);
            assertThat(raw(after, "messages")).isEqualTo(raw(before, "messages"));
            assertThat(raw(after, "unknown_2")).isEqualTo(raw(before, "unknown_2"));
        }
    }

    @Test
    void aRequestWithoutTheFieldStaysItself() {
        Prompt before = prompt(filled("{\"messages\":[M]}"));

        Prompt after = ChatEdit.of(before).without("stream").prompt();

        assertThat(after).isSameAs(before);
    }

    @ParameterizedTest
    @CsvSource({"0.25,0.25", "1e0,1.0", "null,", "\"warm\","})
    void numbersAreRead(String value, Double number) {
        Prompt prompt = prompt(filled("{\"temperature\":" + value + ",\"messages\":[M]}"));

        assertThat(ChatEdit.of(prompt).number("temperature").orElse(null)).isEqualTo(number);
        assertThat(ChatEdit.of(prompt).number("top_p")).isEmpty();
    }

    private static Prompt prompt(String json) {
        return switch (ChatReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Read.Good<Prompt>(Prompt prompt) -> prompt;
            case Read.Bad<Prompt>(Failure.Malformed problem) ->
                    throw new AssertionError(problem.message());
        };
    }

    private static String text(Prompt prompt) {
        return new String(prompt.body().bytes(), StandardCharsets.UTF_8);
    }

    private static String raw(Prompt prompt, String field) {
        return prompt.body().field(field).map((Body.Span span) -> text(prompt, span)).orElse("");
    }

    private static String text(Prompt prompt, Body.Span span) {
        byte[] bytes = prompt.body().bytes();
        return new String(bytes, span.start(), span.end() - span.start(), StandardCharsets.UTF_8);
    }
}
