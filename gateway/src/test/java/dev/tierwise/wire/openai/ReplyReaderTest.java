package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyReaderTest {
    @Test
    void aStreamSaysWhatTheWholeSaysHoweverItIsSplit() {
        for (long seed = 0; seed < 300; seed++) {
            var answer = new RandomAnswer(seed);
            byte[] stream = answer.streamed();

            Reply whole = ReplyReader.whole(answer.whole());
            ReplyReader atOnce = heard(stream, stream.length, new Random(seed));
            ReplyReader inPieces = heard(stream, 1 + (int) (seed % 60), new Random(seed));

            assertThat(whole).isEqualTo(answer.reply());
            assertThat(atOnce.reply()).isEqualTo(whole);
            assertThat(inPieces.reply()).isEqualTo(whole);
            assertThat(inPieces.ended()).isTrue();
            assertThat(inPieces.length()).isEqualTo(length(whole));
        }
    }

    private static ReplyReader heard(byte[] stream, int most, Random random) {
        var reader = new ReplyReader();
        for (int at = 0; at < stream.length; ) {
            int size = Math.min(stream.length - at, 1 + random.nextInt(most));
            reader.feed(Arrays.copyOfRange(stream, at, at + size));
            at += size;
        }
        return reader;
    }

    private static int length(Reply reply) {
        int calls =
                reply.calls().stream()
                        .mapToInt(call -> call.tool().length() + call.arguments().length())
                        .sum();
        return reply.text().length() + calls;
    }

    @Test
    void noBytesMakeItThrow() {
        var random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            var answer = new RandomAnswer(round % 100);
            byte[] bytes = random.nextBoolean() ? answer.whole() : answer.streamed();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) "{}[]\",:\n0\u00ff".charAt(random.nextInt(10));
            }
            byte[] broken = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            var reader = new ReplyReader();

            Reply whole = ReplyReader.whole(broken);
            reader.feed(broken);

            assertThat(whole.text().length()).isLessThanOrEqualTo(broken.length);
            assertThat(reader.length()).isLessThanOrEqualTo(broken.length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"content":null,"refusal":"I can't."}                         | I can't. |
                    {"content":[{"type":"text","text":"a"},{"text":"b"},"c",5]}   | abc      |
                    {"content":"x","reasoning_content":"hm"}                      | x        |
                    {"content":null,"function_call":{"name":"f","arguments":"{}"}}| ``       | f
                    {"content":7,"tool_calls":[{"function":{"name":"g"}},{"function":5},8]}| `` | g
                    """)
    void everyFormOfAMessageIsHeard(String message, String text, String tool) {
        String answer = "{\"choices\":[{\"index\":0,\"message\":" + message + "}]}";

        Reply reply = ReplyReader.whole(answer.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.text()).isEqualTo(text);
        assertThat(reply.calls().isEmpty() ? null : reply.calls().getFirst().tool())
                .isEqualTo(tool);
    }

    @Test
    void callsOfOnePlaceAreToldApartByTheirIds() {
        String piece =
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"%s\","
                        + "\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}}]}\n\n";
        String stream =
                piece.formatted("a", "f", "{}")
                        + piece.formatted("b", "g", "{")
                        + piece.formatted("b", "g", "}");
        var reader = new ReplyReader();

        reader.feed(stream.getBytes(StandardCharsets.UTF_8));

        assertThat(reader.reply().calls())
                .containsExactly(new Reply.Call("f", "{}"), new Reply.Call("g", "{}"));
    }

    @Test
    void aCharacterOfSeveralTokensCountsForTheLast() {
        String token = "{\"token\":\"?\",\"bytes\":[%s],\"logprob\":-1,\"top_logprobs\":[]}";
        String answer =
                "{\"choices\":[{\"logprobs\":{\"content\":["
                        + token.formatted("226,130")
                        + ","
                        + token.formatted("172,33")
                        + ",{\"token\":\"x\",\"bytes\":null,\"logprob\":-9999.0}]}}]}";

        Reply reply = ReplyReader.whole(answer.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.tokens()).extracting(Reply.Token::text).containsExactly("", "€!", "x");
    }

    @Test
    void theRunnerUpIsTheLikeliestOther() {
        String answer =
                """
                {"choices":[{"logprobs":{"content":[
                 {"top_logprobs":[{"token":"no","logprob":-0.5},{"token":"yes","logprob":-1.5},
                  {"token":"so","logprob":-2.5}],"token":"yes","logprob":-1.5},
                 {"token":"a","logprob":-3,"top_logprobs":[{"token":"b","logprob":-0.25}]},
                 {"token":"a","logprob":null,"top_logprobs":[{"token":"a","logprob":-0.25}]}]}}]}
                """;

        Reply reply = ReplyReader.whole(answer.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.tokens()).hasSize(3);
        assertThat(reply.tokens().get(0).runnerUp()).isCloseTo(-0.5, within(1e-9));
        assertThat(reply.tokens().get(1).runnerUp()).isCloseTo(-0.25, within(1e-9));
        assertThat(reply.tokens().get(2).runnerUp()).isNaN();
        assertThat(reply.tokens().get(2).logprob()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void tooMuchIsNotKept() {
        String piece =
                "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
                        .formatted("x".repeat(1 << 20));
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        var reader = new ReplyReader();

        for (int i = 0; i < 6; i++) {
            reader.feed(bytes);
        }

        assertThat(reader.overflowed()).isTrue();
        assertThat(reader.length()).isEqualTo(ReplyReader.MOST_CHARACTERS);
    }
}
