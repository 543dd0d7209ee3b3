package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.models.ModelInfo;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Anthropic's own Java client against a gateway whose models speak OpenAI's dialect and Ollama's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnthropicClientTest {
    private static final String TEXT = "Paris is the capital of France.";
    private static final String ARGUMENTS = "{\"city\":\"Köln\",\"days\":3}";
    private static final String KEY = "a-key-of-the-team";

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final AnthropicClient client;

    AnthropicClientTest() {
        gateway =
                GatewayProcess.start(
                        Yaml.of(
                                        "keys: [{name: team, key: '${env:TEAM_KEY}'}]\n"
                                                + "rules: [{when: {model: 'claude-*'}, use: {max-tier:"
                                                + " frontier}}]\n")
                                .upstream("plain", "vllm", fake.url(), "retries: 0")
                                .upstream("native", "ollama", fake.url(), "retries: 0")
                                .upstream(
                                        "narrow",
                                        "vllm",
                                        fake.url(),
                                        "retries: 0, max-concurrent: 1, queue-wait: 50ms")
                                .model("openai", "plain", "local")
                                .model("ollama", "native", "mid")
                                .model("narrow", "narrow", "frontier")
                                .text(),
                        Map.of("TEAM_KEY", KEY));
        client = client().apiKey(KEY).build();
    }

    private AnthropicOkHttpClient.Builder client() {
        return AnthropicOkHttpClient.builder()
                .baseUrl(gateway.at("/").toString().replaceAll("/$", ""))
                .maxRetries(0);
    }

    @AfterAll
    void stop() {
        try (fake;
                gateway) {
            client.close();
        }
    }

    @BeforeEach
    void wellAgain() {
        fake.fault(Fault.NONE);
        fake.script(
                Script.of(TEXT)
                        .withToolCalls(
                                new Script.ToolCall("weather", ARGUMENTS),
                                new Script.ToolCall("time", "{}")));
        fake.forget();
    }

    private static MessageCreateParams.Builder question(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(100)
                .system("Be brief.")
                .addUserMessage("What is the capital of France?");
    }

    private Message streamed(MessageCreateParams question) {
        var accumulator = MessageAccumulator.create();
        try (var stream = client.messages().createStreaming(question)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static String text(Message message) {
        return message.content().getFirst().asText().text();
    }

    private JsonNode sent() {
        return JsonMapper.shared().readTree(fake.received().getLast().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama", "claude-opus-5"})
    void aWholeAnswerIsRead(String model) {
        try (var response = client.messages().withRawResponse().create(question(model).build())) {
            Message message = response.parse();

            assertThat(text(message)).isEqualTo(TEXT);
            assertThat(message.stopReason()).contains(StopReason.END_TURN);
            assertThat(message.usage().inputTokens()).isPositive();
            assertThat(message.usage().outputTokens()).isPositive();
            String id = response.headers().values("request-id").getFirst();
            assertThat(response.headers().values("x-tierwise-request-id")).containsExactly(id);
            assertThat(response.headers().values("x-tierwise-cost-usd")).hasSize(1);
            assertThat(message.id()).isEqualTo("msg_" + id);
        }
        assertThat(sent().at("/messages/0/content").asString()).isEqualTo("Be brief.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aStreamedAnswerIsReadToItsEnd(String model) {
        Message message = streamed(question(model).build());

        assertThat(text(message)).isEqualTo(TEXT);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isPositive();
    }

    private static MessageCreateParams.Builder withTools(String model) {
        var schema =
                Tool.InputSchema.builder()
                        .properties(
                                Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty(
                                                "city", JsonValue.from(Map.of("type", "string")))
                                        .build())
                        .build();
        return question(model)
                .addTool(Tool.builder().name("weather").inputSchema(schema).build())
                .addTool(Tool.builder().name("time").inputSchema(schema).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void callsOfToolsGoThereAndBack(String model) {
        Message whole = client.messages().create(withTools(model).build());
        Message streamed = streamed(withTools(model).build());

        assertCalls(whole);
        assertCalls(streamed);
        List<ContentBlockParam> results =
                streamed.content().stream()
                        .map(ContentBlock::asToolUse)
                        .map(call ->
                                ContentBlockParam.ofToolResult(
                                        ToolResultBlockParam.builder()
                                                .toolUseId(call.id())
                                                .content("It rains.")
                                                .isError(call.name().equals("time"))
                                                .build()))
                        .toList();
        fake.script(Script.of("Take an umbrella."));
        Message last =
                client.messages()
                        .create(
                                withTools(model)
                                        .addMessage(streamed)
                                        .addUserMessageOfContentBlockParams(results)
                                        .build());
        assertThat(text(last)).isEqualTo("Take an umbrella.");
        JsonNode messages = sent().path("messages");
        assertThat(messages.at("/2/tool_calls/0/function/name").asString()).isEqualTo("weather");
        assertThat(messages.at("/3/role").asString()).isEqualTo("tool");
        assertThat(messages.at("/3/content").asString()).isEqualTo("It rains.");
        assertThat(messages.at("/4/content").asString()).isEqualTo("The tool failed: It rains.");
    }

    private static void assertCalls(Message message) {
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.content()).hasSize(2);
        var weather = message.content().getFirst().asToolUse();
        assertThat(weather.name()).isEqualTo("weather");
        assertThat(weather._input()).isEqualTo(JsonValue.from(Map.of("city", "Köln", "days", 3)));
        assertThat(message.content().getLast().asToolUse()._input())
                .isEqualTo(JsonValue.from(Map.of()));
    }

    @Test
    void anImageReachesTheModel() {
        var image =
                Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data("AAAA")
                        .build();

        client.messages()
                .create(
                        question("openai")
                                // a conversation of its own: nobody knows what an image shows
                                .system("Look closely.")
                                .addUserMessageOfContentBlockParams(
                                        List.of(ContentBlockParam.ofImage(image)))
                                .build());

        assertThat(sent().at("/messages/2/content/0/image_url/url").asString())
                .isEqualTo("data:image/png;base64,AAAA");
    }

    private <E extends AnthropicServiceException> E refused(
            Class<E> type, MessageCreateParams question) {
        E error = catchThrowableOfType(type, () -> client.messages().create(question));
        assertThat(error.requestId()).isPresent();
        return error;
    }

    private static String kind(AnthropicServiceException error) {
        return error.type().orElseThrow().asString();
    }

    @Test
    void errorsHaveTheClientsTypes() {
        var unknown = refused(NotFoundException.class, question("opennai").build());
        assertThat(kind(unknown)).isEqualTo("not_found_error");
        assertThat(unknown).hasMessageContaining("The nearest is `openai`");

        var field =
                refused(
                        BadRequestException.class,
                        question("openai")
                                .putAdditionalBodyProperty("top_k", JsonValue.from(5))
                                .build());
        assertThat(kind(field)).isEqualTo("invalid_request_error");
        assertThat(field).hasMessageContaining("`top_k`");

        fake.fault(Fault.TOO_MANY_WITH_RETRY_AFTER);
        var busy = refused(RateLimitException.class, question("openai").build());
        assertThat(kind(busy)).isEqualTo("rate_limit_error");
        assertThat(busy.headers().values("retry-after")).containsExactly("2");

        fake.fault(Fault.SERVER_ERROR);
        var broken = refused(InternalServerException.class, question("openai").build());
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(kind(broken)).isEqualTo("api_error");
    }

    @Test
    void aKeyIsNeededInEitherHeader() {
        AnthropicClient stranger = client().apiKey("another").build();
        AnthropicClient bearer = client().authToken(KEY).build();

        var error =
                catchThrowableOfType(
                        UnauthorizedException.class,
                        () -> stranger.messages().create(question("openai").build()));
        Message answer = bearer.messages().create(question("openai").build());

        assertThat(kind(error)).isEqualTo("authentication_error");
        assertThat(text(answer)).isEqualTo(TEXT);
        stranger.close();
        bearer.close();
    }

    @Test
    void aFullUpstreamIsOverloaded() {
        fake.fault(Fault.HANG_MID_STREAM);
        try (var first = client.messages().createStreaming(question("narrow").build())) {
            assertThat(FakeUpstream.await(() -> fake.active() == 1, Duration.ofSeconds(10)))
                    .isTrue();

            var error = refused(InternalServerException.class, question("narrow").build());

            assertThat(error.statusCode()).isEqualTo(529);
            assertThat(kind(error)).isEqualTo("overloaded_error");
            assertThat(first).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT_MID_STREAM", "ERROR_EVENT", "MALFORMED_SSE"})
    void aBrokenStreamIsNoCleanEnd(Fault fault) {
        fake.fault(fault);

        assertThatThrownBy(() -> streamed(question("openai").build()))
                .isInstanceOfSatisfying(
                        AnthropicServiceException.class,
                        error -> assertThat(kind(error)).isEqualTo("api_error"));
    }

    @Test
    void aClientThatLeavesFreesTheUpstream() {
        fake.fault(Fault.HANG_MID_STREAM);

        try (var stream = client.messages().createStreaming(question("openai").build())) {
            assertThat(stream.stream().findFirst().orElseThrow().isMessageStart()).isTrue();
        }

        assertThat(FakeUpstream.await(() -> fake.abandoned() == 1, Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void tokensAreEstimatedAndModelsListed() {
        long tokens =
                client.messages()
                        .countTokens(
                                MessageCountTokensParams.builder()
                                        .model("auto")
                                        .addUserMessage("What is the capital of France?")
                                        .build())
                        .inputTokens();

        assertThat(tokens).isBetween(5L, 60L);
        assertThat(client.models().list().data().stream().map(ModelInfo::id))
                .contains("auto", "tier:mid", "openai", "ollama");
        assertThat(fake.received()).isEmpty();
    }
}
