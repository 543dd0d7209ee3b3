package dev.tierwise.app;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Hardware;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.Recommendation;
import dev.tierwise.fit.Speed;
import dev.tierwise.fit.Together;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `tw fit` prints. A letter after a figure says where it comes from.
final class FitText {
    private static final double GIGA = 1e9;
    private static final int MOST_NAMES = 12;
    private static final String ROW = "%-28s %-7s %8s %8s %8s %8s %8s %9s %9s  %-13s %s%n";

    private FitText() {}

    /// A machine and all that fits it.
    static void print(FitReading reading, PrintWriter out) {
        machine(reading.machine(), out);
        recommended(reading, out);
        if (reading.choices().isEmpty()) {
            out.println();
            out.println("No model that is known fits here, or the memory is unknown.");
            return;
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "Fits, each alone, with a context of %,d tokens in %d %s (GB)%n",
                reading.wish().context(),
                reading.wish().slots(),
                reading.wish().slots() == 1 ? "slot" : "slots");
        out.printf(
                ROW,
                "MODEL",
                "WEIGHTS",
                "FILE",
                "CACHE",
                "OTHER",
                "TOTAL",
                "LEFT",
                "TOK/S",
                "ALL SLOTS",
                "LICENCE",
                "PULL");
        reading.choices().forEach(choice -> row(reading, choice, out));
        legend(out);
    }

    private static void row(FitReading reading, Advice.Choice choice, PrintWriter out) {
        MemoryPlan plan = choice.together().plans().getFirst();
        Load load = choice.load();
        out.printf(
                ROW,
                load.model().id(),
                load.quantisation(),
                size(plan.weights()),
                size(plan.cache()),
                size(other(plan)),
                size(plan.total()),
                left(choice.together()),
                speed(choice.one()),
                load.slots() == 1 ? "" : speed(choice.all()),
                FitKnownText.licence(reading.sources().evidence().profile(load.model().id())),
                load.model().tag().orElse("?"));
    }

    private static String left(Together together) {
        return together.verdict() instanceof Together.Verdict.Fits(Figure left) ? size(left) : "";
    }

    /// What a step needs, and the headroom.
    static @Nullable Figure other(MemoryPlan plan) {
        return plan.compute() == null || plan.headroom() == null
                ? null
                : Figure.estimated(
                        plan.compute().value() + plan.headroom().value(), plan.compute().source());
    }

    private static void recommended(FitReading reading, PrintWriter out) {
        Recommendation set = reading.recommended();
        out.println();
        if (set == null) {
            out.println(
                    "Nothing to recommend: no small model fits here, or the memory is unknown.");
            return;
        }
        out.println("Recommended, loaded together on " + set.device().name());
        line("local", set.local(), set.together().plans().getFirst(), set.one(), out);
        if (set.second() != null) {
            line("second", set.second(), set.together().plans().get(1), null, out);
        }
        out.printf(
                "  %-9s %-28s %-7s %8s GB%n",
                "embedder", "all-MiniLM-L6-v2", "F32", size(set.embedder()));
        out.printf("  %-9s %s%n", "", set.together().verdict().says());
        if (set.slow()) {
            out.println(
                    "  note      slow: people read 5 to 10 tokens/s. A card or a hosted tier helps");
        }
        FitKnownText.recommended(reading, set, out);
        day(reading.day(), reading.prices(), out);
        out.println(
                "  fetch     ./tw fit --pull, or by name: " + String.join(", ", reading.names()));
    }

    private static void line(
            String role, Load load, MemoryPlan plan, @Nullable Figure speed, PrintWriter out) {
        out.printf(
                "  %-9s %-28s %-7s %8s GB%s%n",
                role,
                load.model().id(),
                load.quantisation(),
                size(plan.total()),
                speed == null ? "" : "   " + speed(speed) + " tokens/s, " + speed.source());
    }

    private static void day(Speed.@Nullable Day day, FitPrices prices, PrintWriter out) {
        if (day == null) {
            out.println(
                    "  a day     unknown, for nobody knows how fast this is here: say --bandwidth");
            return;
        }
        out.printf(
                Locale.ROOT,
                "  a day     up to %,d requests of %d + %d tokens, with all slots busy. %s%n",
                day.requests().whole(),
                prices.prompt(),
                prices.answer(),
                day.says());
        for (FitPrices.Hosted hosted : prices.models()) {
            out.printf(
                    Locale.ROOT,
                    "  the same  $%,.2f a day at %s (%s), by the catalogue's prices%n",
                    prices.dollars(hosted, day.requests().value()),
                    hosted.name(),
                    hosted.tier().word());
        }
    }

    private static void machine(Machine machine, PrintWriter out) {
        out.println("Machine   " + machine.name());
        for (Device device : machine.devices()) {
            out.printf(
                    "  %-9s %s: memory %s, for models %s, bandwidth %s%n",
                    kind(device),
                    device.name(),
                    told(device.memory(), "GB"),
                    told(device.budget(), "GB"),
                    told(device.bandwidth(), "GB/s"));
        }
        if (machine.memory() != null) {
            out.printf(
                    "  %-9s %s, available %s%s%n",
                    "main",
                    told(machine.memory(), "GB"),
                    told(machine.available(), "GB"),
                    machine.reclaimable() == null
                            ? ""
                            : ", of that held by caches " + told(machine.reclaimable(), "GB"));
        }
        machine.notes().forEach(note -> out.println("  note      " + note));
    }

    private static String kind(Device device) {
        return switch (device.kind()) {
            case DISCRETE -> "card";
            case UNIFIED -> "unified";
            case CPU -> "processor";
        };
    }

    /// One model.
    static void print(FitReading.One one, PrintWriter out) {
        machine(one.machine(), out);
        Load load = one.load();
        MemoryPlan plan = MemoryPlan.of(load);
        out.println();
        out.printf(
                Locale.ROOT,
                "%s in %s, context %,d in %d %s, cache in %s%n",
                load.model().id(),
                load.quantisation(),
                load.context(),
                load.slots(),
                load.slots() == 1 ? "slot" : "slots",
                load.cache());
        part("weights", plan.weights(), out);
        part("cache", plan.cache(), out);
        part("compute", plan.compute(), out);
        part("headroom", plan.headroom(), out);
        part("total", plan.total(), out);
        plan.notes().forEach(note -> out.println("  note      " + note));
        plan.rule().ifPresent(rule -> out.println("  " + rule.says()));
        one.witnesses().forEach(witness -> out.println("  " + witness.says()));
        out.println();
        for (int i = 0; i < one.together().size(); i++) {
            Together each = one.together().get(i);
            out.printf("On %s: %s%n", each.device().name(), each.verdict().says());
            rate(one.speeds().get(i), one.all().get(i), load, out);
        }
        day(one.day(), one.prices(), out);
        FitKnownText.print(one, out);
        legend(out);
    }

    private static void rate(
            @Nullable Figure speed, @Nullable Figure all, Load load, PrintWriter out) {
        if (speed != null) {
            out.printf("  speed     %s tokens/s, %s%n", speed(speed), speed.source());
        }
        if (all != null && load.slots() > 1) {
            out.printf("  all slots %s tokens/s, %s%n", speed(all), all.source());
        }
    }

    private static void part(String name, @Nullable Figure bytes, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "  %-9s %15s bytes %9s GB  %s%n",
                name,
                bytes == null ? "unknown" : String.format(Locale.ROOT, "%,d", bytes.whole()),
                size(bytes),
                bytes == null ? "" : bytes.source());
    }

    /// What hardware a model wants.
    static void print(Load load, double tokensPerSecond, Advice.Wanted wanted, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s in %s with a context of %,d in %d %s, at %.0f tokens/s%n",
                load.model().id(),
                load.quantisation(),
                load.context(),
                load.slots(),
                load.slots() == 1 ? "slot" : "slots",
                tokensPerSecond);
        out.println("  memory    " + told(wanted.memory(), "GB") + " for models");
        out.println(
                "  bandwidth "
                        + (wanted.bandwidth() == null
                                ? "none is enough: a step takes longer than that, whatever it reads"
                                : told(wanted.bandwidth(), "GB/s")));
        names("  has both  ", wanted.enough(), out);
        names("  is fast enough, memory unknown: ", wanted.fast(), out);
        out.println(
                "  By memory, bandwidth and what others measured; several cards are not added up.");
        legend(out);
    }

    private static void names(String head, List<Hardware.Known> known, PrintWriter out) {
        List<String> names = known.stream().map(Hardware.Known::name).limit(MOST_NAMES).toList();
        int more = known.size() - names.size();
        out.println(
                head
                        + (names.isEmpty() ? "none that is known" : String.join(", ", names))
                        + (more > 0 ? " and " + more + " more" : ""));
    }

    private static void legend(PrintWriter out) {
        out.println();
        out.println(
                "m read or measured here, g given, p published or measured by others, e estimated");
    }

    private static String told(@Nullable Figure figure, String unit) {
        return figure == null
                ? "unknown"
                : String.format(
                        Locale.ROOT, "%.1f %s (%s)", figure.value() / GIGA, unit, whence(figure));
    }

    private static String whence(Figure figure) {
        String origin = figure.origin().name().toLowerCase(Locale.ROOT);
        return figure.source().equals(origin) ? origin : origin + ": " + figure.source();
    }

    private static String size(@Nullable Figure bytes) {
        return bytes == null
                ? "?"
                : String.format(Locale.ROOT, "%.2f%s", bytes.value() / GIGA, origin(bytes));
    }

    private static String speed(@Nullable Figure speed) {
        return speed == null
                ? "?"
                : String.format(
                        Locale.ROOT,
                        speed.value() < 10 ? "%.1f%s" : "%.0f%s",
                        speed.value(),
                        origin(speed));
    }

    static String origin(Figure figure) {
        return switch (figure.origin()) {
            case MEASURED -> "m";
            case GIVEN -> "g";
            case PUBLISHED -> "p";
            case ESTIMATED -> "e";
        };
    }
}
