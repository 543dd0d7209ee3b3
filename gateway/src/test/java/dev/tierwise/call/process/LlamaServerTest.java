package dev.tierwise.call.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Clearances;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final LlamaServer.Persistence QUICK =
            new LlamaServer.Persistence(LONG, Duration.ofMillis(50), 3, Duration.ofMinutes(10));
    private static final ModelCard CARD =
            new ModelCard(
                    "tiny",
                    "llama",
                    "tiny",
                    Tier.LOCAL,
                    DataClass.SECRET,
                    ModelCard.HOST,
                    0,
                    Set.of(),
                    Price.FREE);

    @TempDir private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @SuppressWarnings("NullAway.Init") // each test makes its own
    private LlamaServer server;

    @AfterEach
    void end() throws IOException {
        if (server != null) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (Files.exists(folder.resolve("starts"))) {
            var program = new FakeProgram(folder);
            for (int i = 0; i < program.starts().size(); i++) {
                long pid = program.pidOf(i);
                assertThat(eventually(() -> ProcessHandle.of(pid).isEmpty())).isTrue();
            }
        }
    }

    private static boolean eventually(BooleanSupplier condition) {
        return FakeUpstream.await(condition, LONG);
    }

    private FakeProgram program(String behaviour) {
        FakeProgram program = FakeProgram.make(folder, behaviour);
        server = program.server(vertx, QUICK);
        return program;
    }

    private Outcome ask(String words) {
        return ask(words, false);
    }

    private Outcome ask(String words, boolean stream) {
        String json =
                "{\"model\":\"tiny\",\"stream\":"
                        + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                        + words
                        + "\"}]}";
        var prompt =
                new Prompt(
                        "tiny",
                        List.of(
                                new Prompt.Message(
                                        "user", List.of(new Prompt.Content.Text(words)))),
                        Set.of(),
                        stream,
                        false,
                        0,
                        0,
                        new Body(json.getBytes(StandardCharsets.UTF_8)));
        var caller = new Caller("test", null, Tier.FRONTIER, null, DataClass.INTERNAL);
        Clearance clearance = Clearances.of(prompt, caller);
        var context = vertx.getOrCreateContext();
        var call = new Call("r", task -> context.runOnContext(_ -> task.run()), _ -> {});
        return new LlamaModel(CARD, server).ask(clearance, call);
    }

    private static final class Nowhere implements Sink {
        @Override
        public boolean accept(Body event) {
            return true;
        }

        @Override
        public void whenDrained(Runnable resume) {
            resume.run();
        }
    }

    private static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }

    @Test
    void theFirstRequestStartsItAndIsAnswered() {
        FakeProgram program = program("well");

        Outcome outcome = ask("hello");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Whole.class,
                        whole -> assertThat(whole.answer().usage().output()).isEqualTo(1));
        assertThat(program.starts()).hasSize(1);
        assertThat(server.state())
                .isInstanceOfSatisfying(
                        LlamaState.Ready.class,
                        ready -> assertThat(ready.pid()).isEqualTo(program.pidOf(0)));
        assertThat(server.memory()).isGreaterThan(10 << 20);
        assertThat(server.trouble()).isEmpty();
    }

    @Test
    void itsArgumentsKeepItToThisMachineAndToFreeCoresAndHoldNoKey() {
        FakeProgram program = program("well");

        ask("hello");

        String start = program.starts().getFirst();
        assertThat(start)
                .contains("--host 127.0.0.1", "--threads 5", "--ctx-size 2000", "--parallel 2")
                .contains("--metrics", "--offline", "--cache-ram 256")
                .doesNotContain("--jinja") // its help does not name it
                .doesNotContain("api-key")
                .doesNotContainPattern("[0-9a-f]{32}");
        String environment = start.substring(start.indexOf(" env "));
        assertThat(environment).contains("LLAMA_API_KEY", "PATH").doesNotContain("JAVA_HOME");
    }

    @Test
    void itsLogNeverHoldsAPrompt() throws IOException {
        FakeProgram program = program("well");

        ask("my secret");
        server.close();

        assertThat(eventually(() -> log(program).contains("lines were not kept"))).isTrue();
        assertThat(log(program)).contains("loading the model").doesNotContain("secret");
    }

    private static String log(FakeProgram program) {
        try {
            return Files.readString(program.log());
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aCrashIsOneFailedRequestAndARestart() {
        FakeProgram program = program("well");

        Failure failure = failure(ask("crash"));

        assertThat(failure).isInstanceOf(Failure.Broken.class);
        assertThat(eventually(() -> program.starts().size() == 2)).isTrue();
        assertThat(eventually(() -> server.state() instanceof LlamaState.Ready)).isTrue();
        assertThat(ask("hello")).isInstanceOf(Outcome.Whole.class);
    }

    @Test
    void aCrashInAStreamDoesNotEndItAsIfItWereWhole() {
        program("well");

        Outcome outcome = ask("crash", true);

        assertThat(outcome).isInstanceOf(Outcome.Begun.class);
        AnswerStream stream = ((Outcome.Begun) outcome).stream();
        Ending ending = stream.relay(new Nowhere());
        assertThat(ending.failure()).isInstanceOf(Failure.Broken.class);
    }

    @Test
    void oneThatCannotLoadIsGivenUpWithTheReason() {
        FakeProgram program = program("broken");

        server.start();

        assertThat(eventually(() -> server.trouble().isPresent())).isTrue();
        assertThat(server.trouble().orElseThrow())
                .contains("failed 3 times within 10 minutes", "status 1")
                .contains("error loading model: unknown architecture")
                .contains(program.log().toString(), "./tw models load");
        assertThat(program.starts()).hasSize(3);
        assertThat(failure(ask("hello")).message()).contains("unknown architecture");
        assertThat(new LlamaModel(CARD, server).healthy()).isFalse();
    }

    @Test
    void oneThatWasGivenUpCanBeStartedAgain() {
        program("broken");
        server.start();
        assertThat(eventually(() -> server.trouble().isPresent())).isTrue();
        FakeProgram.make(folder, "well");

        server.start();

        assertThat(ask("hello")).isInstanceOf(Outcome.Whole.class);
    }

    @Test
    void oneThatDoesNotGetReadyIsEnded() {
        FakeProgram program = FakeProgram.make(folder, "silent");
        server =
                program.server(
                        vertx,
                        new LlamaServer.Persistence(
                                Duration.ofSeconds(2), Duration.ZERO, 1, Duration.ofMinutes(1)));

        server.start();

        assertThat(eventually(() -> server.trouble().isPresent())).isTrue();
        assertThat(server.trouble().orElseThrow()).contains("did not answer within 2 s");
    }

    @Test
    void oneThatLetsEverybodyInIsNotUsed() {
        program("open");

        server.start();

        assertThat(eventually(() -> server.trouble().isPresent())).isTrue();
        assertThat(server.trouble().orElseThrow()).contains("does not ask for its key");
    }

    @Test
    void closingEndsItAndItCanStartAgain() {
        FakeProgram program = program("well");
        ask("hello");
        long first = program.pidOf(0);

        server.close();

        assertThat(ProcessHandle.of(first)).isEmpty();
        assertThat(server.state()).isEqualTo(new LlamaState.Idle());
        assertThat(ask("hello")).isInstanceOf(Outcome.Whole.class);
        assertThat(program.starts()).hasSize(2);
    }

    @Test
    void closingWhileItLoadsLeavesNothingBehind() {
        FakeProgram program = program("silent");
        server.start();
        assertThat(eventually(() -> program.starts().size() == 1)).isTrue();

        server.close();

        assertThat(eventually(() -> ProcessHandle.of(program.pidOf(0)).isEmpty())).isTrue();
    }

    @Test
    void itDiesWithAGatewayThatIsKilled() throws Exception {
        Process gateway =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Guardian.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(gateway.inputReader().readLine()).isEqualTo("true");
        long child = new FakeProgram(folder).pidOf(0);
        assertThat(ProcessHandle.of(child)).isPresent();

        gateway.destroyForcibly();

        assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(eventually(() -> ProcessHandle.of(child).isEmpty())).isTrue();
    }
}
