package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.policy.Lint;
import dev.tierwise.policy.Policy;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `tw policy check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says all that is wrong with the policy, or looks wrong: rules that are never reached,"
                    + " zones that are not there, contracts that have ended, rules that let out what"
                    + " the profile's law keeps.",
            "Exits with 1 when something is an error or a zone is closed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw policy check", "  ./tw policy check --config clinic.yaml --json"})
final class PolicyCheckCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
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
        List<Lint.Finding> findings = Lint.of(policy, LocalDate.now(ZoneOffset.UTC));
        if (json) {
            out.println(json(policy, findings));
        } else {
            findings.forEach(found ->
                    out.println(
                            found.severity().name().toLowerCase(Locale.ROOT)
                                    + "  "
                                    + found.text()));
            out.println(
                    (findings.isEmpty() ? "The policy is in order. " : "")
                            + "Profile "
                            + policy.profile().word()
                            + ", "
                            + policy.zones().size()
                            + " zones, "
                            + policy.rules().size()
                            + " rules, "
                            + policy.hash());
        }
        boolean fine =
                findings.stream().allMatch(found -> found.severity() == Lint.Severity.WARNING);
        return fine ? Main.DONE : Main.FAILED;
    }

    private static ObjectNode json(Policy policy, List<Lint.Finding> findings) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("profile", policy.profile().word());
        root.put("hash", policy.hash());
        var list = root.putArray("findings");
        findings.forEach(found ->
                list.addObject()
                        .put("severity", found.severity().name().toLowerCase(Locale.ROOT))
                        .put("place", found.place())
                        .put("what", found.what())
                        .put("remedy", found.remedy()));
        return root;
    }
}
