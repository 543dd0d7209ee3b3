package dev.tierwise.bench.micro;

import dev.tierwise.bench.load.Kind;
import dev.tierwise.bench.load.Question;
import dev.tierwise.bench.relay.MockAnswers;
import dev.tierwise.bench.relay.ModelSplice;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.detect.Detector;
import dev.tierwise.guard.Asking;
import dev.tierwise.guard.Guard;
import dev.tierwise.guard.KeyedHash;
import dev.tierwise.guard.Scanner;
import dev.tierwise.guard.Watch;
import dev.tierwise.policy.Policy;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.route.Aim;
import dev.tierwise.route.Ask;
import dev.tierwise.route.Course;
import dev.tierwise.route.Lessons;
import dev.tierwise.route.Next;
import dev.tierwise.route.Plan;
import dev.tierwise.route.Router;
import dev.tierwise.route.Wits;
import dev.tierwise.verify.compare.Said;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import dev.tierwise.wire.openai.ChatWriter;
import dev.tierwise.wire.openai.ChunkReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// One method for each stage that a request passes without waiting.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Stages {
    private static final Caller CALLER =
            new Caller("bench", null, Tier.FRONTIER, null, DataClass.INTERNAL);

    private static final Asking ASKING = Asking.of("bench", "bench", "/v1/chat/completions");

    private final byte[] question =
            Question.body("auto", Kind.WHOLE).getBytes(StandardCharsets.UTF_8);
    private final List<byte[]> stream =
            MockAnswers.streamEvents().stream()
                    .map(event -> event.getBytes(StandardCharsets.US_ASCII))
                    .toList();
    private final Prompt prompt = prompt(question);
    private final Guard guard =
            new Guard(
                    Policy.DEFAULT,
                    new Scanner(Detector.shipped(), Duration.ofSeconds(1), 8, Set.of()),
                    new Watch(
                            (_, _) -> {},
                            (_, _, _) -> Optional.empty(),
                            new KeyedHash(KeyedHash.random())),
                    Clock.systemUTC());
    private final Router router =
            new Router(
                    List.of(
                            card("mock-1", Tier.LOCAL, 8_192),
                            card("mock-2", Tier.MID, 32_768),
                            card("mock-3", Tier.FRONTIER, 200_000)),
                    List.of(),
                    new Wits(
                            Aim.quality(0.8),
                            Prior.shipped(),
                            AnswerHead.shipped(),
                            Lessons.NONE,
                            Wits.Checks.USUAL));
    private final Ask ask = ask(prompt);
    private final Ask large = ask(prompt(largeQuestion()));
    private final Ask sum = ask(prompt(sumQuestion()));
    private final Course judging = router.plan(sum).course();

    private Ask ask(Prompt asked) {
        return new Ask(
                guard.check(asked, CALLER, ASKING),
                CALLER,
                _ -> null,
                _ -> true,
                _ -> Ask.Pace.UNKNOWN,
                LocalDate.of(2026, 1, 1));
    }

    /// The same question after 16 KB of text.
    private static byte[] largeQuestion() {
        String text =
                "The parcel that was sent on Monday has not come to the shop yet. ".repeat(250);
        return Question.body("auto", Kind.WHOLE)
                .replace("Ticket ", text + "Ticket ")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sumQuestion() {
        return """
        {"model": "auto", "messages": [{"role": "user", "content": "Janet has 16 eggs, eats 3 and\
         sells the rest for 2 dollars each. How many dollars does she make?"}]}\
        """
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ModelCard card(String name, Tier tier, long context) {
        return new ModelCard(
                name,
                "mock",
                name,
                tier,
                DataClass.SECRET,
                ModelCard.HOST,
                context,
                Set.of(),
                Price.FREE);
    }

    private static Prompt prompt(byte[] bytes) {
        return switch (ChatReader.read(bytes)) {
            case Read.Good<Prompt>(var prompt) -> prompt;
            case Read.Bad<Prompt>(var problem) ->
                    throw new IllegalStateException("the question is not read: " + problem);
        };
    }

    /// Reads a request of 1 KB.
    @Benchmark
    public Read<Prompt> readRequest() {
        return ChatReader.read(question);
    }

    /// Classifies it and decides between three models.
    @Benchmark
    public Plan decide() {
        return router.plan(ask);
    }

    /// The same with 16 KB of text before.
    @Benchmark
    public Plan decideLarge() {
        return router.plan(large);
    }

    /// Examines an answer of 60 characters to a sum, and decides whether it is accepted.
    @Benchmark
    public Next judgeAnswer() {
        var asked = Objects.requireNonNull(judging.question());
        var reply =
                new Reply(
                        "She sells 13 eggs. 13 * 2 = 26. The answer is 26.",
                        "stop",
                        List.of(),
                        List.of());
        return judging.next(0, Said.of(asked, reply, null), List.of());
    }

    /// Writes it for the chosen model.
    @Benchmark
    public Body writeRequest() {
        return ChatWriter.write(prompt, "mock-1", true);
    }

    /// Reads all events of a stream of 32 chunks, one piece an event.
    @Benchmark
    public int readStream() {
        var reader = new ChunkReader();
        int events = 0;
        for (byte[] event : stream) {
            events += reader.feed(event).size();
        }
        return events;
    }

    /// What the Netty relay does with a request, for scale.
    @Benchmark
    public byte[] relaySplice() {
        return ModelSplice.replace(question, "mock-1");
    }
}
