package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChatWriterTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void replacingTheModelKeepsAllOtherBytes() {
        String before = "{ \"temperature\" : 1.50,\n \"model\":";
        String after = " , \"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"x\":1e+05}\n";

        String written = write(before + " \"auto\"" + after, "llama3.2:3b", false);

        assertThat(written).isEqualTo(before + " \"llama3.2:3b\"" + after);
    }

    @Test
    void surgeryChangesNothingButModelAndUsage() {
        var chats = new RandomChat(7);
        for (int round = 0; round < 5_000; round++) {
            String json = chats.next();

            String written = write(json, "m \"q\" ü", true);

            ObjectNode expected = (ObjectNode) MAPPER.readTree(json);
            ObjectNode actual = (ObjectNode) MAPPER.readTree(written);
            expected.put("model", "m \"q\" ü");
            var options = expected.path("stream_options");
            boolean silent = options.isObject() && !options.has("include_usage");
            boolean asked =
                    expected.path("stream").asBoolean(false)
                            && (silent || !expected.has("stream_options"));
            if (asked) {
                expected.withObject("/stream_options").put("include_usage", true);
            }
            assertThat(actual).as("round %d: %s", round, json).isEqualTo(expected);
        }
    }

    @Test
    void surgeryKeepsEveryOtherByte() {
        var chats = new RandomChat(8);
        for (int round = 0; round < 5_000; round++) {
            String json = chats.next();
            Prompt prompt = prompt(json);
            if (prompt.body().field("model").isEmpty()) {
                continue;
            }
            Body.Span span = prompt.body().field("model").orElseThrow();
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

            byte[] written = ChatWriter.write(prompt, "x", false).bytes();

            String before = new String(bytes, 0, span.start(), StandardCharsets.ISO_8859_1);
            String after =
                    new String(
                            bytes,
                            span.end(),
                            bytes.length - span.end(),
                            StandardCharsets.ISO_8859_1);
            assertThat(new String(written, StandardCharsets.ISO_8859_1))
                    .isEqualTo(before + "\"x\"" + after);
        }
    }

    private static String write(String json, String model, boolean askUsage) {
        Body body = ChatWriter.write(prompt(json), model, askUsage);
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static Prompt prompt(String json) {
        var read = ChatReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).as(json).isInstanceOf(Read.Good.class);
        return ((Read.Good<Prompt>) read).value();
    }
}
