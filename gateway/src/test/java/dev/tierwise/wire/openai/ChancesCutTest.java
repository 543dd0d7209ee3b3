package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChancesCutTest {
    @Test
    void onlyTheChancesGo() {
        String answer =
                """
                { "choices" : [ {"index":0, "logprobs": {"content":[{"token":"\\"logprobs\\":{}"}]} ,
                  "message":{"content":"\\"logprobs\\":{\\"a\\":1}","logprobs":{"kept":1}}},
                  {"index":1,"logprobs":null},{"index":2,"logprobs":{}}], "logprobs":{"kept":2} }
                """;
        String expected =
                answer.replace("{\"content\":[{\"token\":\"\\\"logprobs\\\":{}\"}]}", "null")
                        .replace(
                                "{\"index\":2,\"logprobs\":{}}", "{\"index\":2,\"logprobs\":null}");

        Body cut = ChancesCut.ofAnswer(body(answer));

        assertThat(text(cut)).isEqualTo(expected);
    }

    @Test
    void streamsSayTheSameWithoutThem() {
        for (long seed = 0; seed < 200; seed++) {
            var answer = new RandomAnswer(seed);
            Reply reply = answer.reply();
            var expected = new Reply(reply.text(), reply.finish(), reply.calls(), List.of());

            Body whole = ChancesCut.ofAnswer(new Body(answer.whole()));
            Body stream = ChancesCut.ofEvents(new Body(answer.streamed()));

            var reader = new ReplyReader();
            reader.feed(stream.bytes());
            assertThat(ReplyReader.whole(whole.bytes())).isEqualTo(expected);
            assertThat(reader.reply()).isEqualTo(expected);
            assertThat(reader.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"logprobs\":null}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"logprobs\\\"\"}}]}\n\n",
                ": \"logprobs\"\n\n",
                "data: {\"choices\":[{\"logprobs\":{\"a\":\n\n",
                "data: \"logprobs\"\n\n",
                "",
            })
    void whatHasNoneStaysItself(String events) {
        var body = body(events);

        assertThat(ChancesCut.ofEvents(body)).isSameAs(body);
    }

    private static Body body(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
