package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.Headers;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.models.Model;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.model.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A pulled model that the gateway runs itself: no upstream, no key, nothing but its own process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int TOKENS = 12;

    /// The question in ChatML: a token for each byte and each special one.
    private static final int PROMPT = 24;

    private final GatewayProcess gateway;
    private final OpenAIClient client;
    private final Chat chat;

    EngineTest() {
        Home home = Home.make();
        TinyModel.usual().write(home.folder().resolve("random.gguf"));
        Home.Result pulled = home.run("pull", "./random.gguf", "--name", "tiny", "--quiet");
        assertThat(pulled.code()).as(pulled.err()).isZero();
        gateway =
                GatewayProcess.start(
                        home, "engine: {llama-server: off, slots: 2, context: 32768}\n");
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(gateway.url().toString())
                        .apiKey("unused")
                        .maxRetries(0)
                        .build();
        chat = new Chat(gateway.url());
    }

    @AfterAll
    void stop() {
        try (gateway) {
            client.close();
            Secrecy.assertNowhere(gateway, Chat.CANARY);
        }
    }

    /// A question whose answer is always the same.
    private static ChatCompletionCreateParams.Builder question() {
        var bias = ChatCompletionCreateParams.LogitBias.builder();
        TinyModel.ENDS.forEach(end -> bias.putAdditionalProperty("" + end, JsonValue.from(-100)));
        return ChatCompletionCreateParams.builder()
                .model("tiny")
                .addUserMessage("Hello")
                .temperature(0)
                .maxCompletionTokens(TOKENS)
                .logitBias(bias.build());
    }

    private ChatCompletion answer() {
        return client.chat().completions().create(question().build());
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    @Test
    void theModelIsListed() {
        assertThat(client.models().list().data().stream().map(Model::id))
                .contains("tiny", "tier:local", "auto");
    }

    @Test
    void aWholeAnswerIsRead() {
        ChatCompletion answer;
        Headers headers;
        try (var response =
                client.chat().completions().withRawResponse().create(question().build())) {
            answer = response.parse();
            headers = response.headers();
        }

        assertThat(text(answer)).isNotEmpty();
        assertThat(answer.model()).isEqualTo("tiny");
        assertThat(answer.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
        CompletionUsage usage = answer.usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(PROMPT);
        assertThat(usage.completionTokens()).isEqualTo(TOKENS);
        assertThat(headers.values("x-tierwise-model")).containsExactly("tiny");
        assertThat(headers.values("x-tierwise-tier")).containsExactly("local");
    }

    @Test
    void aStreamSaysWhatAWholeAnswerSays() {
        var accumulator = ChatCompletionAccumulator.create();

        try (var stream = client.chat().completions().createStreaming(question().build())) {
            stream.stream().forEach(accumulator::accumulate);
        }

        ChatCompletion streamed = accumulator.chatCompletion();
        assertThat(text(streamed)).isEqualTo(text(answer()));
        assertThat(streamed.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    }

    @Test
    void eachTokenComesWithItsChance() {
        ChatCompletion answer =
                client.chat()
                        .completions()
                        .create(question().logprobs(true).topLogprobs(2).build());

        List<ChatCompletionTokenLogprob> tokens =
                answer.choices().getFirst().logprobs().orElseThrow().content().orElseThrow();
        var said = new ByteArrayOutputStream();
        for (ChatCompletionTokenLogprob token : tokens) {
            token.bytes().orElseThrow().forEach(one -> said.write(one.intValue()));
            assertThat(token.logprob()).isNegative();
            assertThat(token.topLogprobs()).hasSize(2);
        }
        assertThat(tokens).hasSize(TOKENS);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo(text(answer));
    }

    /// What the model is to answer with.
    @SuppressWarnings("NullAway.Init") // the client's reader sets the fields
    static final class Ticket {
        public Kind kind;
        public boolean urgent;
        public boolean paid;
    }

    /// Of a ticket.
    enum Kind {
        BILLING,
        SHIPPING
    }

    @Test
    void aStructuredAnswerFitsItsClass() {
        var params =
                ChatCompletionCreateParams.builder()
                        .model("tiny")
                        .addUserMessage("Sort this ticket")
                        .putAdditionalBodyProperty("seed", JsonValue.from(1))
                        .responseFormat(Ticket.class)
                        .build();

        var answer = client.chat().completions().create(params);

        Ticket ticket = answer.choices().getFirst().message().content().orElseThrow();
        assertThat(ticket.kind).isIn(Kind.BILLING, Kind.SHIPPING);
        JsonNode raw = JsonMapper.shared().valueToTree(ticket);
        assertThat(raw.propertyNames()).containsExactlyInAnyOrder("kind", "urgent", "paid");
    }

    @Test
    void whatTheEngineCannotFollowIsABadRequest() {
        var error =
                catchThrowableOfType(
                        BadRequestException.class,
                        () ->
                                client.chat()
                                        .completions()
                                        .create(
                                                question()
                                                        .putAdditionalBodyProperty(
                                                                "mirostat", JsonValue.from(2))
                                                        .build()));

        assertThat(error).hasMessageContaining("`mirostat`");
        assertThat(error.param()).contains("mirostat");
    }

    @Test
    void eightAtOnceAreToldWhatOneIsToldAlone() throws Exception {
        String alone = text(answer());
        Callable<String> asking = () -> text(answer());

        var told = new ArrayList<String>();
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (var answer : clients.invokeAll(Collections.nCopies(8, asking))) {
                told.add(answer.get());
            }
        }

        assertThat(told).hasSize(8).containsOnly(alone);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aClientThatLeavesFreesItsSlot(boolean stream) throws IOException {
        String task = Chat.newTask();
        try (Wire wire = chat.begin(endless(stream), "x-tierwise-task", task)) {
            if (stream) {
                assertThat(wire.head().status()).isEqualTo(200);
                assertThat(wire.line()).isNotEmpty();
            }
            assertThat(FakeUpstream.await(() -> active() == 1, LONG)).isTrue();
        }

        assertThat(FakeUpstream.await(() -> active() == 0, LONG)).isTrue();
        assertThat(gateway.ledger().of(task))
                .singleElement()
                .satisfies(row -> assertThat(row.outcome()).isEqualTo("abandoned"));
        assertThat(text(answer())).isNotEmpty();
    }

    /// A request whose answer takes longer than any test.
    private static String endless(boolean stream) {
        return Chat.body("tiny", stream)
                .replaceFirst("\\{", "{\"logit_bias\": {\"256\": -100, \"258\": -100}, ");
    }

    private JsonNode resident() {
        return chat.get("/v1/models/resident").json();
    }

    private int active() {
        return resident().at("/data/0/active").asInt(0);
    }

    @Test
    void aModelIsTakenOutOfMemoryAndBackIn() {
        String before = text(answer());
        long bytes = resident().path("used_bytes").asLong();

        JsonNode unloaded = chat.post("/v1/models/unload", "{\"model\": \"tiny\"}").json();

        assertThat(bytes).isPositive();
        assertThat(unloaded.path("id").asString()).isEqualTo("tiny");
        assertThat(unloaded.path("freed_bytes").asLong()).isEqualTo(bytes);
        assertThat(resident().path("data")).isEmpty();
        assertThat(resident().path("used_bytes").asLong()).isZero();
        JsonNode loaded = chat.post("/v1/models/load", "{\"model\": \"tiny\"}").json();
        assertThat(loaded.path("id").asString()).isEqualTo("tiny");
        assertThat(loaded.path("state").asString()).isEqualTo("ready");
        assertThat(loaded.path("active").asInt()).isZero();
        assertThat(resident().at("/data/0")).isEqualTo(loaded);
        assertThat(text(answer())).isEqualTo(before);
    }

    @Test
    void aModelThatAnswersStaysInMemory() throws IOException {
        try (Wire wire = chat.begin(endless(true))) {
            assertThat(wire.head().status()).isEqualTo(200);

            Chat.Seen seen = chat.post("/v1/models/unload", "{\"model\": \"tiny\"}");

            assertThat(seen.status()).isEqualTo(503);
            assertThat(seen.text()).contains("use it now");
        }
        assertThat(FakeUpstream.await(() -> active() == 0, LONG)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    load   | {"model": "nothing"} | 404 | model_not_found
                    unload | {"model": "nothing"} | 404 | model_not_found
                    load   | {}                   | 400 | invalid_request
                    unload | {"model": ""}        | 400 | invalid_request
                    load   | no JSON              | 400 | invalid_request
                    """)
    void whatCannotBeLoadedIsSaid(String verb, String body, int status, String code) {
        Chat.Seen seen = chat.post("/v1/models/" + verb, body);

        assertThat(seen.status()).isEqualTo(status);
        assertThat(seen.json().at("/error/code").asString()).isEqualTo(code);
        assertThat(seen.json().at("/error/message").asString()).isNotBlank();
    }

    @Test
    void theCommandLineShowsWhatIsInMemory() {
        answer();

        Home.Result result =
                gateway.home().run("models", "ps", "--url", gateway.at("/").toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("tiny", "built-in", "ready");
    }

    @Test
    void theCommandLineAsksWithoutAGateway() {
        Home home = gateway.home();

        Home.Result whole = home.run("ask", "--json", "--max-tokens", "5", "Hello");
        Home.Result told = home.run("ask", "--model", "tiny", "--max-tokens", "5", "Hello");
        Home.Result unknown = home.run("ask", "--model", "nothing", "Hello");

        assertThat(whole.code()).as(whole.err()).isZero();
        JsonNode answer = JsonMapper.shared().readTree(whole.out());
        assertThat(answer.path("model").asString()).isEqualTo("tiny");
        assertThat(answer.path("tier").asString()).isEqualTo("local");
        assertThat(answer.path("prompt_tokens").asInt()).isEqualTo(PROMPT);
        assertThat(answer.path("completion_tokens").asInt()).isBetween(0, 5);
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("local tiny (");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).startsWith("tw: ").contains("`nothing`");
    }
}
