package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.experience.Experience;
import dev.tierwise.guard.Asking;
import dev.tierwise.guard.Clearance;
import dev.tierwise.predict.Forecast;
import dev.tierwise.route.Ask;
import dev.tierwise.route.Candidate;
import dev.tierwise.route.Difficulty;
import dev.tierwise.route.Outlook;
import dev.tierwise.route.Plan;
import dev.tierwise.route.Router;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
import tools.jackson.databind.node.ObjectNode;

/// `tw route`.
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = "Says which model would answer a prompt, and why. Calls no model.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw route \"Classify this ticket: my card was charged twice\"",
            "  ./tw route --data-class phi \"Summarise this discharge letter\""
        })
final class RouteCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Parameters(paramLabel = "PROMPT", description = "What the user would ask.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String prompt;

    @Option(names = "--model", paramLabel = "NAME", description = "What the client would ask for.")
    private String model = "auto";

    @Option(names = "--task", paramLabel = "NAME", description = "The task, as in x-tierwise-task.")
    private @Nullable String task;

    @Option(names = "--max-tier", paramLabel = "TIER", description = "local, mid or frontier.")
    private Tier maxTier = Tier.FRONTIER;

    @Option(names = "--data-class", paramLabel = "CLASS", description = "public … secret.")
    private DataClass dataClass = DataClass.INTERNAL;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<Config> config = configuration.read(spec.commandLine().getErr());
        if (config.isEmpty()) {
            return Main.FAILED;
        }
        Plan plan = plan(config.get());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(plan));
        } else {
            print(out, plan);
        }
        return plan.failure() == null ? Main.DONE : Main.NOT_FOUND;
    }

    private Plan plan(Config config) {
        Gateway.Surroundings surroundings = Gateway.Surroundings.real();
        Vertx vertx = Gateway.newVertx();
        Found found = new Lookout(vertx, surroundings).look(config, Discovery.PATIENT);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Sources sources = Gateway.sources(config, found, surroundings);
        Path ledger =
                config.ledger() == null
                        ? Folders.of(surroundings.environment()).ledger()
                        : config.ledger();
        Experience learned = Experience.reading(Folders.router(ledger), surroundings.clock());
        var steering = new Steering(learned);
        var router =
                new Router(sources.models(), Assembly.rules(config.rules()), steering.wits(config));
        var caller = new Caller("command line", task, maxTier, null, dataClass);
        Asking asking = Asking.of("route", "command line", "/v1/route");
        Clearance clearance =
                Safeguards.dryGuard(config.policy(), Clock.systemUTC())
                        .check(asked(), caller, asking);
        return router.plan(
                new Ask(
                        clearance,
                        caller,
                        asking.header(),
                        _ -> true,
                        _ -> Ask.Pace.UNKNOWN,
                        surroundings.day()));
    }

    private Prompt asked() {
        ObjectNode body = MAPPER.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return switch (ChatReader.read(MAPPER.writeValueAsBytes(body))) {
            case Read.Good<Prompt>(Prompt read) -> read;
            case Read.Bad<Prompt>(Failure.Malformed problem) ->
                    throw new IllegalStateException(problem.message());
        };
    }

    private static void print(PrintWriter out, Plan plan) {
        Outlook outlook = plan.outlook();
        out.println("tier    " + plan.tier().word());
        out.println(
                "model   " + (plan.steps().isEmpty() ? "none" : plan.steps().getFirst().name()));
        out.println("reason  " + plan.reason());
        if (!outlook.candidates().isEmpty()) {
            out.println("task    " + outlook.task());
            candidates(out, outlook);
            out.println("looks");
            for (Difficulty.Signal signal : outlook.difficulty().signals()) {
                out.printf("  %+.2f  %s%n", signal.weight(), signal.name());
            }
            for (Forecast.Reason reason : outlook.reasons().get()) {
                out.printf(
                        Locale.ROOT, "  %+.2f  %s (for larger)%n", reason.gain(), reason.trait());
            }
        } else if (plan.steps().size() > 1) {
            out.println("then    " + names(plan.steps().subList(1, plan.steps().size())));
        }
        if (!outlook.second().isEmpty()) {
            out.println("second  " + outlook.second() + " may be asked whether it agrees");
        }
        if (!outlook.claim().isEmpty()) {
            out.println("claim   " + outlook.claim());
        }
        for (Plan.Veto veto : plan.vetoes()) {
            out.println("veto    " + veto.model() + ": " + veto.why());
        }
        if (plan.failure() != null) {
            out.println("failure " + plan.failure().message());
        }
    }

    private static void candidates(PrintWriter out, Outlook outlook) {
        int width =
                outlook.candidates().stream()
                        .mapToInt(candidate -> candidate.model().name().length())
                        .max()
                        .orElse(0);
        for (Candidate candidate : outlook.candidates()) {
            out.printf(
                    Locale.ROOT,
                    "  %-8s  %-" + Math.max(width, 1) + "s  good %.2f  $%.6f%s  %.1f s%n",
                    candidate.model().tier().word(),
                    candidate.model().name(),
                    candidate.good(),
                    candidate.dollars(),
                    candidate.priceKnown() ? "" : " (price not known, a usual one)",
                    candidate.seconds());
        }
    }

    private static String names(List<ModelCard> models) {
        return String.join(", ", models.stream().map(ModelCard::name).toList());
    }

    private static String json(Plan plan) {
        Outlook outlook = plan.outlook();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("tier", plan.tier().word());
        root.put("model", plan.steps().isEmpty() ? null : plan.steps().getFirst().name());
        root.put("reason", plan.reason());
        root.put("aim", outlook.aim());
        root.put("task", outlook.task());
        root.put("judged", outlook.judged());
        root.put("difficulty", outlook.difficulty().score());
        var signals = root.putObject("signals");
        outlook.difficulty()
                .signals()
                .forEach(signal -> signals.put(signal.name(), signal.weight()));
        var candidates = root.putArray("candidates");
        if (outlook.candidates().isEmpty()) {
            plan.steps().forEach(step -> candidates.addObject().put("model", step.name()));
        }
        for (Candidate candidate : outlook.candidates()) {
            candidates
                    .addObject()
                    .put("model", candidate.model().name())
                    .put("tier", candidate.model().tier().word())
                    .put("good", candidate.good())
                    .put("cost_usd", candidate.dollars())
                    .put("price_known", candidate.priceKnown())
                    .put("seconds", candidate.seconds());
        }
        var vetoes = root.putObject("vetoes");
        plan.vetoes().forEach(veto -> vetoes.put(veto.model(), veto.why()));
        root.put("failure", plan.failure() == null ? null : plan.failure().message());
        return MAPPER.writeValueAsString(root);
    }
}
