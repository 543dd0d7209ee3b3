package dev.tierwise.wire.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReaderTest {
    @Test
    void readsThePieceInTheMiddleAndTheLast() {
        Read<Delta> middle =
                read("{\"message\":{\"content\":\"Hi\",\"thinking\":\"hm\"},\"done\":false}");
        Read<Delta> last =
                read(
                        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"length\","
                                + "\"prompt_eval_count\":5,\"eval_count\":2}");

        assertThat(middle).isEqualTo(new Read.Good<>(new Delta("Hi", "hm", List.of(), "", null)));
        assertThat(last)
                .isEqualTo(
                        new Read.Good<>(
                                new Delta("", "", List.of(), "length", new Usage(5, 0, 2, false))));
    }

    @Test
    void toolCallsGetIdsWhereOllamaGivesNone() {
        Read<Delta> read =
                read(
                        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\","
                                + "\"arguments\":{\"a\":[1]}}}]},\"done\":false}");

        assertThat(read)
                .isEqualTo(
                        new Read.Good<>(
                                new Delta(
                                        "",
                                        "",
                                        List.of(new Delta.ToolCall("call_0", "f", "{\"a\":[1]}")),
                                        "",
                                        null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "{", "[]", "{}", "{\"error\":\"model not found\"}"})
    void whatIsNoAnswerIsBad(String line) {
        assertThat(read(line)).isInstanceOf(Read.Bad.class);
    }

    @Test
    void anErrorOfOllamaIsBadInItsField() {
        assertThat(read("{\"error\":\"runner crashed\"}"))
                .isEqualTo(
                        new Read.Bad<>(
                                new Failure.Malformed("Ollama says: runner crashed", "error")));
    }

    private static Read<Delta> read(String json) {
        return ChatReader.read(json.getBytes(StandardCharsets.UTF_8), "call_");
    }
}
