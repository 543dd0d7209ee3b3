package dev.tierwise.call.aside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.ModelContract.Gathered;
import dev.tierwise.call.Sink;
import dev.tierwise.call.held.Heard;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AsidesTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void aSecondModelIsAskedTheSameInOnePiece() {
        Clearance clearance =
                clearance(
                        "{\"stream\":true, \"max_tokens\":7,\"x\" : 1.50,\"stream_options\":{\"include_usage\":true},"
                                + MESSAGES
                                + "}");

        Clearance whole = Asides.whole(clearance);

        assertThat(text(whole)).isEqualTo("{ \"max_tokens\":7,\"x\" : 1.50," + MESSAGES + "}");
        assertThat(whole.prompt().stream()).isFalse();
        assertThat(whole.prompt().maxOutput()).isEqualTo(7);
        assertThat(whole.dataClass()).isEqualTo(DataClass.INTERNAL);
    }

    @Test
    void whatIsNotStreamedIsAskedAsItIs() {
        Clearance clearance = clearance("{" + MESSAGES + "}");

        assertThat(Asides.whole(clearance)).isSameAs(clearance);
    }

    @ParameterizedTest
    @CsvSource({
        "'',0.7",
        "',\"temperature\":0',0.7",
        "',\"temperature\":1.5',1.5",
        "',\"temperature\":null',0.7"
    })
    void anotherSampleIsLeftToChance(String field, double temperature) {
        Clearance clearance =
                clearance("{" + MESSAGES + field + ",\"n\":3,\"seed\":5,\"stream\":true}");
        var seeds = new HashSet<Integer>();

        for (int i = 0; i < 5; i++) {
            JsonNode body = json(Asides.sample(clearance));

            assertThat(body.path("temperature").asDouble()).isEqualTo(temperature);
            assertThat(body.has("n")).isFalse();
            assertThat(body.has("stream")).isFalse();
            seeds.add(body.path("seed").asInt());
        }
        assertThat(seeds).hasSizeGreaterThan(1);
    }

    @Test
    void chancesAreAskedForUnlessTheClientDoes() {
        Clearance silent = clearance("{" + MESSAGES + ",\"logprobs\":false,\"stream\":true}");
        Clearance told = clearance("{" + MESSAGES + ",\"logprobs\":true,\"top_logprobs\":5}");
        Clearance many = clearance("{" + MESSAGES + ",\"n\":2}");

        Clearance asked = Asides.withChances(silent);

        assertThat(asked.prompt().needs()).contains(Capability.LOGPROBS);
        assertThat(asked.prompt().stream()).isTrue();
        assertThat(json(asked).path("top_logprobs").asInt()).isEqualTo(2);
        assertThat(Asides.withChances(told)).isSameAs(told);
        assertThat(Asides.withChances(many)).isSameAs(many);
    }

    @Test
    void theClientSeesNoChances() {
        String said =
                "\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"x\",\"logprob\":-1}]}}]}";
        var whole = new Body(utf8("{\"choices\":[{\"message\":{" + said));
        var event = new Body(utf8("data: {\"choices\":[{\"delta\":{" + said + "\n\n"));
        var client = new Gathered();
        Sink sink = Asides.withoutChances(client);

        Answer answer = Asides.withoutChances(new Answer(whole, Usage.NONE, "stop"));
        boolean more = sink.accept(event);

        assertThat(more).isTrue();
        assertThat(Heard.of(answer).tokens()).isEmpty();
        assertThat(Heard.of(answer).text()).isEqualTo("x");
        assertThat(client.text()).isEqualTo("x");
        assertThat(client.chunks().getFirst().at("/choices/0/logprobs").isNull()).isTrue();
    }

    private static Clearance clearance(String json) {
        return switch (ChatReader.read(utf8(json))) {
            case Read.Good<Prompt>(Prompt prompt) ->
                    Clearances.of(
                            prompt, new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL));
            case Read.Bad<Prompt>(var problem) -> throw new AssertionError(problem.message());
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Clearance clearance) {
        return new String(clearance.prompt().body().bytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(Clearance clearance) {
        return JsonMapper.shared().readTree(clearance.prompt().body().bytes());
    }
}
