package dev.tierwise.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every fault, in both dialects, streamed and whole, as seen on the wire.
final class FaultsTest {
    private static final Duration SILENCE = Duration.ofMillis(60);
    private static FakeUpstream fake;

    @BeforeAll
    static void start() {
        fake = FakeUpstream.start();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @BeforeEach
    void heal() {
        fake.fault(Fault.NONE);
        fake.settings(FaultSettings.defaults().withGap(Duration.ofMillis(5)));
        fake.script(Script.of("1one 2two 3tri 4for").withChunks(4));
    }

    @ParameterizedTest
    @EnumSource
    void withoutFaultAnswersAreComplete(Dialect dialect) throws IOException {
        var streamed = ask(dialect, true);
        var whole = ask(dialect, false);

        assertThat(streamed.isComplete()).isTrue();
        assertThat(streamed.body()).contains(dialect.finish, dialect.done);
        assertThat(whole.isComplete()).isTrue();
        assertThat(whole.body()).contains("\"1one 2two 3tri 4for\"", dialect.finish);
    }

    @ParameterizedTest
    @EnumSource
    void refusedConnectionsComeBackOnTheSamePort(Dialect dialect) throws IOException {
        fake.fault(Fault.REFUSE);
        assertThatThrownBy(() -> ask(dialect, true)).isInstanceOf(ConnectException.class);
        assertThat(fake.openConnections()).isZero();

        fake.fault(Fault.NONE);

        assertThat(ask(dialect, true).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsWithoutAByte(Dialect dialect) throws IOException {
        fake.fault(Fault.CLOSE);

        assertThat(ask(dialect, true).raw()).isEmpty();
        assertThat(ask(dialect, false).raw()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429-with-retry-after, 429, 7",
        "429, 429, ''",
        "500, 500, ''",
        "400, 400, ''",
        "401, 401, ''",
        "404-model, 404, ''"
    })
    void errorsHaveTheirStatusAndAnErrorObject(String word, int status, String retryAfter)
            throws IOException {
        fake.settings(FaultSettings.defaults().withRetryAfter(Duration.ofSeconds(7)));
        fake.fault(Fault.of(word).orElseThrow());

        var openAi = ask(Dialect.OPENAI, true);
        var ollama = ask(Dialect.OLLAMA, false);

        assertThat(openAi.status()).isEqualTo(status);
        assertThat(ollama.status()).isEqualTo(status);
        assertThat(openAi.header("retry-after")).isEqualTo(retryAfter);
        var error = Json.read(openAi.body()).orElseThrow().path("error");
        assertThat(error.path("message").asString("")).isNotEmpty();
        assertThat(error.path("type").asString("")).isNotEmpty();
        assertThat(Json.read(ollama.body()).orElseThrow().path("error").isString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void hangBeforeHeadSendsNothing(Dialect dialect) throws IOException {
        fake.fault(Fault.HANG_BEFORE_HEAD);

        try (var client = open(dialect, true)) {
            assertThat(FakeUpstream.await(() -> fake.active() == 1, Duration.ofSeconds(5)))
                    .isTrue();
            assertThat(client.silentFor(SILENCE)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hangBeforeFirstEventSendsTheHeadOnly(Dialect dialect) throws IOException {
        fake.fault(Fault.HANG_BEFORE_FIRST_EVENT);

        try (var streamed = open(dialect, true);
                var whole = open(dialect, false)) {
            assertThat(streamed.answerUntil("\r\n\r\n").status()).isEqualTo(200);
            assertThat(whole.answerUntil("\r\n\r\n").status()).isEqualTo(200);
            assertThat(streamed.silentFor(SILENCE)).isTrue();
            assertThat(whole.silentFor(SILENCE)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void slowStreamTakesItsGaps(Dialect dialect) throws IOException {
        fake.fault(Fault.SLOW_STREAM);
        long before = System.nanoTime();

        var streamed = ask(dialect, true);

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(4 * 5));
        assertThat(streamed.body()).contains(dialect.done);
        assertThat(ask(dialect, false).isComplete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void hangMidStreamStopsAfterSomeChunks(Dialect dialect) throws IOException {
        fake.fault(Fault.HANG_MID_STREAM);

        try (var streamed = open(dialect, true);
                var whole = open(dialect, false)) {
            assertThat(contents(streamed.answerUntil("2two"))).isEqualTo(2);
            streamed.answerUntil("\n\r\n");
            assertThat(whole.answerUntil("\r\n\r\n{").isComplete()).isFalse();
            assertThat(FakeUpstream.await(() -> fake.active() == 2, Duration.ofSeconds(5)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutMidStreamClosesWithoutAnEnd(Dialect dialect) throws IOException {
        fake.fault(Fault.CUT_MID_STREAM);

        var streamed = ask(dialect, true);
        var whole = ask(dialect, false);

        assertThat(streamed.isComplete()).isFalse();
        assertThat(contents(streamed)).isEqualTo(2);
        assertThat(whole.isComplete()).isFalse();
        assertThat(whole.body().length() * 2)
                .isCloseTo(Integer.parseInt(whole.header("content-length")), within(1));
    }

    @ParameterizedTest
    @EnumSource
    void cleanEndLacksFinishAndDone(Dialect dialect) throws IOException {
        fake.fault(Fault.CLEAN_END_WITHOUT_DONE);

        var streamed = ask(dialect, true);
        var whole = ask(dialect, false);

        assertThat(streamed.isComplete()).isTrue();
        assertThat(contents(streamed)).isEqualTo(2);
        assertThat(streamed.body()).doesNotContain(dialect.finish, dialect.done);
        assertThat(whole.isComplete()).isTrue();
        assertThat(Json.read(whole.body())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void missingDoneHasAllContent(Dialect dialect) throws IOException {
        fake.fault(Fault.MISSING_DONE);

        var streamed = ask(dialect, true);

        assertThat(streamed.isComplete()).isTrue();
        assertThat(contents(streamed)).isEqualTo(4);
        assertThat(streamed.body()).doesNotContain(dialect.done);
        assertThat(streamed.body().contains(dialect.finish)).isEqualTo(dialect == Dialect.OPENAI);
    }

    @ParameterizedTest
    @EnumSource
    void malformedEventIsFollowedByTheRest(Dialect dialect) throws IOException {
        fake.fault(Fault.MALFORMED_SSE);

        var streamed = ask(dialect, true);

        assertThat(streamed.body()).contains("{\"id\": garbage]\n", dialect.done);
        assertThat(Json.read(ask(dialect, false).body())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void errorEventEndsTheStream(Dialect dialect) throws IOException {
        fake.fault(Fault.ERROR_EVENT);

        var streamed = ask(dialect, true);

        assertThat(streamed.isComplete()).isTrue();
        assertThat(contents(streamed)).isEqualTo(2);
        assertThat(streamed.body()).contains("{\"error\":").doesNotContain(dialect.done);
        assertThat(ask(dialect, false).body()).startsWith("{\"error\":");
    }

    @ParameterizedTest
    @EnumSource
    void wrongContentTypeAndHtmlPageAndEmptyBody(Dialect dialect) throws IOException {
        fake.fault(Fault.WRONG_CONTENT_TYPE);
        var wrong = ask(dialect, true);
        fake.fault(Fault.HTML_ERROR_PAGE);
        var page = ask(dialect, true);
        fake.fault(Fault.EMPTY_BODY);
        var empty = ask(dialect, false);

        assertThat(wrong.header("content-type")).isEqualTo("text/plain");
        assertThat(wrong.body()).contains(dialect.done);
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.header("content-type")).isEqualTo("text/html");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.isComplete()).isTrue();
        assertThat(empty.body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void truncatedJsonEndsInOrder(Dialect dialect) throws IOException {
        fake.fault(Fault.TRUNCATED_JSON);

        var streamed = ask(dialect, true);
        var whole = ask(dialect, false);

        assertThat(streamed.isComplete()).isTrue();
        assertThat(streamed.body()).doesNotContain(dialect.finish).doesNotEndWith("\n");
        assertThat(whole.isComplete()).isTrue();
        assertThat(whole.body()).startsWith("{");
        assertThat(Json.read(whole.body())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hugeAnswersAreHugeAndValid(Dialect dialect) throws IOException {
        fake.settings(FaultSettings.defaults().withHugeBytes(3 << 20));
        fake.fault(Fault.HUGE);

        var streamed = ask(dialect, true);
        var whole = ask(dialect, false);

        assertThat(streamed.body()).hasSizeGreaterThan(3 << 20).contains(dialect.done);
        assertThat(whole.isComplete()).isTrue();
        assertThat(Json.read(whole.body())).isPresent();
    }

    /// Events with content: the opening of OpenAI has an empty one.
    private static int contents(RawClient.Answer answer) {
        return answer.body().split("\"content\":\"[^\"]", -1).length - 1;
    }

    private static RawClient open(Dialect dialect, boolean streamed) throws IOException {
        return RawClient.post(fake.port(), dialect.path, dialect.request(streamed));
    }

    private static RawClient.Answer ask(Dialect dialect, boolean streamed) throws IOException {
        try (var client = open(dialect, streamed)) {
            return client.answer();
        }
    }
}
