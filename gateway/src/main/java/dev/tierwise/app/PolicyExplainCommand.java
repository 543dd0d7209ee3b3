package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.guard.Asking;
import dev.tierwise.guard.Judgement;
import dev.tierwise.policy.Decision;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Rule;
import dev.tierwise.policy.Zone;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `tw policy explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says where data may go, by which rule, and why not elsewhere. With --text the contents"
                    + " are scanned first, as those of a request are; nothing is sent anywhere.",
            "Without --class and --text: all classes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw policy explain",
            "  ./tw policy explain --class phi --tenant clinic --purpose coding",
            "  ./tw policy explain --text \"Her MRN is 4471-22901\""
        })
final class PolicyExplainCommand implements Callable<Integer> {
    @Option(names = "--class", paramLabel = "CLASS", description = "public … secret.")
    private @Nullable DataClass dataClass;

    @Option(names = "--tenant", paramLabel = "NAME", description = "For whom.")
    private String tenant = "anonymous";

    @Option(names = "--purpose", paramLabel = "NAME", description = "What for.")
    private @Nullable String purpose;

    @Option(names = "--day", paramLabel = "DATE", description = "On this day; default: today.")
    private @Nullable LocalDate day;

    @Option(names = "--text", paramLabel = "TEXT", description = "What the user would ask.")
    private @Nullable String text;

    @Option(names = "--json", description = "Print JSON, a line for each class.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Config> config = configuration.read(spec.commandLine().getErr());
        if (config.isEmpty()) {
            return Main.FAILED;
        }
        Policy policy = config.get().policy();
        String words = text;
        if (words != null) {
            Judgement judgement = judge(policy, words);
            out.println("found   " + judgement.sight().found());
            out.println("sources " + judgement.sources());
            tell(policy, judgement.dataClass(), judgement.decision());
            return Main.DONE;
        }
        for (DataClass each : DataClass.values()) {
            if (dataClass == null || dataClass == each) {
                tell(policy, each, policy.decide(each, tenant, purpose, today()));
            }
        }
        return Main.DONE;
    }

    private LocalDate today() {
        return day == null ? LocalDate.now(ZoneOffset.UTC) : day;
    }

    private Judgement judge(Policy policy, String words) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode body = mapper.createObjectNode().put("model", "auto");
        body.putArray("messages").addObject().put("role", "user").put("content", words);
        var caller =
                new Caller(
                        "command line",
                        null,
                        Tier.FRONTIER,
                        null,
                        dataClass == null ? DataClass.PUBLIC : dataClass);
        var asking = new Asking("explain", tenant, purpose, "/v1/chat/completions", _ -> null);
        return switch (ChatReader.read(mapper.writeValueAsBytes(body))) {
            case Read.Good<Prompt>(Prompt prompt) ->
                    Safeguards.dryGuard(policy, Clock.systemUTC())
                            .check(prompt, caller, asking)
                            .judgement();
            case Read.Bad<Prompt>(Failure.Malformed problem) ->
                    throw new IllegalStateException(problem.message());
        };
    }

    private void tell(Policy policy, DataClass each, Decision decision) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = JsonMapper.shared().createObjectNode();
            root.put("class", each.word()).put("rule", decision.rule());
            decision.zones().forEach(root.putArray("zones")::add);
            decision.expired().forEach(root.putArray("closed")::add);
            root.put("transform", decision.transform().name().toLowerCase(Locale.ROOT));
            root.put("why", decision.why());
            out.println(root);
            return;
        }
        String where =
                decision.zones().isEmpty()
                        ? "nowhere: " + decision.why()
                        : String.join(", ", decision.zones());
        String transform =
                decision.transform() == Rule.Transform.PSEUDONYMISE ? ", pseudonymised" : "";
        out.println(
                "%-9s %-28s rule %s%s".formatted(each.word(), where, decision.rule(), transform));
        if (dataClass != null || text != null) {
            String others =
                    policy.zones().stream()
                            .filter(zone -> !decision.zones().contains(zone.name()))
                            .map(zone -> zone.name() + " (" + why(zone, decision) + ")")
                            .collect(Collectors.joining(", "));
            if (!others.isEmpty()) {
                out.println("          not to " + others);
            }
        }
    }

    private static String why(Zone zone, Decision decision) {
        if (decision.expired().contains(zone.name()) && zone.contract() != null) {
            return "its contract ended on " + zone.contract().expires();
        }
        return "the rule does not name it";
    }
}
