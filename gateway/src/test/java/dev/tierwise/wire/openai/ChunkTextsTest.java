package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.wire.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChunkTextsTest {
    /// Says everything in capitals, two letters late.
    private static final class Late implements ChunkTexts.Exchange {
        private String held = "";

        @Override
        public String feed(String piece) {
            String all = held + piece;
            int sure = Math.max(0, all.length() - 2);
            held = all.substring(sure);
            return all.substring(0, sure).toUpperCase(Locale.ROOT);
        }

        @Override
        public String end() {
            return held.toUpperCase(Locale.ROOT);
        }
    }

    @Test
    void textsOfChoicesAndCallsAreKeptApart() {
        var random = new Random(3);
        for (int run = 0; run < 500; run++) {
            var texts = new ChunkTexts(_ -> new Late());
            var out = new ArrayList<Event>();
            String[] said = {"", "", ""};
            for (int i = 0; i < 12; i++) {
                int which = random.nextInt(3);
                String piece = "abcdefgh".substring(0, random.nextInt(8));
                said[which] += piece;
                out.addAll(texts.take(content(chunk(which, piece))));
            }
            out.addAll(texts.take(content(finish(0, "tool_calls"))));
            out.addAll(texts.take(content(finish(1, "stop"))));
            out.addAll(
                    texts.take(new Event(body("data: [DONE]\n\n"), Event.Kind.DONE, "", null, 0)));

            String[] heard = heard(out);

            for (int which = 0; which < 3; which++) {
                assertThat(heard[which]).isEqualTo(said[which].toUpperCase(Locale.ROOT));
            }
            assertThat(out.getLast().kind()).isEqualTo(Event.Kind.DONE);
        }
    }

    @Test
    void whatIsHeldComesBeforeTheEndWhereNoEventEndsTheChoice() {
        var texts = new ChunkTexts(_ -> new Late());
        var out = new ArrayList<>(texts.take(content(chunk(0, "abc"))));
        out.addAll(texts.take(new Event(body("data: [DONE]\n\n"), Event.Kind.DONE, "", null, 0)));

        assertThat(heard(out)[0]).isEqualTo("ABC");
        assertThat(out).hasSize(3);
    }

    @Test
    void whatIsNoTextStaysAsItIs() {
        var texts = new ChunkTexts(_ -> new Late());
        String json =
                "{\"id\":\"abc\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"tool_calls\":"
                        + "[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\"}]},\"finish_reason\":null,"
                        + "\"x\":1.5}],\"model\":\"m\"}";

        List<Event> out = texts.take(content(json));

        assertThat(read(out.getFirst())).isEqualTo(JsonMapper.shared().readTree(json));
    }

    private static String chunk(int which, String text) {
        return switch (which) {
            case 0 -> "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
            case 1 -> "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"" + text + "\"}}]}";
            default ->
                    "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":4,\"function\":"
                            + "{\"arguments\":\""
                            + text
                            + "\"}}]}}]}";
        };
    }

    private static String finish(int choice, String reason) {
        return "{\"choices\":[{\"index\":"
                + choice
                + ",\"delta\":{},\"finish_reason\":\""
                + reason
                + "\"}]}";
    }

    private static String[] heard(List<Event> events) {
        String[] heard = {"", "", ""};
        for (Event event : events) {
            if (event.kind() == Event.Kind.DONE) {
                continue;
            }
            for (JsonNode choice : read(event).path("choices")) {
                int index = choice.path("index").asInt(-1);
                heard[index] += choice.at("/delta/content").asString("");
                for (JsonNode call : choice.at("/delta/tool_calls")) {
                    assertThat(call.path("index").asInt(-1)).isEqualTo(4);
                    heard[2] += call.at("/function/arguments").asString("");
                }
            }
        }
        return heard;
    }

    private static JsonNode read(Event event) {
        String raw = new String(event.raw().bytes(), StandardCharsets.UTF_8);
        return JsonMapper.shared().readTree(raw.substring("data: ".length()));
    }

    private static Event content(String json) {
        return new Event(body("data: " + json + "\n\n"), Event.Kind.CONTENT, "", null, 1);
    }

    private static Body body(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }
}
