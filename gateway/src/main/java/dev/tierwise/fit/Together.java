package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.machine.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Several models in one device's memory at once.
///
/// @param device where
/// @param plans of the models, in the order asked
/// @param others what else lies there, such as an embedder's file, in bytes; null for nothing
/// @param needed by all together, in bytes; null when a plan has no total
/// @param budget what the device has for models, in bytes; null when unknown
/// @param verdict whether they fit
public record Together(
        Device device,
        List<MemoryPlan> plans,
        @Nullable Figure others,
        @Nullable Figure needed,
        @Nullable Figure budget,
        Verdict verdict) {
    private static final int BLOCK = 256;
    private static final double BILLION = 1e9;

    public Together {
        plans = List.copyOf(plans);
    }

    /// Whether models fit.
    public sealed interface Verdict {
        /// In words for people.
        String says();

        /// They do.
        ///
        /// @param left bytes that stay free
        record Fits(Figure left) implements Verdict {
            @Override
            public String says() {
                return "fits, " + gigabytes(left) + " GB left";
            }
        }

        /// They would with less.
        ///
        /// @param over bytes that are missing for what was asked
        /// @param instead loads of which each alone, put in the place of its model's, would make
        ///   all fit: a shorter context, fewer slots, or both
        record Less(Figure over, List<Load> instead) implements Verdict {
            public Less {
                instead = List.copyOf(instead);
            }

            @Override
            public String says() {
                List<String> ways =
                        instead.stream()
                                .map(it ->
                                        it.model().id()
                                                + " with a context of "
                                                + it.context()
                                                + " in "
                                                + it.slots()
                                                + (it.slots() == 1 ? " slot" : " slots"))
                                .toList();
                return "misses by "
                        + gigabytes(over)
                        + " GB; fits with "
                        + String.join(", or ", ways);
            }
        }

        /// They do not, however short the context.
        ///
        /// @param over bytes that are missing for what was asked
        record TooBig(Figure over) implements Verdict {
            @Override
            public String says() {
                return "does not fit: " + gigabytes(over) + " GB too big";
            }
        }

        /// Nobody can say.
        ///
        /// @param why what is missing, and how to mend it
        record Unknown(String why) implements Verdict {
            @Override
            public String says() {
                return "unknown: " + why;
            }
        }

        private static String gigabytes(Figure bytes) {
            return String.format(Locale.ROOT, "%.1f", bytes.value() / BILLION);
        }
    }

    /// One model alone.
    public static Together on(Device device, Load load) {
        return on(device, List.of(load), null);
    }

    /// Models loaded at once.
    ///
    /// @param others what else lies there, in bytes; null for nothing
    public static Together on(Device device, List<Load> loads, @Nullable Figure others) {
        List<MemoryPlan> plans = loads.stream().map(MemoryPlan::of).toList();
        Figure needed = sum(plans, others);
        Figure budget = device.budget();
        return new Together(device, plans, others, needed, budget, verdict(device, plans, needed));
    }

    private static Verdict verdict(Device device, List<MemoryPlan> plans, @Nullable Figure needed) {
        Figure budget = device.budget();
        if (needed == null) {
            return new Verdict.Unknown(
                    String.join(" ", plans.stream().flatMap(it -> it.notes().stream()).toList()));
        }
        if (budget == null) {
            return new Verdict.Unknown(
                    "the memory of " + device.name() + " could not be read: say it with --memory");
        }
        double left = budget.value() - needed.value();
        if (left >= 0) {
            return new Verdict.Fits(Figure.estimated(left, "budget less what is needed"));
        }
        Figure over = Figure.estimated(-left, "what is needed less the budget");
        List<Load> instead = less(plans, left);
        return instead.isEmpty() ? new Verdict.TooBig(over) : new Verdict.Less(over, instead);
    }

    private static @Nullable Figure sum(List<MemoryPlan> plans, @Nullable Figure others) {
        double sum = others == null ? 0 : others.value();
        for (MemoryPlan plan : plans) {
            Figure total = plan.total();
            if (total == null) {
                return null;
            }
            sum += total.value();
        }
        return Figure.estimated(sum, plans.size() == 1 ? "its plan" : "the sum of their plans");
    }

    /// Smaller loads of the model with the largest cache that would make all fit.
    private static List<Load> less(List<MemoryPlan> plans, double left) {
        MemoryPlan largest =
                plans.stream()
                        .max(
                                Comparator.comparingDouble(
                                        it -> Objects.requireNonNull(it.cache()).value()))
                        .orElseThrow();
        Load load = largest.load();
        double room = left + grows(load);
        List<Load> instead = new ArrayList<>();
        int context =
                most(room, load.context() / BLOCK, it -> load.withContext(it * BLOCK)) * BLOCK;
        if (context >= 16 * BLOCK) {
            instead.add(load.withContext(context));
        }
        int slots = most(room, load.slots(), load::withSlots);
        if (slots > 0) {
            instead.add(load.withSlots(slots));
        }
        if (instead.isEmpty()) {
            Load one = load.withSlots(1);
            int last =
                    most(room, load.context() / BLOCK, it -> one.withContext(it * BLOCK)) * BLOCK;
            if (last > 0) {
                instead.add(one.withContext(last));
            }
        }
        return instead;
    }

    /// What of a plan grows with context and slots.
    private static double grows(Load load) {
        return KvCache.of(load).orElseThrow().value()
                + Objects.requireNonNull(Computation.of(load)).value();
    }

    /// The largest number up to a limit whose load has room; 0 for none. A load grows with the
    /// number.
    private static int most(double room, int limit, IntFunction<Load> load) {
        int low = 0;
        int high = limit;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (grows(load.apply(middle)) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
