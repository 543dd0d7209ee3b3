package dev.tierwise.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WishesReaderTest {
    @Test
    void whatIsNotSaidIsOpenAisDefault() {
        Wishes wishes = wishes("");

        assertThat(wishes.messages().at("/0/content").asString()).isEqualTo("Hello");
        assertThat(wishes.tools()).isNull();
        assertThat(wishes.mustCall()).isFalse();
        assertThat(wishes.maxTokens()).isZero();
        assertThat(wishes.choice()).isEqualTo(new Wishes.Choice(1, 1, 0, 0, 0, 0, Map.of(), null));
        assertThat(wishes.shape()).isEqualTo(new Wishes.Shape.Free());
        assertThat(wishes.stop()).isEmpty();
        assertThat(wishes.logprobs()).isFalse();
        assertThat(wishes.topLogprobs()).isZero();
    }

    @Test
    void nullIsWhatIsNotSaid() {
        Wishes wishes =
                wishes(
                        """
                        "temperature":null,"top_p":null,"max_tokens":null,"stop":null,"seed":null,
                        "logprobs":null,"top_logprobs":null,"response_format":null,"tools":null,
                        "tool_choice":null,"logit_bias":null,"n":null,"unheard_of":null\
                        """);

        assertThat(wishes).isEqualTo(wishes(""));
    }

    @Test
    void howTokensAreChosenIsRead() {
        Wishes wishes =
                wishes(
                        """
                        "temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.05,"seed":-7,
                        "frequency_penalty":-2,"presence_penalty":2,
                        "logit_bias":{"5":-100,"258":1.5}\
                        """);

        assertThat(wishes.choice())
                .isEqualTo(
                        new Wishes.Choice(
                                .5, .9, 40, .05, -2, 2, Map.of(5, -100.0, 258, 1.5), -7L));
    }

    @Test
    void theWholeRangeOfSeedsIsRead() {
        assertThat(wishes("\"seed\":9223372036854775807").choice().seed())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(wishes("\"seed\":-9223372036854775808").choice().seed())
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void minusOneMeansAllTokensAsInOtherServers() {
        assertThat(wishes("\"top_k\":-1").choice().topK()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"max_tokens\":12", "\"max_completion_tokens\":12"})
    void theLengthHasTwoNames(String field) {
        assertThat(wishes(field).maxTokens()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "stop":"END"             | END
                    "stop":["END"]           | END
                    "stop":["a","","b"]      | a,b
                    "stop":[" ","\\n"]       | ' ,\n'
                    """)
    void stopIsOneTextOrSome(String field, String texts) {
        assertThat(wishes(field).stop()).isEqualTo(List.of(texts.replace("\\n", "\n").split(",")));
    }

    @Test
    void nothingAtAllStopsNothing() {
        assertThat(wishes("\"stop\":\"\"").stop()).isEmpty();
        assertThat(wishes("\"stop\":[]").stop()).isEmpty();
    }

    @Test
    void chancesAreWished() {
        Wishes bare = wishes("\"logprobs\":true");
        Wishes more = wishes("\"top_logprobs\":20,\"logprobs\":true");
        Wishes none = wishes("\"logprobs\":false");

        assertThat(bare.logprobs()).isTrue();
        assertThat(bare.topLogprobs()).isZero();
        assertThat(more.logprobs()).isTrue();
        assertThat(more.topLogprobs()).isEqualTo(20);
        assertThat(none.logprobs()).isFalse();
    }

    @Test
    void theShapesOfAnswersAreRead() {
        var schema = JsonMapper.shared().readTree("{\"type\":\"object\"}");
        var described = new Wishes.Shape.Schema(schema);

        assertThat(shape("\"response_format\":{\"type\":\"text\"}"))
                .isEqualTo(new Wishes.Shape.Free());
        assertThat(shape("\"response_format\":{\"type\":\"json_object\"}"))
                .isEqualTo(new Wishes.Shape.Json());
        assertThat(
                        shape(
                                "\"response_format\":{\"type\":\"json_object\",\"schema\":"
                                        + schema
                                        + "}"))
                .isEqualTo(described);
        assertThat(
                        shape(
                                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                        + "{\"name\":\"a\",\"strict\":true,\"schema\":"
                                        + schema
                                        + "}}"))
                .isEqualTo(described);
        assertThat(shape("\"guided_json\":" + schema)).isEqualTo(described);
        assertThat(shape("\"guided_regex\":\"[a-z]+\""))
                .isEqualTo(new Wishes.Shape.Regex("[a-z]+"));
        assertThat(shape("\"guided_choice\":[\"yes\",\"no\"]"))
                .isEqualTo(new Wishes.Shape.OneOf(List.of("yes", "no")));
        assertThat(shape("\"grammar\":\"root ::= [0-9]\""))
                .isEqualTo(new Wishes.Shape.Gbnf("root ::= [0-9]"));
    }

    @Test
    void toolsAreOfferedUnlessNoneMayBeCalled() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        Wishes free = wishes(tools);
        Wishes automatic = wishes(tools + ",\"tool_choice\":\"auto\"");
        Wishes required = wishes(tools + ",\"tool_choice\":\"required\"");
        Wishes none = wishes(tools + ",\"tool_choice\":\"none\"");

        assertThat(free.tools()).hasSize(1);
        assertThat(free.mustCall()).isFalse();
        assertThat(automatic).isEqualTo(free);
        assertThat(required.tools()).hasSize(1);
        assertThat(required.mustCall()).isTrue();
        assertThat(none.tools()).isNull();
        assertThat(none.mustCall()).isFalse();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        assertThat(wishes("\"tool_choice\":\"none\"," + tools).tools()).isNull();
    }

    @Test
    void anEmptyListOfToolsIsNone() {
        assertThat(wishes("\"tools\":[]").tools()).isNull();
    }

    @Test
    void bookkeepingIsLeftAlone() {
        String fields =
                "\"user\":\"u\",\"store\":false,\"metadata\":{\"a\":\"b\"},\"service_tier\":\"auto\","
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true}";

        assertThat(wishes(fields)).isEqualTo(wishes(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    max_tokens            | 0
                    max_tokens            | -1
                    max_tokens            | 1.5
                    max_tokens            | "5"
                    max_tokens            | 2147483648
                    max_tokens            | 99999999999999999999
                    max_completion_tokens | 0
                    temperature           | -0.1
                    temperature           | 2.1
                    temperature           | "hot"
                    temperature           | 1e999
                    top_p                 | 1.01
                    top_p                 | true
                    top_k                 | -2
                    top_k                 | 1.0
                    min_p                 | -1
                    frequency_penalty     | 2.5
                    presence_penalty      | -2.5
                    seed                  | 1.5
                    seed                  | "1"
                    seed                  | 9223372036854775808
                    """)
    void numbersOutOfTheirRangeAreRefusedByName(String field, String value) {
        assertRefused(field, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    logprobs              | 1
                    logprobs              | "true"
                    top_logprobs          | 21
                    top_logprobs          | -1
                    top_logprobs          | 5
                    n                     | 2
                    n                     | 0
                    stop                  | 5
                    stop                  | ["a",5]
                    stop                  | {"a":"b"}
                    logit_bias            | {"5":101}
                    logit_bias            | {"5":"1"}
                    logit_bias            | {"the":1}
                    logit_bias            | [1]
                    logit_bias            | "5"
                    tools                 | {"type":"function"}
                    tools                 | "f"
                    tool_choice           | "always"
                    tool_choice           | {"type":"function","function":{"name":"f"}}
                    response_format       | "json_object"
                    response_format       | {"type":"xml"}
                    response_format       | {}
                    response_format       | {"type":"json_schema"}
                    response_format       | {"type":"json_schema","json_schema":{"name":"a"}}
                    guided_regex          | 5
                    guided_choice         | "yes"
                    guided_choice         | [1,2]
                    grammar               | {}
                    functions             | [{"name":"f"}]
                    unheard_of            | 1
                    """)
    void whatCannotBeFollowedIsRefusedByName(String field, String value) {
        assertRefused(field, value);
    }

    private static void assertRefused(String field, String value) {
        Failure.Malformed problem = problem("\"" + field + "\":" + value);

        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.message()).contains("`" + field).endsWith(".");
    }

    @Test
    void moreStopsThanAreLookedForAreRefused() {
        String sixteen = "\"x\",".repeat(15) + "\"x\"";

        assertThat(wishes("\"stop\":[" + sixteen + "]").stop()).hasSize(16);
        assertThat(problem("\"stop\":[" + sixteen + ",\"y\"]").field()).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "5", "{\"messages\":[", "null"})
    void whatIsNoObjectIsRefused(String body) {
        Read<Wishes> read = WishesReader.read(prompt(body));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> assertThat(bad.problem().message()).startsWith("The body is not"));
    }

    private static Wishes.Shape shape(String fields) {
        return wishes(fields).shape();
    }

    private static Wishes wishes(String fields) {
        return switch (read(fields)) {
            case Read.Good<Wishes>(Wishes wishes) -> wishes;
            case Read.Bad<Wishes>(Failure.Malformed problem) ->
                    throw new AssertionError(problem.message());
        };
    }

    private static Failure.Malformed problem(String fields) {
        return switch (read(fields)) {
            case Read.Good<Wishes>(Wishes wishes) ->
                    throw new AssertionError("it was read as " + wishes);
            case Read.Bad<Wishes>(Failure.Malformed problem) -> problem;
        };
    }

    /// A request with these fields beside its message.
    private static Read<Wishes> read(String fields) {
        String message = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
        return WishesReader.read(
                prompt("{" + fields + (fields.isEmpty() ? "" : ",") + message + "}"));
    }

    private static Prompt prompt(String body) {
        return new Prompt(
                "m",
                List.of(),
                Set.of(),
                false,
                false,
                0,
                0,
                new Body(body.getBytes(StandardCharsets.UTF_8)));
    }
}
