package dev.tierwise.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The shapes of answers and listings, without a network.
final class WireTest {
    private static final Script SCRIPT =
            Script.of("a good answer").withToolCall("weather", "{\"city\":\"Łódź\"}");
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\"}]";

    @Test
    void usageComesLastAndOnlyWhenAsked() {
        var with = stream(",\"stream_options\":{\"include_usage\":true}").finish().getLast();
        var without = stream("").finish().getLast();

        assertThat(with).contains("\"choices\":[]", "\"total_tokens\"");
        assertThat(without).contains("\"finish_reason\":\"stop\"").doesNotContain("usage");
    }

    @Test
    void toolCallsAreWholeOrInArgumentDeltas() {
        var whole = read(new OpenAiWire().whole(request(TOOLS), SCRIPT));
        var joined = new StringBuilder();
        for (String event : stream(TOOLS).content()) {
            var call = read(event.substring(6)).at("/choices/0/delta/tool_calls/0");
            joined.append(call.at("/function/arguments").asString());
        }

        var call = whole.at("/choices/0/message/tool_calls/0");
        assertThat(call.at("/function/name").asString()).isEqualTo("weather");
        assertThat(whole.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(joined).hasToString("{\"city\":\"Łódź\"}");
        var ollama = read(new OllamaWire().whole(request(TOOLS), SCRIPT));
        assertThat(ollama.at("/message/tool_calls/0/function/arguments/city").asString())
                .isEqualTo("Łódź");
    }

    @Test
    void chancesComeWhereTheyAreAskedFor() {
        String fields = ",\"logprobs\":true,\"top_logprobs\":1";

        var whole = read(new OpenAiWire().whole(request(fields), Script.of("a good answer")));
        var piece =
                read(
                        new OpenAiWire()
                                .streamed(request(fields), Script.of("good"))
                                .content()
                                .getFirst()
                                .substring(6));
        var silent = read(new OpenAiWire().whole(request(""), Script.of("a good answer")));

        var tokens = whole.at("/choices/0/logprobs/content");
        assertThat(tokens).hasSize(8);
        assertThat(tokens.path(0).path("top_logprobs")).hasSize(1);
        assertThat(piece.at("/choices/0/logprobs/content/0/token"))
                .isEqualTo(piece.at("/choices/0/delta/content"));
        assertThat(silent.at("/choices/0/logprobs").isNull()).isTrue();
    }

    @Test
    void schemasAreFilledByType() {
        var schema =
                """
                {"type": "object", "properties": {
                  "name": {"type": "string"}, "age": {"type": "integer"},
                  "ok": {"type": "boolean"}, "kind": {"enum": ["b", "c"]},
                  "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}, "minItems": 2}},
                 "$defs": {"tag": {"type": "object", "properties": {"x": {"type": "number"}}}}}
                """;
        var openAi =
                request(
                        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + "{\"schema\":%s}}".formatted(schema));

        var content = read(new OpenAiWire().whole(openAi, SCRIPT)).at("/choices/0/message/content");

        var expected =
                """
                {"name":"text","age":1,"ok":true,"kind":"b","tags":[{"x":1.5},{"x":1.5}]}\
                """;
        assertThat(content.asString()).isEqualTo(expected);
        assertThat(new OllamaWire().text(request(",\"format\":" + schema), SCRIPT))
                .isEqualTo(expected);
    }

    @Test
    void severalAnswersHaveTheirIndexes() {
        var whole = read(new OpenAiWire().whole(request(",\"n\":3"), SCRIPT));

        assertThat(whole.at("/choices")).hasSize(3);
        assertThat(whole.at("/choices/2/index").asInt()).isEqualTo(2);
        assertThat(whole.at("/model").asString()).isEqualTo("m");
    }

    @Test
    void piecesJoinToTheTextAndAreNeverEmpty() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder("x");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(random.nextBoolean() ? 'a' : 0x1F600);
            }
            int parts = 1 + random.nextInt(20);

            var pieces = Wire.pieces(text.toString(), parts);

            assertThat(String.join("", pieces)).isEqualTo(text.toString());
            assertThat(pieces).hasSizeLessThanOrEqualTo(parts).doesNotContain("");
            assertThat(pieces).noneMatch(p -> Character.isLowSurrogate(p.charAt(0)));
        }
    }

    @Test
    void eachKindHasItsListings() {
        assertThat(statuses(Kind.ALL)).containsExactly(200, 200, 404, 404);
        assertThat(statuses(Kind.OPENAI)).containsExactly(200, 404, 404, 404);
        assertThat(statuses(Kind.OLLAMA)).containsExactly(200, 200, 404, 404);
        assertThat(statuses(Kind.LM_STUDIO)).containsExactly(200, 404, 200, 404);
        assertThat(statuses(Kind.LLAMA_SERVER)).containsExactly(200, 404, 404, 200);
        assertThat(statuses(Kind.VLLM)).containsExactly(200, 404, 404, 404);
    }

    @Test
    void listingsTellSizesAndCloudModels() {
        var ollama = new Listings(Kind.OLLAMA, List.of("qwen2.5:7b", "big:cloud"));
        var vllm = read(new Listings(Kind.VLLM, List.of("m")).get("/v1/models").orElseThrow());

        var show = read(ollama.show("qwen2.5:7b").orElseThrow());

        assertThat(show.path("model_info").path("general.parameter_count").asLong())
                .isEqualTo(7_000_000_000L);
        assertThat(show.path("model_info").path("llama.context_length").asInt()).isPositive();
        assertThat(show.has("remote_host")).isFalse();
        assertThat(ollama.show("big:cloud").orElseThrow()).contains("remote_host");
        assertThat(ollama.show("absent")).isEmpty();
        assertThat(vllm.at("/data/0/max_model_len").asInt()).isPositive();
        assertThat(vllm.at("/data/0/owned_by").asString()).isEqualTo("vllm");
    }

    private static List<Integer> statuses(Kind kind) {
        var endpoints = new Endpoints(kind, new Behaviour());
        var statuses = new ArrayList<Integer>();
        for (var path : List.of("/v1/models", "/api/tags", "/api/v0/models", "/props")) {
            var plan = endpoints.plan("GET", path, Buffer.buffer());
            statuses.add(plan instanceof Plan.Send send ? send.status() : 0);
        }
        return statuses;
    }

    private static Streamed stream(String more) {
        return new OpenAiWire().streamed(request(more), SCRIPT);
    }

    private static ChatRequest request(String more) {
        return ChatRequest.of(read("{\"model\":\"m\",\"messages\":[]" + more + "}"), false);
    }

    private static JsonNode read(String json) {
        return Json.read(json).orElseThrow();
    }
}
