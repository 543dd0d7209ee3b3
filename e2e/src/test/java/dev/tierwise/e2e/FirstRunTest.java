package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import dev.tierwise.fakes.FakeUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The first run of a new user: an empty home, no key, no model server, and nothing that is
/// fetched. The demonstration model of the project answers. On a machine where a model server
/// listens at its usual port this cannot be tried, and the first test says so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstRunTest {
    private static final String TICKET =
            "Classify this ticket: my card was charged twice for the same order";
    private static final String POEM = "Write a poem about the sea in autumn";

    private final Home home =
            Home.make(
                    Map.of(
                            "JDK_JAVA_OPTIONS",
                            "--add-modules=jdk.incubator.vector -Dtierwise.home="
                                    + Path.of("").toAbsolutePath().getParent()));
    private final GatewayProcess gateway = GatewayProcess.start(home, "rules: []\n");
    private final OpenAIClient client =
            OpenAIOkHttpClient.builder()
                    .baseUrl(gateway.url().toString())
                    .apiKey("unused")
                    .maxRetries(0)
                    .build();

    @AfterAll
    void stop() {
        try (gateway) {
            client.close();
        }
    }

    private static ChatCompletionCreateParams ask(String words) {
        return ChatCompletionCreateParams.builder().model("auto").addUserMessage(words).build();
    }

    @Test
    void onlyTheDemonstrationModelIsHere() {
        assertThat(client.models().list().data().stream().map(Model::id))
                .as("another model server runs on this machine: stop it for this test")
                .filteredOn(name -> !name.equals("auto") && !name.startsWith("tier:"))
                .containsExactly("tierwise-demo");
    }

    @Test
    void aTicketIsClassified() {
        ChatCompletion answer = client.chat().completions().create(ask(TICKET));

        assertThat(answer.model()).isEqualTo("tierwise-demo");
        assertThat(answer.choices().getFirst().message().content())
                .contains("{\"label\":\"billing\"}");
        assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
    }

    @Test
    void aTicketIsClassifiedInAStream() {
        var whole = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(ask(TICKET))) {
            stream.stream().forEach(whole::accumulate);
        }

        assertThat(whole.chatCompletion().choices().getFirst().message().content())
                .contains("{\"label\":\"billing\"}");
    }

    @Test
    void aPoemIsRefusedAndTheMissingTiersAreNamed() {
        var refused =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().create(ask(POEM)));

        assertThat(refused.code()).contains("no_capable_model");
        assertThat(refused.getMessage())
                .contains("`mid`", "`frontier`", "./tw pull", "OPENAI_API_KEY");
    }

    @Test
    void aConversationIsNotWhatItLearned() {
        var params =
                ChatCompletionCreateParams.builder()
                        .model("auto")
                        .addUserMessage(TICKET)
                        .addAssistantMessage("{\"label\":\"billing\"}")
                        .addUserMessage("And why is that so?")
                        .build();

        var refused =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().create(params));

        assertThat(refused.code()).contains("no_capable_model");
    }

    @Test
    void theCommandLineAnswersToo() {
        Home.Result ticket = home.run("ask", TICKET);
        Home.Result poem = home.run("ask", POEM);

        assertThat(ticket.code()).as(ticket.err()).isZero();
        assertThat(ticket.out().strip()).isEqualTo("{\"label\":\"billing\"}");
        assertThat(poem.code()).isNotZero();
        assertThat(poem.out()).isEmpty();
        assertThat(poem.err()).contains("`frontier`", "./tw pull");
    }

    @Test
    void theLogTellsTheOutcomeAndNotThePrompt() {
        var _ =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().create(ask(POEM)));

        // lines are gathered for a moment before they are written
        assertThat(
                        FakeUpstream.await(
                                () -> gateway.stderr().contains("outcome=no_capable_model"),
                                Duration.ofSeconds(30)))
                .isTrue();
        assertThat(gateway.stderr()).doesNotContain("autumn");
    }
}
