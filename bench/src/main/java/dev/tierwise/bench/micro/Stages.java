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
import dev.tierwise.detect.Detector;
import dev.tierwise.guard.Asking;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Guard;
import dev.tierwise.guard.KeyedHash;
import dev.tierwise.guard.Scanner;
import dev.tierwise.guard.Watch;
import dev.tierwise.policy.Policy;
import dev.tierwise.route.Ask;
import dev.tierwise.route.Plan;
import dev.tierwise.route.Router;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import dev.tierwise.wire.openai.ChatWriter;
import dev.tierwise.wire.openai.ChunkReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
    private final Clearance clearance = guard.check(prompt, CALLER, ASKING);
    private final Router router =
            new Router(
                    List.of(
                            card("mock-1", Tier.LOCAL, 8_192),
                            card("mock-2", Tier.MID, 32_768),
                            card("mock-3", Tier.FRONTIER, 200_000)),
                    List.of(),
                    0.8);
    private final Ask ask = new Ask(clearance, CALLER, _ -> null, _ -> true);

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
