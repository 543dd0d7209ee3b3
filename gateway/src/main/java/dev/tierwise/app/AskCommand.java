package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.flow.Request;
import dev.tierwise.guard.Asking;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tw ask`.
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Asks once, as a client of the gateway would, and prints the answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw ask \"Classify this ticket: my card was charged twice\"",
            "  ./tw ask --model tier:local --json \"Is this review positive? I love it\"",
            "  git diff | ./tw ask --system \"Write a commit message for this change\" -"
        })
final class AskCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Parameters(paramLabel = "PROMPT", description = "What to ask; - reads it from stdin.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String prompt;

    @Option(names = "--model", paramLabel = "NAME", description = "A model, tier:NAME or auto.")
    private String model = "auto";

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is to be.")
    private @Nullable String system;

    @Option(names = "--task", paramLabel = "NAME", description = "The task, as in x-tierwise-task.")
    private @Nullable String task;

    @Option(names = "--max-tier", paramLabel = "TIER", description = "local, mid or frontier.")
    private Tier maxTier = Tier.FRONTIER;

    @Option(names = "--max-tokens", paramLabel = "N", description = "The longest answer.")
    private @Nullable Integer maxTokens;

    @Option(names = "--json", description = "Print the answer as JSON, when it is whole.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Config> config = configuration.read(err);
        if (config.isEmpty()) {
            return Main.FAILED;
        }
        String words = prompt.equals("-") ? standardInput() : prompt;
        if (words == null || words.isBlank()) {
            err.println("tw: there is no prompt: give one as an argument, or with - on stdin");
            return Main.FAILED;
        }
        return switch (ChatReader.read(MAPPER.writeValueAsBytes(body(words)))) {
            case Read.Bad<Prompt>(Failure.Malformed problem) -> {
                err.println("tw: " + problem.message());
                yield Main.FAILED;
            }
            case Read.Good<Prompt>(Prompt asked) -> ask(config.get(), asked);
        };
    }

    private Integer ask(Config config, Prompt asked) {
        PrintWriter err = spec.commandLine().getErr();
        Logs.requests(false);
        Path ledger =
                config.ledger() == null ? Folders.of(System::getenv).ledger() : config.ledger();
        return switch (Gateway.prepare(
                config, Gateway.Records.asking(ledger), Gateway.Surroundings.real())) {
            case Gateway.Start.Failed(var problems) -> {
                problems.forEach(problem -> err.println("tw: " + problem));
                yield Main.FAILED;
            }
            case Gateway.Start.Running(Gateway gateway, _) -> {
                try (gateway) {
                    yield answer(gateway, asked);
                }
            }
        };
    }

    private Integer answer(Gateway gateway, Prompt asked) {
        Console console =
                new Console(
                        gateway.loop(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        json);
        var caller = new Caller("command line", task, maxTier, null, DataClass.INTERNAL);
        String id = "ask-" + Long.toString(Instant.now().toEpochMilli(), 36);
        var request =
                new Request(
                        id,
                        Instant.now(),
                        System.nanoTime(),
                        caller,
                        asked,
                        Asking.of(id, "command line", "/v1/chat/completions"));
        Thread worker = Thread.ofVirtual().start(() -> gateway.flow().answer(request, console));
        try {
            worker.join();
        } catch (InterruptedException _) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        return console.status();
    }

    private ObjectNode body(String words) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        if (system != null) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").put("content", words);
        if (maxTokens != null) {
            body.put("max_tokens", maxTokens);
        }
        body.put("stream", !json);
        return body;
    }

    private static @Nullable String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return null;
        }
    }
}
