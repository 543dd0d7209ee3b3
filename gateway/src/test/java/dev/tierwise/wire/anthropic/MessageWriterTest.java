package dev.tierwise.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageWriterTest {
    private static Read<Body> write(String message, String finish) {
        String json = "{\"choices\":[{\"index\":0,\"message\":" + message + "}]}";
        var answer =
                new Answer(
                        new Body(json.getBytes(StandardCharsets.UTF_8)),
                        new Usage(10, 4, 7, false),
                        finish);
        return MessageWriter.write(answer, "r1", "small");
    }

    @Test
    void wordsAndCallsBecomeBlocks() {
        Read<Body> written =
                write(
                        """
                        {"role":"assistant","content":"I look.","tool_calls":[
                          {"id":"c1","type":"function","function":{"name":"f",
                            "arguments":"{\\"n\\":1.50}"}},
                          {"type":"function","function":{"name":"g","arguments":""}}]}
                        """,
                        "tool_calls");

        assertThat(tree(written))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"id":"msg_r1","type":"message","role":"assistant","model":"small",
                                         "content":[{"type":"text","text":"I look."},
                                          {"type":"tool_use","id":"c1","name":"f","input":{"n":1.50}},
                                          {"type":"tool_use","id":"toolu_rh_1","name":"g","input":{}}],
                                         "stop_reason":"tool_use","stop_sequence":null,
                                         "usage":{"input_tokens":6,"cache_creation_input_tokens":0,
                                          "cache_read_input_tokens":4,"output_tokens":7}}
                                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\\\"a\\\":", "[]", "7"})
    void argumentsThatAreNoObjectAreNoAnswer(String arguments) {
        Read<Body> written =
                write(
                        "{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":\""
                                + arguments
                                + "\"}}]}",
                        "tool_calls");

        assertThat(written).isInstanceOf(Read.Bad.class);
    }

    @Test
    void errorsHaveTheirKindAndStatus() {
        var body = new Body("{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8));

        assertError(new Failure.Malformed("m", "f"), 400, "invalid_request_error", "m");
        assertError(new Failure.Forbidden("m", false), 401, "authentication_error", "m");
        assertError(new Failure.Forbidden("m", true), 403, "permission_error", "m");
        assertError(new Failure.NotFound("m", "c"), 404, "not_found_error", "m");
        assertError(new Failure.TooLarge("m"), 413, "request_too_large", "m");
        assertError(
                new Failure.Vetoed("m", "context_length_exceeded"),
                400,
                "invalid_request_error",
                "prompt is too long: m");
        assertError(
                new Failure.Overloaded("m", Duration.ofSeconds(1)), 429, "rate_limit_error", "m");
        assertError(new Failure.Unready("m"), 529, "overloaded_error", "m");
        assertError(new Failure.Timeout("m", Failure.Phase.QUEUE), 529, "overloaded_error", "m");
        assertError(new Failure.Timeout("m", Failure.Phase.IDLE), 504, "timeout_error", "m");
        assertError(new Failure.Broken("m", Failure.Fault.CUT), 502, "api_error", "m");
        assertError(
                new Failure.Broken("m", Failure.Fault.BREAKER_OPEN), 529, "overloaded_error", "m");
        assertError(new Failure.Rejected("m", 422, body), 422, "invalid_request_error", "no");
    }

    private static void assertError(Failure failure, int status, String type, String message) {
        JsonNode error = JsonMapper.shared().readTree(ErrorBody.of(failure, "r1").bytes());
        assertThat(ErrorBody.status(failure)).isEqualTo(status);
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/error/type").asString()).isEqualTo(type);
        assertThat(error.at("/error/message").asString()).isEqualTo(message);
        assertThat(error.path("request_id").asString()).isEqualTo("r1");
    }

    private static JsonNode tree(Read<Body> read) {
        return switch (read) {
            case Read.Good<Body>(Body body) -> JsonMapper.shared().readTree(body.bytes());
            case Read.Bad<Body>(Failure.Malformed problem) -> throw new AssertionError(problem);
        };
    }
}
