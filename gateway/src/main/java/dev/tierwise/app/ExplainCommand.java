package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.ledger.Ledger;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `tw explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Tells from the ledger why a request was answered as it was: candidates and vetoes,"
                        + " attempts, what was thought of each answer, ratings. The id stands in"
                        + " the answer's header x-tierwise-request-id.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw explain 0192f3a4b5c67d8e9f00112233445566"})
final class ExplainCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Parameters(paramLabel = "REQUEST_ID", description = "The id of the request.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String requestId;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "The ledger; default: the one that the configuration names.")
    private @Nullable Path ledger;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = ledger;
        if (file == null) {
            Optional<Config> config = configuration.read(err);
            if (config.isEmpty()) {
                return Main.FAILED;
            }
            Path named = config.get().ledger();
            file = named == null ? Folders.of(System::getenv).ledger() : named;
        }
        return switch (Ledger.story(file, requestId)) {
            case Ledger.Story.Told told -> {
                if (json) {
                    out.println(MAPPER.writeValueAsString(object(told)));
                } else {
                    print(out, told);
                }
                yield Main.DONE;
            }
            case Ledger.Story.None _ -> {
                err.println(
                        "tw: "
                                + file
                                + " has no request `"
                                + requestId
                                + "`; the id stands in the answer's header"
                                + " x-tierwise-request-id, and is written within a second");
                yield Main.NOT_FOUND;
            }
            case Ledger.Story.Unreadable(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
        };
    }

    private static ObjectNode object(Ledger.Story.Told told) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("request", MAPPER.valueToTree(told.request()));
        root.set("outlook", outlook(told));
        root.set("attempts", MAPPER.valueToTree(told.attempts()));
        root.set("verdicts", MAPPER.valueToTree(told.verdicts()));
        root.set("feedback", MAPPER.valueToTree(told.feedback()));
        return root;
    }

    private static JsonNode outlook(Ledger.Story.Told told) {
        return told.outlook().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(told.outlook());
    }

    private static void print(PrintWriter out, Ledger.Story.Told told) {
        line(out, "answered", told.request(), "tier", "model", "outcome", "data_class", "key");
        out.println("reason    " + told.request().getOrDefault("reason", ""));
        JsonNode outlook = outlook(told);
        if (!outlook.isNull()) {
            out.println(
                    "aim       "
                            + outlook.path("aim").asString()
                            + ", task "
                            + outlook.path("task").asString());
        }
        for (JsonNode candidate : outlook.path("candidates")) {
            out.println(
                    "candidate "
                            + candidate.path("model").asString()
                            + ": good "
                            + candidate.path("good").asString()
                            + ", $"
                            + candidate.path("cost_usd").asString()
                            + ", "
                            + candidate.path("seconds").asString()
                            + " s");
        }
        for (JsonNode veto : outlook.path("vetoes")) {
            out.println(
                    "veto      "
                            + veto.path("model").asString()
                            + ": "
                            + veto.path("kind").asString());
        }
        each(out, "attempt", told.attempts(), "model", "outcome", "took_us", "output_tokens");
        each(out, "verdict", told.verdicts(), "model", "action", "reason", "held_us");
        each(out, "feedback", told.feedback(), "kind", "score", "key");
    }

    private static void each(
            PrintWriter out, String name, List<Map<String, String>> rows, String... columns) {
        for (Map<String, String> row : rows) {
            line(out, name, row, columns);
        }
    }

    private static void line(
            PrintWriter out, String name, Map<String, String> row, String... columns) {
        var text = new StringBuilder(name).append(" ".repeat(Math.max(1, 10 - name.length())));
        for (String column : columns) {
            String value = row.get(column);
            if (value != null) {
                text.append(column.endsWith("_us") ? micros(value) : value).append("  ");
            }
        }
        out.println(text.toString().stripTrailing());
    }

    private static String micros(String value) {
        return Math.round(Long.parseLong(value) / 1e3) + " ms";
    }
}
