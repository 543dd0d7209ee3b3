package dev.tierwise.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.held.Holding;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every model must do, wherever it runs.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ModelContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// A model that can answer one request at once and may see data of this class.
    protected abstract Model model(DataClass clearance);

    /// Where the client's bytes move.
    protected abstract Executor loop();

    /// The fields of a request beside its messages, each after a comma, whose answer ends after
    /// some words and is always the same.
    protected abstract String brief();

    /// The same for a request whose answer begins, where it is streamed, and then takes longer than
    /// any test; the model is made to answer so where the fields cannot.
    protected abstract String endless();

    /// The requests that the model is answering now.
    protected abstract int active();

    @Test
    void aWholeAnswerIsOneOfOpenAis() {
        Outcome outcome = ask(model(DataClass.SECRET), brief(), false);

        var whole = whole(outcome);
        JsonNode answer = JsonMapper.shared().readTree(whole.answer().body().bytes());
        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").asString()).isNotEmpty();
        assertThat(answer.at("/choices/0/finish_reason").asString())
                .isEqualTo(whole.answer().finish())
                .isIn("stop", "length");
        assertThat(answer.at("/usage/completion_tokens").asLong())
                .isEqualTo(whole.answer().usage().output())
                .isPositive();
        assertThat(answer.at("/usage/prompt_tokens").asLong())
                .isEqualTo(whole.answer().usage().input())
                .isPositive();
    }

    @Test
    void aStreamSaysTheSameAndEndsWithItsMark() {
        Model model = model(DataClass.SECRET);
        String expected = text(ask(model, brief(), false));
        var client = new Gathered();

        Ending ending = begun(ask(model, brief(), true)).relay(client);

        assertThat(ending.failure()).isNull();
        assertThat(ending.usage().output()).isPositive();
        assertThat(client.data().getLast()).isEqualTo("[DONE]");
        assertThat(client.data()).containsOnlyOnce("[DONE]");
        assertThat(client.text()).isEqualTo(expected);
        assertThat(client.chunks())
                .extracting(chunk -> chunk.path("object").asString())
                .containsOnly("chat.completion.chunk");
        assertThat(client.chunks())
                .filteredOn(chunk -> chunk.at("/choices/0/finish_reason").isString())
                .singleElement()
                .satisfies(chunk ->
                        assertThat(chunk.at("/choices/0/finish_reason").asString())
                                .isEqualTo(ending.finish()));
    }

    @Test
    void countsOfAStreamComeOnlyWhenTheyAreAskedFor() {
        Model model = model(DataClass.SECRET);
        var silent = new Gathered();
        var told = new Gathered();

        begun(ask(model, brief(), true)).relay(silent);
        begun(ask(model, brief() + ",\"stream_options\":{\"include_usage\":true}", true))
                .relay(told);

        assertThat(silent.chunks()).noneMatch(chunk -> chunk.path("usage").isObject());
        assertThat(told.chunks().getLast().path("choices")).isEmpty();
        assertThat(told.chunks().getLast().at("/usage/completion_tokens").asLong()).isPositive();
    }

    @Test
    void aModelThatIsNotClearedIsNotAsked() {
        Model model = model(DataClass.PUBLIC);

        Failure failure = failure(ask(model, brief(), false));

        assertThat(failure).isInstanceOf(Failure.Uncleared.class);
        assertThat(failure.code()).isEqualTo("policy_violation");
        assertThat(failure.message())
                .contains("`" + model.card().name() + "`")
                .contains(DataClass.INTERNAL.word());
        assertThat(active()).isZero();
    }

    @Test
    void aClientThatLeavesWhileItWaitsFreesThePlace() throws Exception {
        Model model = model(DataClass.SECRET);
        String endless = endless();
        var asked = new Left(() -> failure(ask(model, endless, false)));
        assertThat(FakeUpstream.await(() -> active() == 1, SOON)).isTrue();

        asked.thread.interrupt();

        assertThat(asked.seen()).isInstanceOf(Failure.Abandoned.class);
        assertThat(asked.flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void aClientThatHasLeftIsNotWaitedFor() throws Exception {
        Model model = model(DataClass.SECRET);
        String endless = endless();

        var asked =
                new Left(() -> {
                    Thread.currentThread().interrupt();
                    return failure(ask(model, endless, true));
                });

        assertThat(asked.seen()).isInstanceOf(Failure.Abandoned.class);
        assertThat(asked.flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void aClientThatLeavesInMidStreamFreesThePlace() throws Exception {
        Model model = model(DataClass.SECRET);
        String endless = endless();
        var client = new Gathered();
        var asked = new Left(() -> begun(ask(model, endless, true)).relay(client).failure());
        client.awaitFirst();

        asked.thread.interrupt();

        assertThat(asked.seen()).isInstanceOf(Failure.Abandoned.class);
        assertThat(asked.flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(client.data()).doesNotContain("[DONE]");
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void aStreamThatIsDroppedFreesThePlace() {
        Model model = model(DataClass.SECRET);
        AnswerStream stream = begun(ask(model, endless(), true));

        stream.drop();

        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void anAnswerThatWasHeldIsTheSameWhenItIsReleased() {
        Model model = model(DataClass.SECRET);
        String expected = text(ask(model, brief(), false));
        var client = new Gathered();
        Holding holding = Holding.of(begun(ask(model, brief(), true)));

        Reply whole = holding.await(Holding.WHOLE);
        Ending ending = holding.release(client);

        assertThat(whole.text()).isEqualTo(expected);
        assertThat(whole.finish()).isEqualTo(ending.finish());
        assertThat(ending.failure()).isNull();
        assertThat(ending.usage().output()).isPositive();
        assertThat(client.text()).isEqualTo(expected);
        assertThat(client.data()).endsWith("[DONE]").containsOnlyOnce("[DONE]");
    }

    @Test
    void anAnswerThatIsDiscardedFreesThePlace() {
        Model model = model(DataClass.SECRET);
        Holding holding = Holding.of(begun(ask(model, endless(), true)));

        Reply prefix = holding.await(1);
        Ending ending = holding.discard();

        assertThat(prefix.text()).isNotEmpty();
        assertThat(ending.failure()).isNull();
        assertThat(ending.finish()).isEmpty();
        assertThat(ending.usage().input()).isPositive();
        assertThat(ending.usage().output()).isPositive();
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void aClientThatLeavesWhileItsAnswerIsHeldFreesThePlace() throws Exception {
        Model model = model(DataClass.SECRET);
        String endless = endless();
        var begun = new CountDownLatch(1);
        var asked =
                new Left(() -> {
                    Holding holding = Holding.of(begun(ask(model, endless, true)));
                    holding.await(1);
                    begun.countDown();
                    holding.await(Holding.WHOLE);
                    return holding.discard().failure();
                });
        begun.await();

        asked.thread.interrupt();

        assertThat(asked.seen()).isInstanceOf(Failure.Abandoned.class);
        assertThat(asked.flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(text(ask(model, brief(), false))).isNotEmpty();
    }

    @Test
    void aClientThatLeavesAfterTheReleaseFreesThePlace() throws Exception {
        Model model = model(DataClass.SECRET);
        String endless = endless();
        var client = new Gathered();
        var asked =
                new Left(() -> {
                    Holding holding = Holding.of(begun(ask(model, endless, true)));
                    holding.await(1);
                    return holding.release(client).failure();
                });
        client.awaitFirst();

        asked.thread.interrupt();

        assertThat(asked.seen()).isInstanceOf(Failure.Abandoned.class);
        assertThat(FakeUpstream.await(() -> active() == 0, SOON)).isTrue();
        assertThat(client.data()).doesNotContain("[DONE]");
    }

    /// A client on a thread of its own, which leaves when that is interrupted.
    private static final class Left {
        private final CompletableFuture<Boolean> flag = new CompletableFuture<>();
        private final FutureTask<Failure> task;
        private final Thread thread;

        Left(Callable<Failure> asking) {
            task = new FutureTask<>(asking);
            thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                task.run();
                                flag.complete(Thread.currentThread().isInterrupted());
                            });
        }

        Failure seen() throws Exception {
            Future<Failure> future = task;
            return future.get(30, TimeUnit.SECONDS);
        }
    }

    /// Asks `model` to answer a greeting.
    protected final Outcome ask(Model model, String fields, boolean stream) {
        String messages = "[{\"role\":\"user\",\"content\":\"Hello\"}]";
        return ask(model, fields + ",\"stream\":" + stream + ",\"messages\":" + messages);
    }

    /// Asks `model` with these fields, each after a comma.
    protected final Outcome ask(Model model, String fields) {
        Clearance clearance = clearance("{\"model\":\"m\"" + fields + "}");
        return model.ask(clearance, new Call("r", loop(), _ -> {}));
    }

    private static Clearance clearance(String body) {
        return switch (ChatReader.read(body.getBytes(StandardCharsets.UTF_8))) {
            case Read.Bad<Prompt>(Failure.Malformed problem) ->
                    throw new AssertionError(problem.message());
            case Read.Good<Prompt>(Prompt prompt) ->
                    Clearances.of(
                            prompt, new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL));
        };
    }

    /// The whole answer that `outcome` must be.
    protected static Outcome.Whole whole(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Whole.class);
        return (Outcome.Whole) outcome;
    }

    /// The stream that `outcome` must have begun.
    protected static AnswerStream begun(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Begun.class);
        return ((Outcome.Begun) outcome).stream();
    }

    /// Why `outcome` is no answer, which it must not be.
    protected static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }

    /// The words of the whole answer that `outcome` must be.
    protected static String text(Outcome outcome) {
        JsonNode answer = JsonMapper.shared().readTree(whole(outcome).answer().body().bytes());
        return answer.at("/choices/0/message/content").asString();
    }

    /// A client that keeps what it is sent. Thread-safe.
    public static final class Gathered implements Sink {
        private final List<String> data = new ArrayList<>();
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public synchronized boolean accept(Body event) {
            new String(event.bytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .forEach(data::add);
            begun.countDown();
            return true;
        }

        @Override
        public void whenDrained(Runnable resume) {
            resume.run();
        }

        /// Waits for the first event.
        public void awaitFirst() throws InterruptedException {
            begun.await();
        }

        /// The data of each event.
        public synchronized List<String> data() {
            return List.copyOf(data);
        }

        /// The events but the one that marks the end.
        public List<JsonNode> chunks() {
            return data().stream()
                    .filter(event -> !event.equals("[DONE]"))
                    .map(JsonMapper.shared()::readTree)
                    .toList();
        }

        /// All the words.
        public String text() {
            var text = new StringBuilder();
            for (JsonNode chunk : chunks()) {
                text.append(chunk.at("/choices/0/delta/content").asString(""));
            }
            return text.toString();
        }
    }
}
