package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Rule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `tw policy diff`.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Says where data may go under the new file and could not under the old one, and the"
                        + " reverse: class by class, for every tenant and purpose that either names.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw policy diff old.yaml new.yaml --refuse-wider"})
final class PolicyDiffCommand implements Callable<Integer> {
    /// Stands for every tenant, or purpose, that no rule names.
    private static final String OTHER = "(any other)";

    @Parameters(index = "0", paramLabel = "OLD", description = "The file in force.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The file to come.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path fresh;

    @Option(
            names = "--refuse-wider",
            description = "Exit with 1 when anything is freer than before.")
    private boolean refuseWider;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// One difference.
    private record Change(
            boolean wider, DataClass dataClass, String tenant, String purpose, String zone) {}

    @Override
    public Integer call() {
        Policy before = read(old);
        Policy after = read(fresh);
        if (before == null || after == null) {
            return Main.FAILED;
        }
        List<Change> changes = changes(before, after);
        if (json) {
            var root = JsonMapper.shared().createObjectNode();
            root.put("old", before.hash()).put("new", after.hash());
            var list = root.putArray("changes");
            changes.forEach(change ->
                    list.addObject()
                            .put("change", change.wider ? "wider" : "narrower")
                            .put("class", change.dataClass.word())
                            .put("tenant", change.tenant)
                            .put("purpose", change.purpose)
                            .put("zone", change.zone));
            spec.commandLine().getOut().println(root);
        } else {
            print(changes);
        }
        boolean wider = changes.stream().anyMatch(Change::wider);
        return wider && refuseWider ? Main.FAILED : Main.DONE;
    }

    private void print(List<Change> changes) {
        PrintWriter out = spec.commandLine().getOut();
        if (changes.isEmpty()) {
            out.println("No data may go anywhere else than before.");
        }
        for (Change change : changes) {
            out.println(
                    (change.wider ? "WIDER     " : "narrower  ")
                            + change.dataClass.word()
                            + (change.wider ? " may now go to " : " may no more go to ")
                            + change.zone
                            + "  tenant "
                            + change.tenant
                            + ", purpose "
                            + change.purpose);
        }
    }

    private @Nullable Policy read(Path file) {
        return switch (ConfigFile.read(file, System::getenv)) {
            case Reading.Loaded(Config config) -> config.policy();
            case Reading.Invalid(var problems) -> {
                problems.forEach(
                        problem -> spec.commandLine().getErr().println("tw: " + problem.text()));
                yield null;
            }
        };
    }

    private static List<Change> changes(Policy before, Policy after) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        var changes = new ArrayList<Change>();
        for (DataClass dataClass : DataClass.values()) {
            for (String tenant : names(before, after, true)) {
                for (String purpose : names(before, after, false)) {
                    String meant = purpose.equals(OTHER) ? null : purpose;
                    Set<String> was =
                            new TreeSet<>(before.decide(dataClass, tenant, meant, today).zones());
                    Set<String> is =
                            new TreeSet<>(after.decide(dataClass, tenant, meant, today).zones());
                    is.stream()
                            .filter(zone -> !was.contains(zone))
                            .forEach(zone ->
                                    changes.add(
                                            new Change(true, dataClass, tenant, purpose, zone)));
                    was.stream()
                            .filter(zone -> !is.contains(zone))
                            .forEach(zone ->
                                    changes.add(
                                            new Change(false, dataClass, tenant, purpose, zone)));
                }
            }
        }
        return changes;
    }

    private static Set<String> names(Policy before, Policy after, boolean tenants) {
        var names = new TreeSet<String>();
        for (Policy policy : List.of(before, after)) {
            for (Rule rule : policy.rules()) {
                names.addAll(tenants ? rule.when().tenants() : rule.when().purposes());
            }
        }
        names.add(OTHER);
        return names;
    }
}
