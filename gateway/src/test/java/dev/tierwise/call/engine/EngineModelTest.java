package dev.tierwise.call.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.ModelContract;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Standing;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.fakes.model.TinyModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The contract of all models, kept by those in this process, and what is their own.
class EngineModelTest extends ModelContract {
    /// Forbids the tokens that end an answer.
    private static final String ON_AND_ON = ",\"logit_bias\":{\"256\":-100,\"258\":-100}";

    private static final String TWELVE = ON_AND_ON + ",\"max_tokens\":12";
    private static final String BRIEF = TWELVE + ",\"temperature\":0";

    /// The greeting in ChatML: a token for each byte and each special one.
    private static final int PROMPT = 24;

    @TempDir private Path folder;

    private final Residents residents = new Residents(1L << 40, Clock.systemUTC());
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = TinyModel.usual().write(folder.resolve("tiny.gguf"));
    }

    @AfterEach
    void close() {
        residents.close();
        loop.close();
    }

    @Override
    protected Model model(DataClass clearance) {
        return model(clearance, new Engine.Settings(1, 1, 32_768, 8), null);
    }

    @Override
    protected Executor loop() {
        return loop;
    }

    @Override
    protected String brief() {
        return BRIEF;
    }

    @Override
    protected String endless() {
        return ON_AND_ON;
    }

    @Override
    protected int active() {
        return residents.seen().stream().mapToInt(Residents.Seen::requests).sum();
    }

    private Model model(DataClass clearance, Engine.Settings settings, @Nullable Trust trust) {
        var card =
                new ModelCard(
                        "tiny",
                        "built-in",
                        "tiny",
                        Tier.LOCAL,
                        clearance,
                        ModelCard.HOST,
                        settings.context(),
                        Set.of(),
                        Price.FREE);
        return new EngineModel(card, file, settings, residents, Clock.systemUTC(), trust, null);
    }

    private Model model() {
        return model(DataClass.SECRET);
    }

    private Model trusted(Trust trust) {
        return model(DataClass.SECRET, new Engine.Settings(1, 1, 1_024, 8), trust);
    }

    @Test
    void tokensAreCounted() {
        Model model = model();

        Usage usage = whole(ask(model, BRIEF, false)).answer().usage();
        Usage again = whole(ask(model, BRIEF, false)).answer().usage();

        assertThat(usage).isEqualTo(new Usage(PROMPT, 0, 12, false));
        assertThat(again).isEqualTo(new Usage(PROMPT, PROMPT - 1, 12, false));
    }

    @Test
    void aSeedDecidesWhatChanceDoes() {
        Model model = model();
        String hot = TWELVE + ",\"temperature\":1.5,\"seed\":";
        var client = new Gathered();

        String seven = text(ask(model, hot + 7, false));
        String eight = text(ask(model, hot + 8, false));
        begun(ask(model, hot + 7, true)).relay(client);

        assertThat(client.text()).isEqualTo(seven);
        assertThat(eight).isNotEqualTo(seven);
    }

    @Test
    void whereTheAnswerIsCutIsSaid() {
        String answer = text(ask(model(), BRIEF, false));
        String mark = answer.substring(5, 7);
        String stop = ",\"stop\":" + JsonMapper.shared().writeValueAsString(mark);

        JsonNode cut = json(ask(model(), BRIEF, false));
        JsonNode stopped = json(ask(model(), BRIEF + stop, false));

        assertThat(cut.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(stopped.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(content(stopped)).isEqualTo(answer.substring(0, answer.indexOf(mark)));
    }

    @Test
    void eachTokenComesWithItsChance() {
        JsonNode answer =
                json(ask(model(), BRIEF + ",\"logprobs\":true,\"top_logprobs\":3", false));

        JsonNode tokens = answer.at("/choices/0/logprobs/content");
        assertThat(tokens).hasSize(12);
        assertThat(said(tokens)).isEqualTo(content(answer));
        for (JsonNode token : tokens) {
            JsonNode likeliest = token.path("top_logprobs");
            assertThat(likeliest).hasSize(3);
            assertThat(likeliest.path(0).path("bytes")).isEqualTo(token.path("bytes"));
            assertThat(likeliest.path(0).path("logprob").asDouble())
                    .isEqualTo(token.path("logprob").asDouble())
                    .isNegative()
                    .isGreaterThanOrEqualTo(likeliest.path(1).path("logprob").asDouble());
        }
    }

    @Test
    void chancesAreStreamedToo() {
        String fields = BRIEF + ",\"logprobs\":true";
        JsonNode whole = json(ask(model(), fields, false)).at("/choices/0/logprobs/content");
        var client = new Gathered();

        begun(ask(model(), fields, true)).relay(client);

        var streamed = JsonMapper.shared().createArrayNode();
        client.chunks()
                .forEach(chunk -> chunk.at("/choices/0/logprobs/content").forEach(streamed::add));
        assertThat(said(streamed)).isEqualTo(said(whole));
        assertThat(streamed).hasSize(12);
        assertThat(whole.path(0).path("top_logprobs")).isEmpty();
    }

    @Test
    void chancesThatNobodyAskedForAreNotTold() {
        assertThat(json(ask(model(), BRIEF, false)).at("/choices/0/logprobs").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aSchemaIsKeptTo(int seed) {
        String schema =
                """
                {"type":"object","additionalProperties":false,"required":["name","size","kind"],
                 "properties":{"name":{"type":"string","maxLength":8},
                  "size":{"type":"integer"},
                  "kind":{"enum":["small","large"]}}}\
                """;
        String fields =
                ",\"seed\":%d,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{%s}}"
                        .formatted(seed, "\"name\":\"thing\",\"schema\":" + schema);

        JsonNode answer = json(ask(model(), fields, false));

        JsonNode thing = JsonMapper.shared().readTree(content(answer));
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(thing.propertyNames()).containsExactlyInAnyOrder("name", "size", "kind");
        assertThat(thing.path("name").asString().codePoints().count()).isLessThanOrEqualTo(8);
        assertThat(thing.path("size").isIntegralNumber()).isTrue();
        assertThat(thing.path("kind").asString()).isIn("small", "large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    ,"guided_choice":["yes","no"]     ; yes|no
                    ,"guided_regex":"[0-9]{3}-x"      ; [0-9]{3}-x
                    ,"grammar":"root ::= [a-c] [a-c]" ; [a-c]{2}
                    """)
    void otherShapesAreKeptTo(String fields, String expression) {
        assertThat(text(ask(model(), fields, false))).matches(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ,"guided_regex":"(" | guided_regex
                    ,"grammar":"root ::= nothing" | grammar
                    ,"temperature":3 | temperature
                    ,"unheard_of":1 | unheard_of
                    """)
    void whatCannotBeFollowedIsRefusedByName(String fields, String field) {
        Failure failure = failure(ask(model(), fields, false));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Malformed.class,
                        malformed -> assertThat(malformed.field()).isEqualTo(field));
        assertThat(failure.message()).contains("`" + field + "`");
        assertThat(active()).isZero();
    }

    @Test
    void textInPartsIsOneText() {
        String parts =
                ",\"messages\":[{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"Hel\"},{\"type\":\"text\",\"text\":\"lo\"}]}]";

        JsonNode answer = json(ask(model(), BRIEF + parts));

        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(PROMPT);
        assertThat(content(answer)).isEqualTo(text(ask(model(), BRIEF, false)));
    }

    @Test
    void developersAreHeardAsTheSystem() {
        String messages = ",\"messages\":[{\"role\":\"%s\",\"content\":\"Be brief.\"}]";

        JsonNode system = json(ask(model(), BRIEF + messages.formatted("system")));
        JsonNode developer = json(ask(model(), BRIEF + messages.formatted("developer")));

        assertThat(content(developer)).isEqualTo(content(system));
        assertThat(developer.path("usage")).isEqualTo(system.path("usage"));
    }

    @Test
    void aPromptThatLeavesNoRoomIsTooLong() {
        Model small = model(DataClass.SECRET, new Engine.Settings(1, 1, PROMPT, 8), null);

        Failure failure = failure(ask(small, BRIEF, false));

        assertThat(failure).isInstanceOf(Failure.Vetoed.class);
        assertThat(failure.code()).isEqualTo("context_length_exceeded");
        assertThat(failure.message()).contains("24 tokens", "`tiny`", "`engine.context`");
        assertThat(active()).isZero();
    }

    @Test
    void anAnswerEndsWhereTheContextDoes() {
        Model small = model(DataClass.SECRET, new Engine.Settings(1, 1, PROMPT + 5, 8), null);

        JsonNode answer = json(ask(small, ON_AND_ON, false));

        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isBetween(5, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {{ raise_exception('No greetings here.') }} | says: No greetings here.
                    {{ messages[0].content.nothing() }}         | does not take this conversation
                    {% for %}                                   | cannot be used
                    """)
    void whatATemplateDoesNotTakeIsSaid(String template, String message) {
        file = TinyModel.usual().withTemplate(template).write(folder.resolve("odd.gguf"));

        Failure failure = failure(ask(model(), BRIEF, true));

        assertThat(failure).isInstanceOf(Failure.Malformed.class);
        assertThat(failure.message()).startsWith("The model's chat template ").contains(message);
        assertThat(active()).isZero();
    }

    @Test
    void aModelWhoseFileIsGoneIsNotReady() {
        file = folder.resolve("gone.gguf");

        Failure failure = failure(ask(model(), BRIEF, false));

        assertThat(failure).isInstanceOf(Failure.Unready.class);
        assertThat(failure.message()).contains("gone.gguf");
    }

    @Test
    void aModelThatWasUnloadedComesBack() {
        String before = text(ask(model(), BRIEF, false));
        assertThat(residents.unload(file)).isNull();

        String after = text(ask(model(), BRIEF, false));

        assertThat(after).isEqualTo(before);
    }

    @Test
    void whetherItIsInMemoryIsKnown() {
        Model model = model(DataClass.SECRET, new Engine.Settings(1, 3, 1_024, 8), null);

        Standing before = model.standing();
        ask(model, BRIEF, false);
        Standing loaded = model.standing();
        residents.unload(file);
        Standing after = model.standing();

        assertThat(before).isEqualTo(Standing.of(Standing.Loaded.NO, 3));
        assertThat(loaded).isEqualTo(Standing.of(Standing.Loaded.YES, 3));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void manyAtOnceSayWhatOneSaysAlone() throws Exception {
        Model model = model(DataClass.SECRET, new Engine.Settings(1, 4, 1_024, 8), null);
        String alone = text(ask(model, BRIEF, false));
        Callable<String> asking = () -> text(ask(model, BRIEF, false));

        var said = new ArrayList<String>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : clients.invokeAll(Collections.nCopies(12, asking))) {
                said.add(answer.get());
            }
        }

        assertThat(said).hasSize(12).containsOnly(alone);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNotTrustedIsNotGiven(boolean stream) {
        var objection = new Failure.Vetoed("Not that.", "no_capable_model");
        Model model = trusted((_, _, _, _) -> objection);

        Outcome outcome = ask(model, BRIEF, stream);

        assertThat(outcome).isEqualTo(new Outcome.Failed(objection));
        assertThat(active()).isZero();
    }

    @Test
    void whatIsTrustedIsTheLikeliestWhateverIsWished() {
        Model model = trusted((_, _, _, _) -> null);
        String greedy = text(ask(model(), BRIEF, false));
        var client = new Gathered();

        String hot = text(ask(model, TWELVE + ",\"temperature\":2,\"seed\":1", false));
        Ending ending =
                begun(ask(model, TWELVE + ",\"temperature\":2,\"seed\":2", true)).relay(client);

        assertThat(hot).isEqualTo(greedy);
        assertThat(client.text()).isEqualTo(greedy);
        assertThat(client.data().getLast()).isEqualTo("[DONE]");
        assertThat(ending.usage().output()).isEqualTo(12);
    }

    @Test
    void trustIsShownTheAnswerAndItsChances() {
        var shown = new ArrayList<Shown>();
        Model model =
                trusted((_, answer, logprob, weakest) -> {
                    shown.add(new Shown(answer, logprob, weakest));
                    return null;
                });

        JsonNode answer = json(ask(model, BRIEF + ",\"logprobs\":true", false));

        List<Double> chances =
                answer.at("/choices/0/logprobs/content")
                        .valueStream()
                        .map(token -> token.path("logprob").asDouble())
                        .toList();
        double sum = chances.stream().mapToDouble(Double::doubleValue).sum();
        double least = chances.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(shown).containsExactly(new Shown(content(answer), sum, least));
    }

    private record Shown(String answer, double logprob, double weakest) {}

    private static JsonNode json(Outcome outcome) {
        return JsonMapper.shared().readTree(whole(outcome).answer().body().bytes());
    }

    private static String content(JsonNode answer) {
        return answer.at("/choices/0/message/content").asString();
    }

    /// What the bytes of tokens say together.
    private static String said(JsonNode tokens) {
        var bytes = new ByteArrayOutputStream();
        tokens.forEach(token -> token.path("bytes").forEach(one -> bytes.write(one.asInt())));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
