package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Usage;
import dev.tierwise.wire.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkReaderTest {
    private static final String STREAM =
            """
            : comment

            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Grüße "}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,
            """
                            .replace("3,\n", "3,")
                    + "\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\ndata: [DONE]\n\n";

    @Test
    void readsAStream() {
        List<Event> events = new ChunkReader().feed(STREAM.getBytes(StandardCharsets.UTF_8));

        assertThat(events)
                .extracting(Event::kind)
                .containsExactly(
                        Event.Kind.COMMENT,
                        Event.Kind.CONTENT,
                        Event.Kind.CONTENT,
                        Event.Kind.CONTENT,
                        Event.Kind.USAGE,
                        Event.Kind.DONE);
        assertThat(events.get(2).contentBytes()).isEqualTo(6);
        assertThat(events.get(3).finish()).isEqualTo("stop");
        assertThat(events.get(4).usage()).isEqualTo(new Usage(7, 2, 3, false));
    }

    @Test
    void splitAtAnyByteGivesTheSameEvents() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        List<String> whole = describe(new ChunkReader().feed(bytes));
        var random = new Random(5);
        for (int round = 0; round < 500; round++) {
            var reader = new ChunkReader();
            var events = new ArrayList<Event>();
            for (int at = 0; at < bytes.length; ) {
                int size = Math.min(bytes.length - at, 1 + random.nextInt(40));
                events.addAll(reader.feed(Arrays.copyOfRange(bytes, at, at + size)));
                at += size;
            }

            assertThat(describe(events)).isEqualTo(whole);
            assertThat(reader.endedWhole()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    data: {broken                                | GARBLED
                    data: 5                                      | GARBLED
                    <html>                                       | GARBLED
                    data: {"error":{"message":"out of memory"}}  | ERROR
                    data: {"error":"overloaded"}                 | ERROR
                    data:{"choices":[]}                          | CONTENT
                    data: [DONE]                                 | DONE
                    event: ping                                  | COMMENT
                    """)
    void namesWhatAnEventIs(String line, Event.Kind kind) {
        Event event = ChunkReader.read((line + "\n\n").getBytes(StandardCharsets.UTF_8));

        assertThat(event.kind()).isEqualTo(kind);
    }

    @Test
    void aHalfEventIsNoWholeEnd() {
        var reader = new ChunkReader();

        reader.feed("data: {\"choices\":[]}\n\ndata: {\"cho".getBytes(StandardCharsets.UTF_8));

        assertThat(reader.endedWhole()).isFalse();
    }

    private static List<String> describe(List<Event> events) {
        return events.stream()
                .map(event ->
                        event.kind()
                                + new String(event.raw().bytes(), StandardCharsets.UTF_8)
                                + event.finish()
                                + event.usage()
                                + event.contentBytes())
                .toList();
    }
}
