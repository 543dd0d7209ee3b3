package dev.tierwise.app;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.discover.Abilities;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What `tw doctor` says of the machine and of what models can do, each with whoever says so.
final class DoctorLines {
    private static final double GIGA = 1e9;

    private DoctorLines() {}

    /// The machine in two lines.
    static void machine(Machine machine, PrintWriter out) {
        out.println("Machine        " + machine.name() + memory(machine));
        Device first = machine.devices().getFirst();
        out.printf(
                Locale.ROOT,
                "Models run on  %s: for models %s, bandwidth %s; ./tw fit says which fit, and how"
                        + " fast%n",
                first.name(),
                told(first.budget(), "GB"),
                told(first.bandwidth(), "GB/s"));
    }

    private static String memory(Machine machine) {
        int more = machine.devices().size() - 1;
        return ", main memory "
                + told(machine.memory(), "GB")
                + (more > 1 ? ", " + more + " more devices" : "");
    }

    /// The same as JSON, every figure with its origin.
    static void machine(Machine machine, ObjectNode node) {
        node.put("name", machine.name());
        node.put("cores", machine.cores());
        figure(machine.memory(), "memory", node);
        figure(machine.available(), "available", node);
        var devices = node.putArray("devices");
        for (Device device : machine.devices()) {
            ObjectNode each = devices.addObject();
            each.put("name", device.name());
            each.put("kind", device.kind().name().toLowerCase(Locale.ROOT));
            figure(device.memory(), "memory", each);
            figure(device.budget(), "budget", each);
            figure(device.bandwidth(), "bandwidth", each);
        }
    }

    private static void figure(@Nullable Figure figure, String name, ObjectNode node) {
        if (figure == null) {
            node.putNull(name);
        } else {
            node.putObject(name)
                    .put("value", figure.value())
                    .put("origin", word(figure.origin()))
                    .put("source", figure.source());
        }
    }

    private static String told(@Nullable Figure figure, String unit) {
        if (figure == null) {
            return "unknown";
        }
        String origin = word(figure.origin());
        String whence = figure.source().equals(origin) ? origin : origin + ": " + figure.source();
        return String.format(Locale.ROOT, "%.1f %s (%s)", figure.value() / GIGA, unit, whence);
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// What the models of runtimes can do; those of hosted APIs have it from the catalogue.
    static void abilities(Sources sources, PrintWriter out) {
        boolean head = false;
        for (ModelCard site : sources.sites().toList()) {
            Abilities known = sources.abilities(site);
            if (known == null || !isRuntime(sources, site)) {
                continue;
            }
            if (!head) {
                out.println();
                out.println("What the models of runtimes can do, and who says so:");
                head = true;
            }
            out.println("  " + site.name() + " at " + site.upstream());
            out.println("      can      " + listed(known, true));
            out.println("      cannot   " + listed(known, false));
            out.println(
                    "      context  "
                            + (known.context() == 0
                                    ? "unknown"
                                    : known.context() + " (" + known.contextSource() + ")"));
            known.remarks().forEach(remark -> out.println("      note     " + remark));
        }
    }

    private static boolean isRuntime(Sources sources, ModelCard site) {
        Sources.Source source = sources.upstreams().get(site.upstream());
        return source != null && source.backend().kind() == Backend.Kind.LOCAL;
    }

    /// Those with the same source stand together.
    private static String listed(Abilities known, boolean has) {
        var bySource = new LinkedHashMap<String, List<String>>();
        known.facts()
                .forEach((capability, fact) -> {
                    if (fact.has() == has) {
                        bySource.computeIfAbsent(whence(fact), _ -> new ArrayList<>())
                                .add(capability.word());
                    }
                });
        return bySource.isEmpty()
                ? "nothing that is known"
                : bySource.entrySet().stream()
                        .map(each ->
                                String.join(", ", each.getValue()) + " (" + each.getKey() + ")")
                        .collect(Collectors.joining("; "));
    }

    private static String whence(Abilities.Fact fact) {
        return word(fact.origin()) + ": " + fact.source();
    }

    /// The same as JSON.
    static void abilities(@Nullable Abilities known, ObjectNode node) {
        if (known == null) {
            return;
        }
        node.put("context_source", known.contextSource());
        ObjectNode facts = node.putObject("abilities");
        for (Map.Entry<Capability, Abilities.Fact> each : known.facts().entrySet()) {
            Abilities.Fact fact = each.getValue();
            facts.putObject(each.getKey().word())
                    .put("has", fact.has())
                    .put("origin", word(fact.origin()))
                    .put("source", fact.source());
        }
        var remarks = node.putArray("remarks");
        known.remarks().forEach(remarks::add);
    }
}
