package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final Delta.ToolCall CALL = new Delta.ToolCall("c1", "f", "{\"a\":1}");

    @Test
    void whatIsWrittenCanBeRead() {
        var usage = new Usage(5, 0, 2, false);
        var delta = new Delta("Grüße", "hm", List.of(CALL), "stop", usage);

        Answer written = writer(false).answer(delta, usage);

        assertThat(AnswerReader.read(written.body().bytes(), 99))
                .isInstanceOfSatisfying(
                        Read.Good.class,
                        good -> {
                            Answer read = (Answer) good.value();
                            assertThat(read.usage()).isEqualTo(usage);
                            assertThat(read.finish()).isEqualTo("tool_calls");
                        });
    }

    @Test
    void withoutCountsTheyAreEstimatedAndSaidToBe() {
        String json =
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"1234567\"},"
                        + "\"finish_reason\":\"stop\"}]}";

        Read<Answer> read = AnswerReader.read(json.getBytes(StandardCharsets.UTF_8), 99);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Good.class,
                        good ->
                                assertThat(((Answer) good.value()).usage())
                                        .isEqualTo(new Usage(99, 0, 2, true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"choices\":{}}", "{\"choices\":[", "null"})
    void whatIsNoAnswerIsBad(String body) {
        assertThat(AnswerReader.read(body.getBytes(StandardCharsets.UTF_8), 1))
                .isInstanceOf(Read.Bad.class);
    }

    @Test
    void anErrorInPlaceOfAnAnswerIsBadInItsField() {
        String json = "{\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}";

        Read<Answer> read = AnswerReader.read(json.getBytes(StandardCharsets.UTF_8), 1);

        assertThat(read)
                .isEqualTo(
                        new Read.Bad<>(
                                new Failure.Malformed(
                                        "the answer is an error: out of memory", "error")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"does not support tools\"}",
                "{\"detail\":\"does not support tools\"}",
                "{\"object\":\"error\",\"message\":\"does not support tools\",\"code\":400}"
            })
    void aRefusalInAnotherShapeIsTranslated(String foreign) {
        var body = new Body(foreign.getBytes(StandardCharsets.UTF_8));

        Body told = ErrorBody.of(new Failure.Rejected("Upstream `a` said no.", 400, body));

        assertThat(new String(told.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"does not support tools\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":\"upstream_rejected\"}}");
    }

    @Test
    void aStreamThatIsWrittenCanBeRead() {
        AnswerWriter writer = writer(true);
        List<Delta> deltas =
                List.of(
                        new Delta("a", "", List.of(), "", null),
                        new Delta("", "", List.of(CALL), "", null),
                        new Delta("", "", List.of(), "stop", new Usage(3, 0, 2, false)));

        var text = new StringBuilder();
        deltas.forEach(delta -> text.append(text(writer.event(delta))));
        text.append(text(AnswerWriter.done()));
        List<Event> events =
                new ChunkReader().feed(text.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(events)
                .extracting(Event::kind)
                .containsExactly(
                        Event.Kind.CONTENT,
                        Event.Kind.CONTENT,
                        Event.Kind.CONTENT,
                        Event.Kind.USAGE,
                        Event.Kind.DONE);
        assertThat(events.get(2).finish()).isEqualTo("tool_calls");
        assertThat(events.get(3).usage()).isEqualTo(new Usage(3, 0, 2, false));
    }

    private static AnswerWriter writer(boolean usageInStream) {
        return new AnswerWriter("chatcmpl-1", 1, "m", usageInStream);
    }

    private static String text(Event event) {
        return new String(event.raw().bytes(), StandardCharsets.UTF_8);
    }
}
