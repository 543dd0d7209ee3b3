package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.Headers;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.models.Model;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Script;
import java.math.BigDecimal;
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

/// OpenAI's own Java client against a gateway whose models speak OpenAI's dialect and Ollama's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenAiClientTest {
    private static final String TEXT = "Paris is the capital of France.";
    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"days\":3}";

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess gateway;
    private final OpenAIClient client;

    OpenAiClientTest() {
        gateway =
                GatewayProcess.start(
                        Yaml.of("")
                                .upstream("plain", "vllm", fake.url(), "retries: 0")
                                .upstream(
                                        "native",
                                        "ollama",
                                        fake.url(),
                                        "retries: 0, keep-alive: 90s")
                                .model("openai", "plain", "local", "price: {input: 1, output: 2}")
                                .model("ollama", "native", "mid", "price: {input: 3, output: 6}")
                                .text());
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(gateway.url().toString())
                        .apiKey("unused")
                        .maxRetries(0)
                        .build();
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
        fake.script(Script.of(TEXT).withToolCall("weather", ARGUMENTS));
        fake.forget();
    }

    private static ChatCompletionCreateParams.Builder question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("What is the capital of France?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama", "auto", "tier:mid"})
    void aWholeAnswerIsRead(String model) {
        ChatCompletion answer;
        Headers headers;
        try (var response =
                client.chat().completions().withRawResponse().create(question(model).build())) {
            answer = response.parse();
            headers = response.headers();
        }

        assertThat(answer.choices().getFirst().message().content()).contains(TEXT);
        assertThat(answer.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
        String answered = Map.of("auto", "openai", "tier:mid", "ollama").getOrDefault(model, model);
        assertThat(headers.values("x-tierwise-model"))
                .as(headers.values("x-tierwise-reason").getFirst())
                .containsExactly(answered);
        assertThat(headers.values("x-tierwise-tier"))
                .containsExactly(answered.equals("openai") ? "local" : "mid");
        assertThat(headers.values("x-tierwise-reason").getFirst()).isNotBlank();
        assertThat(headers.values("x-tierwise-request-id").getFirst()).matches("[0-9a-f]{32}");
    }

    @Test
    void theCostOfAnAnswerIsItsTokensTimesItsPrice() {
        try (var response =
                client.chat().completions().withRawResponse().create(question("openai").build())) {
            var usage = response.parse().usage().orElseThrow();
            var cost = new BigDecimal(response.headers().values("x-tierwise-cost-usd").getFirst());
            assertThat(cost.movePointRight(6))
                    .isEqualByComparingTo(
                            BigDecimal.valueOf(
                                    usage.promptTokens() + 2 * usage.completionTokens()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aStreamedAnswerIsReadToItsEnd(String model) {
        var accumulator = ChatCompletionAccumulator.create();

        try (var stream = client.chat().completions().createStreaming(question(model).build())) {
            stream.stream().forEach(accumulator::accumulate);
        }

        var choice = accumulator.chatCompletion().choices().getFirst();
        assertThat(choice.message().content()).contains(TEXT);
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    private static ChatCompletionCreateParams withTool(String model) {
        var city = Map.of("type", "string");
        var days = Map.of("type", "integer");
        return question(model)
                .addFunctionTool(
                        FunctionDefinition.builder()
                                .name("weather")
                                .description("The weather of some days")
                                .parameters(
                                        FunctionParameters.builder()
                                                .putAdditionalProperty(
                                                        "type", JsonValue.from("object"))
                                                .putAdditionalProperty(
                                                        "properties",
                                                        JsonValue.from(
                                                                Map.of("city", city, "days", days)))
                                                .build())
                                .build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aToolCallComesBackWhole(String model) {
        ChatCompletion answer = client.chat().completions().create(withTool(model));

        assertToolCall(answer);
        JsonNode tool = sent().path("tools").path(0).path("function");
        assertThat(tool.path("name").stringValue()).isEqualTo("weather");
        assertThat(tool.at("/parameters/properties/days/type").stringValue()).isEqualTo("integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aToolCallComesBackStreamed(String model) {
        var accumulator = ChatCompletionAccumulator.create();

        try (var stream = client.chat().completions().createStreaming(withTool(model))) {
            stream.stream().forEach(accumulator::accumulate);
        }

        assertToolCall(accumulator.chatCompletion());
    }

    private static void assertToolCall(ChatCompletion answer) {
        var choice = answer.choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        List<ChatCompletionMessageToolCall> calls = choice.message().toolCalls().orElseThrow();
        assertThat(calls).hasSize(1);
        var call = calls.getFirst().asFunction();
        assertThat(call.id()).isNotBlank();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(json(call.function().arguments())).isEqualTo(json(ARGUMENTS));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private JsonNode sent() {
        assertThat(fake.received()).hasSize(1);
        return json(fake.received().getFirst().text());
    }

    /// What the model is to answer with.
    @SuppressWarnings("NullAway.Init") // the client's reader sets the fields
    static final class City {
        public String name;
        public int inhabitants;
        public boolean capital;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void aStructuredAnswerFitsItsClass(String model) {
        var question =
                ChatCompletionCreateParams.builder()
                        .model(model)
                        .addUserMessage("Tell me about Paris.")
                        .responseFormat(City.class)
                        .build();

        City city =
                client.chat()
                        .completions()
                        .create(question)
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .orElseThrow();

        assertThat(city.name).isEqualTo("text");
        assertThat(city.inhabitants).isEqualTo(1);
        assertThat(city.capital).isTrue();
        JsonNode schema =
                model.equals("ollama")
                        ? sent().path("format")
                        : sent().at("/response_format/json_schema/schema");
        assertThat(schema.at("/properties/inhabitants/type").stringValue()).isEqualTo("integer");
    }

    @Test
    void ollamaIsToldItsWindowAndHowLongToKeepTheModel() {
        client.chat().completions().create(question("ollama").maxCompletionTokens(10).build());

        assertThat(fake.received().getFirst().path()).isEqualTo("/api/chat");
        JsonNode sent = sent();
        assertThat(sent.path("model").stringValue()).isEqualTo("wire-ollama");
        assertThat(sent.at("/options/num_ctx").intValue()).isEqualTo(8192);
        assertThat(sent.at("/options/num_predict").intValue()).isEqualTo(10);
        assertThat(sent.path("keep_alive").stringValue()).isEqualTo("90s");
    }

    @Test
    void anUnknownModelIsNotFound() {
        var error =
                catchThrowableOfType(
                        NotFoundException.class,
                        () -> client.chat().completions().create(question("opennai").build()));

        assertThat(error.code()).contains("model_not_found");
        assertThat(error).hasMessageContaining("The nearest is `openai`");
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void whatTheUpstreamRefusesIsABadRequest() {
        fake.fault(Fault.BAD_REQUEST);

        var error =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().create(question("openai").build()));

        assertThat(error.code()).contains("invalid_value");
    }

    @Test
    void aBusyUpstreamIsARateLimit() {
        fake.fault(Fault.TOO_MANY_WITH_RETRY_AFTER);

        var error =
                catchThrowableOfType(
                        RateLimitException.class,
                        () -> client.chat().completions().create(question("openai").build()));

        assertThat(error.code()).contains("rate_limit_exceeded");
        assertThat(error.headers().values("retry-after")).containsExactly("2");
    }

    @Test
    void theModelsAreListed() {
        assertThat(client.models().list().data().stream().map(Model::id))
                .containsExactlyInAnyOrder(
                        "auto", "tier:local", "tier:mid", "tier:frontier", "openai", "ollama");
    }
}
