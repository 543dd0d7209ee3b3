package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.Missing;
import dev.tierwise.machine.Detection;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import dev.tierwise.machine.Probes;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `tw doctor`.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Shows what was found, what is missing, and what to type next.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw doctor",
            "  ./tw doctor --json | jq '.models[].name'",
            "  ./tw doctor --raw > machine.txt"
        })
final class DoctorCommand implements Callable<Integer> {
    @ArgGroup private @Nullable Form form;

    /// What is printed in the place of the usual page.
    private static final class Form {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(
                names = "--raw",
                description =
                        "Print what the tools of this machine say of its memory and graphics, for"
                                + " reports of faults.")
        private boolean raw;
    }

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (form != null && form.raw) {
            raw(spec.commandLine().getOut());
            return Main.DONE;
        }
        PrintWriter err = spec.commandLine().getErr();
        Optional<Config> config = configuration.read(err);
        if (config.isEmpty()) {
            return Main.FAILED;
        }
        Gateway.Surroundings surroundings = Gateway.Surroundings.real();
        // the tools of the platform take their time
        var machine = CompletableFuture.supplyAsync(DoctorCommand::machine);
        Vertx vertx = Gateway.newVertx();
        var lookout = new Lookout(vertx, surroundings);
        Found found = lookout.look(config.get(), Discovery.PATIENT);
        Sources sources = Gateway.sources(config.get(), found, surroundings);
        Attestation attestation = lookout.attest(sources, Discovery.PATIENT);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        sources.problems().forEach(problem -> err.println("tw: " + problem));
        String file = configuration.find().map(Path::toString).orElse("none");
        Path ledger =
                config.get().ledger() == null
                        ? Folders.of(System::getenv).ledger()
                        : config.get().ledger();
        PrintWriter out = spec.commandLine().getOut();
        var seen = new Seen(file, ledger, machine.join(), sources, attestation, found.missing());
        if (form != null && form.json) {
            out.println(json(seen));
        } else {
            print(out, seen);
            attestation.warnings().forEach(warning -> err.println("tw: " + warning));
        }
        return sources.models().isEmpty() || !sources.problems().isEmpty()
                ? Main.FAILED
                : Main.DONE;
    }

    /// All that there is to be shown.
    private record Seen(
            String file,
            Path ledger,
            Machine machine,
            Sources sources,
            Attestation attestation,
            List<Missing> missing) {}

    private static Machine machine() {
        return Detection.of(Probes.real(), Detection.Effort.READ).machine();
    }

    private static void raw(PrintWriter out) {
        Detection detection = Detection.of(Probes.real(), Detection.Effort.READ);
        out.print(detection.raw().text());
        out.println();
        out.println("What was made of it:");
        for (Device device : detection.machine().devices()) {
            out.println(
                    "  %s (%s): memory %s, budget %s, bandwidth %s"
                            .formatted(
                                    device.name(),
                                    device.kind().name().toLowerCase(Locale.ROOT),
                                    mebibytes(device.memory()),
                                    mebibytes(device.budget()),
                                    gigabytes(device.bandwidth())));
        }
        detection.machine().notes().forEach(note -> out.println("  note: " + note));
    }

    private static String mebibytes(@Nullable Figure bytes) {
        return bytes == null ? "unknown" : (bytes.whole() >> 20) + " MiB";
    }

    private static String gigabytes(@Nullable Figure bytesPerSecond) {
        return bytesPerSecond == null
                ? "unknown"
                : Math.round(bytesPerSecond.value() / 1e9) + " GB/s";
    }

    private static void print(PrintWriter out, Seen seen) {
        List<ModelCard> models = seen.sources.models();
        List<Missing> missing = seen.missing;
        out.println("Java           " + Runtime.version());
        out.println("Configuration  " + seen.file);
        out.println("Ledger         " + seen.ledger);
        DoctorLines.machine(seen.machine, out);
        out.println();
        if (models.isEmpty()) {
            out.println("No model can be reached.");
        } else {
            out.println("Models, in the order in which they are tried:");
            out.printf(
                    "  %-9s %-34s %-14s %9s  %-22s %s%n",
                    "TIER", "MODEL", "UPSTREAM", "CONTEXT", "USD/MTOK IN/OUT", "CLEARED FOR");
            for (ModelCard model : models) {
                out.printf(
                        "  %-9s %-34s %-14s %9s  %-22s %s%n",
                        model.tier().word(),
                        model.name(),
                        model.upstream(),
                        model.context() == 0 ? "?" : Long.toString(model.context()),
                        price(model),
                        model.clearance().word());
            }
        }
        DoctorLines.abilities(seen.sources, out);
        if (!missing.isEmpty()) {
            out.println();
            out.println("Not found:");
            for (Missing gap : missing) {
                out.printf("  %-13s %s: %s%n", gap.source(), gap.where(), gap.why());
                out.printf("  %-13s   next: %s%n", "", gap.next());
            }
        }
        out.println();
        boolean small = models.stream().allMatch(model -> model.name().equals(Builtin.DEMO));
        if (small) {
            out.println(
                    "Next: ./tw pull MODEL, or make one of the above answer, then ./tw doctor"
                            + " again.");
        }
        if (!models.isEmpty()) {
            out.println((small ? "Or:   " : "Next: ") + "./tw serve");
        }
    }

    private static String price(ModelCard model) {
        Optional<Price> price = Price.on(Gateway.Surroundings.real().day(), model.prices());
        return price.map(p -> usd(p.input()) + " / " + usd(p.output())).orElse("unknown");
    }

    private static String usd(long nanosPerMillion) {
        return new dev.tierwise.core.Money(nanosPerMillion).dollars();
    }

    private static String json(Seen seen) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        root.put("java", Runtime.version().toString());
        root.put("configuration", seen.file);
        root.put("ledger", seen.ledger.toString());
        DoctorLines.machine(seen.machine, root.putObject("machine"));
        var list = root.putArray("models");
        for (ModelCard model : seen.sources.models()) {
            ObjectNode node = list.addObject();
            node.put("name", model.name());
            node.put("tier", model.tier().word());
            node.put("upstream", model.upstream());
            node.put("id", model.remoteName());
            node.put("context", model.context());
            node.put("clearance", model.clearance().word());
            node.put("price", price(model));
            node.put(
                    "capabilities",
                    model.capabilities().stream()
                            .map(Capability::word)
                            .sorted()
                            .collect(Collectors.joining(",")));
            sites(seen.sources, model, node);
        }
        var warnings = root.putArray("warnings");
        seen.attestation.warnings().forEach(warnings::add);
        var gaps = root.putArray("missing");
        for (Missing gap : seen.missing) {
            ObjectNode node = gaps.addObject();
            node.put("source", gap.source());
            node.put("where", gap.where());
            node.put("why", gap.why());
            node.put("next", gap.next());
        }
        return mapper.writeValueAsString(root);
    }

    private static void sites(Sources sources, ModelCard model, ObjectNode node) {
        var sites = node.putArray("sites");
        for (ModelCard site : model.each()) {
            ObjectNode each = sites.addObject();
            each.put("upstream", site.upstream());
            each.put("id", site.remoteName());
            each.put("zone", site.zone());
            each.put("context", site.context());
            DoctorLines.abilities(sources.abilities(site), each);
        }
    }
}
