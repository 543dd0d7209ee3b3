package dev.tierwise.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventWriterTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /// What a client makes of the events; it holds them to the order that the dialect asks for.
    private static final class Heard {
        final List<String> types = new ArrayList<>();
        final List<String> blocks = new ArrayList<>();
        JsonNode start = MAPPER.createObjectNode();
        JsonNode delta = MAPPER.createObjectNode();
        private int open = -1;

        Heard(String stream) {
            for (String event : stream.strip().split("\n\n", -1)) {
                String[] lines = event.split("\n", -1);
                assertThat(lines).hasSize(2);
                JsonNode data = MAPPER.readTree(lines[1].substring("data: ".length()));
                assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
                types.add(data.path("type").asString());
                hear(data);
            }
            assertThat(open).isEqualTo(-1);
        }

        private void hear(JsonNode data) {
            switch (data.path("type").asString()) {
                case "message_start" -> start = data.path("message");
                case "content_block_start" -> {
                    assertThat(open).isEqualTo(-1);
                    open = data.path("index").asInt();
                    assertThat(open).isEqualTo(blocks.size());
                    JsonNode block = data.path("content_block");
                    blocks.add(
                            block.path("type").asString().equals("text")
                                    ? ""
                                    : block.path("id").asString()
                                            + " "
                                            + block.path("name").asString()
                                            + " ");
                }
                case "content_block_delta" -> {
                    assertThat(data.path("index").asInt()).isEqualTo(open);
                    JsonNode delta = data.path("delta");
                    String more =
                            delta.path("text").asString("")
                                    + delta.path("partial_json").asString("");
                    blocks.set(open, blocks.get(open) + more);
                }
                case "content_block_stop" -> {
                    assertThat(data.path("index").asInt()).isEqualTo(open);
                    open = -1;
                }
                case "message_delta" -> delta = data;
                default -> assertThat(data.path("type").asString()).isEqualTo("message_stop");
            }
        }
    }

    private static String event(ObjectNode delta, String finish) {
        ObjectNode chunk = MAPPER.createObjectNode();
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0).set("delta", delta);
        if (finish.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        return "data: " + chunk + "\n\n";
    }

    private static String text(String words) {
        return event(MAPPER.createObjectNode().put("content", words), "");
    }

    private static String piece(int index, String id, String name, String arguments) {
        ObjectNode delta = MAPPER.createObjectNode();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", index);
        if (!id.isEmpty()) {
            call.put("id", id).put("type", "function");
        }
        ObjectNode function = call.putObject("function").put("arguments", arguments);
        if (!name.isEmpty()) {
            function.put("name", name);
        }
        return event(delta, "");
    }

    private static String finish(String reason) {
        return event(MAPPER.createObjectNode(), reason)
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens\":7}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static Heard heard(String... events) {
        var writer = new EventWriter("r1", "small", 12);
        return heard(writer, new Random(3), String.join("", events));
    }

    private static Heard heard(EventWriter writer, Random random, String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(80));
            Body told = writer.event(new Body(Arrays.copyOfRange(bytes, from, to)));
            out.append(new String(told.bytes(), StandardCharsets.UTF_8));
            from = to;
        }
        out.append(new String(writer.end().bytes(), StandardCharsets.UTF_8));
        return new Heard(out.toString());
    }

    @Test
    void wordsAreOneBlock() {
        Heard heard = heard(text(""), text("Pa"), text("ris ü"), finish("stop"));

        assertThat(heard.types)
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(heard.blocks).containsExactly("Paris ü");
        assertThat(heard.start.path("id").asString()).isEqualTo("msg_r1");
        assertThat(heard.start.path("model").asString()).isEqualTo("small");
        assertThat(heard.start.at("/usage/input_tokens").asInt()).isEqualTo(12);
        assertThat(heard.delta.at("/delta/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(heard.delta.at("/usage/input_tokens").asInt()).isEqualTo(6);
        assertThat(heard.delta.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(4);
        assertThat(heard.delta.at("/usage/output_tokens").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "stop,end_turn",
        "length,max_tokens",
        "content_filter,refusal",
        "tool_calls,end_turn"
    })
    void everyEndHasItsWord(String finish, String reason) {
        Heard heard = heard(text("a"), finish(finish));

        assertThat(heard.delta.at("/delta/stop_reason").asString()).isEqualTo(reason);
    }

    @Test
    void theTextThatStoppedItIsTold() {
        Heard heard =
                heard(
                        text("a"),
                        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"stop_reason\":\"END\","
                                + "\"finish_reason\":\"stop\"}]}\n\n");

        assertThat(heard.delta.at("/delta/stop_reason").asString()).isEqualTo("stop_sequence");
        assertThat(heard.delta.at("/delta/stop_sequence").asString()).isEqualTo("END");
    }

    @Test
    void aCallOfToolsFollowsTheWords() {
        Heard heard =
                heard(
                        text("I look."),
                        piece(0, "c1", "weather", ""),
                        piece(0, "", "", "{\"city\":"),
                        piece(0, "", "", "\"Köln\"}"),
                        piece(1, "", "time", ""),
                        finish("tool_calls"));

        assertThat(heard.blocks)
                .containsExactly("I look.", "c1 weather {\"city\":\"Köln\"}", "toolu_rh_1 time {}");
        assertThat(heard.delta.at("/delta/stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    void wordsBetweenCallsAreKept() {
        Heard heard = heard(piece(0, "c1", "f", "{\"a\":1"), text("late"), piece(0, "", "", "}"));

        assertThat(heard.blocks).containsExactly("c1 f {\"a\":1}", "late");
    }

    @Test
    void argumentsAreShownAsTheyCome() {
        var writer = new EventWriter("r1", "small", 0);
        writer.event(body(piece(0, "c1", "f", "{\"a\"")));

        String told =
                new String(
                        writer.event(body(piece(0, "", "", ":1"))).bytes(), StandardCharsets.UTF_8);

        assertThat(told).contains("input_json_delta").contains(":1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\":1", "[1]", "{}x", "null"})
    void argumentsThatAreNoObjectAreAProblem(String arguments) {
        var writer = new EventWriter("r1", "small", 0);
        writer.event(body(piece(0, "c1", "f", arguments)));

        var _ = writer.end();

        assertThat(writer.problem()).contains("arguments");
    }

    @Test
    void callsAreWholeHoweverTheirPiecesAreMixed() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            int count = 1 + random.nextInt(4);
            var expected = new ArrayList<String>();
            var left = new ArrayList<String>();
            var events = new StringBuilder();
            boolean words = random.nextBoolean();
            if (words) {
                events.append(text("hm"));
                expected.add("hm");
            }
            for (int i = 0; i < count; i++) {
                String arguments = arguments(random);
                left.add(arguments);
                expected.add("c" + i + " f" + i + " " + arguments);
                events.append(piece(i, "c" + i, "f" + i, ""));
            }
            while (left.stream().anyMatch(rest -> !rest.isEmpty())) {
                int i = random.nextInt(count);
                String rest = left.get(i);
                int cut = rest.isEmpty() ? 0 : random.nextInt(rest.length()) + 1;
                events.append(piece(i, "", "", rest.substring(0, cut)));
                left.set(i, rest.substring(cut));
            }
            events.append(finish("tool_calls"));
            var writer = new EventWriter("r1", "small", 0);

            Heard heard = heard(writer, random, events.toString());

            assertThat(heard.blocks).as("seed %s", seed).isEqualTo(expected);
            assertThat(writer.problem()).isNull();
        }
    }

    private static String arguments(Random random) {
        ObjectNode object = MAPPER.createObjectNode();
        String[] words = {"}", "{\"", "\\", "ü", "]", "\n", ""};
        for (int i = random.nextInt(4); i > 0; i--) {
            object.put("k" + i, words[random.nextInt(words.length)])
                    .putArray("l" + i)
                    .add(random.nextInt())
                    .addObject();
        }
        return object.toString();
    }

    private static Body body(String event) {
        return new Body(event.getBytes(StandardCharsets.UTF_8));
    }
}
