package dev.tierwise.app;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.KvCache;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the models of a runtime will take of this machine's memory, and which of them is best kept
/// in it. Thread-safe; reads the machine and asks the runtime, which takes its time.
///
/// @param machine this machine, asked for once
/// @param advice what fits a machine
record Footprints(Supplier<Machine> machine, Function<Machine, Advice> advice) {
    /// Stands for a limit that nobody knows; sums of it do not overflow.
    static final long UNKNOWN = 1L << 56;

    private static final Duration LOOK = Duration.ofSeconds(5);

    /// What a model takes beside its file where its shape is not known.
    private static final double BESIDE = .1;

    private static final long BESIDE_ALWAYS = 512L << 20;

    /// Contexts to load a model with whose runtime does not load it anew for a longer prompt.
    private static final int[] CONTEXTS = {32_768, 16_384, 8_192};

    /// Larger models are not kept in memory unless somebody says so.
    private static final long LARGEST = 15_000_000_000L;

    /// Slower than people read is no service.
    private static final double SLOWEST = 10;

    /// The models of a runtime.
    ///
    /// @param source the runtime, as the configuration has it
    /// @param cards its models that run here
    /// @param lodging how to ask it
    record Tenants(Sources.Source source, List<ModelCard> cards, Lodging lodging) {
        String listed(ModelCard card) {
            return lodging.control().listed(card.remoteName());
        }

        int slots() {
            return source.endurance().maxConcurrent();
        }
    }

    /// What comes of it.
    ///
    /// @param memory bytes for all models together
    /// @param lodgers the models with what they take
    /// @param preload those to keep in memory, most wanted first
    /// @param contexts contexts to load models with, in tokens
    /// @param missing models to keep in memory that the runtime does not have
    record Plan(
            long memory,
            List<Lodger> lodgers,
            List<String> preload,
            Map<String, Integer> contexts,
            List<String> missing) {}

    /// What is known of a runtime and the machine around it.
    ///
    /// @param files sizes of the models' files; of one that nobody tells, 0
    /// @param bases what models are made from
    /// @param device where they run; null when unknown
    /// @param memory bytes for all models together
    /// @param advice what fits there
    private record Known(
            Map<String, Long> files,
            Map<String, String> bases,
            @Nullable Device device,
            long memory,
            Advice advice) {}

    /// Looks and plans; empty where the runtime does not say what it has. A model that it does not
    /// list is left to it.
    Optional<Plan> plan(Tenants tenants) {
        return tenants.lodging().control().look(Scope.ALL, LOOK)
                        instanceof Look.Seen(RuntimeView view)
                ? Optional.of(plan(tenants, known(tenants, view)))
                : Optional.empty();
    }

    private static Plan plan(Tenants tenants, Known known) {
        var lodgers = new ArrayList<Lodger>();
        var contexts = new HashMap<String, Integer>();
        for (ModelCard card : tenants.cards()) {
            String name = tenants.listed(card);
            if (!known.files.containsKey(name)) {
                continue;
            }
            if (tenants.source().backend().name().equals("lm-studio")) {
                contexts.put(name, context(tenants, card, known));
            }
            Long bytes = bytes(tenants, card, known, contexts.get(name));
            lodgers.add(new Lodger(name, bytes, tenants.slots(), known.bases.get(name)));
        }
        List<String> preload = preload(tenants, known, lodgers);
        List<String> missing =
                preload.stream()
                        .filter(name -> lodgers.stream().noneMatch(it -> it.model().equals(name)))
                        .toList();
        return new Plan(known.memory, lodgers, preload, contexts, missing);
    }

    private Known known(Tenants tenants, RuntimeView view) {
        var files = new HashMap<String, Long>();
        var bases = new HashMap<String, String>();
        for (RuntimeView.Stored each : view.disk()) {
            files.put(each.name(), each.bytes() == null ? 0 : each.bytes());
            if (each.base() != null) {
                bases.put(each.name(), each.base());
            }
        }
        Machine here = machine.get();
        Device device = tenants.source().isBeside() ? here.devices().getFirst() : null;
        return new Known(files, bases, device, memory(tenants, here, view), advice.apply(here));
    }

    /// What was free when it was first looked at stays the limit.
    private static long memory(Tenants tenants, Machine here, RuntimeView view) {
        Long given = tenants.source().loading().memory();
        if (given != null) {
            return given;
        }
        if (!tenants.source().isBeside()) {
            return UNKNOWN;
        }
        return tenants.lodging().free(() -> memory(here, view));
    }

    /// What is free for models, and what this runtime's own models take of it now: all cards
    /// together, over which runtimes spread models, or else what the fastest device has.
    private static long memory(Machine machine, RuntimeView view) {
        List<Device> cards =
                machine.devices().stream().filter(it -> it.kind() == Device.Kind.DISCRETE).toList();
        List<Device> devices = cards.isEmpty() ? machine.devices().subList(0, 1) : cards;
        double free = 0;
        for (Device device : devices) {
            Figure budget = device.budget();
            if (budget == null) {
                return UNKNOWN;
            }
            free += budget.value();
        }
        for (RuntimeView.Held held : view.memory()) {
            Long bytes = cards.isEmpty() ? held.size().bytes() : held.size().graphics();
            free += bytes == null ? 0 : bytes;
        }
        return (long) free;
    }

    private static Optional<ModelShape> shape(ModelCard card, Known known) {
        return known.advice.shapes().named(card.remoteName());
    }

    private static Load load(ModelShape shape, ModelCard card, int context, int slots) {
        return new Load(
                shape,
                SpeedNotes.quantisation(card.remoteName(), shape),
                shape.contextFor(context),
                slots,
                KvCache.Type.F16);
    }

    private static @Nullable Long bytes(
            Tenants tenants, ModelCard card, Known known, @Nullable Integer context) {
        long window = context == null ? tenants.lodging().windows().of(card, 0) : context;
        long size = known.files.getOrDefault(tenants.listed(card), 0L);
        Long file = size == 0 ? null : size;
        return shape(card, known)
                .flatMap(
                        it -> total(load(it, card, Math.toIntExact(window), tenants.slots()), file))
                .orElseGet(() -> file == null ? null : roughly(file));
    }

    private static Long roughly(long file) {
        return (long) (file * (1 + BESIDE)) + BESIDE_ALWAYS;
    }

    /// The plan of a load with the size that its file really has.
    private static Optional<Long> total(Load load, @Nullable Long file) {
        MemoryPlan plan = MemoryPlan.of(load);
        Figure weights = plan.weights();
        Figure total = plan.total();
        if (total == null || weights == null) {
            return Optional.empty();
        }
        double real = file == null ? weights.value() : file;
        return Optional.of((long) (total.value() - weights.value() + real));
    }

    /// The longest context that fits.
    private static int context(Tenants tenants, ModelCard card, Known known) {
        int most = CONTEXTS[CONTEXTS.length - 1];
        for (int each : CONTEXTS) {
            int context =
                    card.context() > 0 ? Math.toIntExact(Math.min(each, card.context())) : each;
            Long bytes = bytes(tenants, card, known, context);
            most = context;
            if (bytes != null && bytes <= known.memory) {
                return context;
            }
        }
        return most;
    }

    private static List<String> preload(Tenants tenants, Known known, List<Lodger> lodgers) {
        List<String> named = tenants.source().loading().preload();
        if (named != null) {
            Map<String, String> names =
                    tenants.cards().stream()
                            .collect(
                                    Collectors.toMap(
                                            ModelCard::name, tenants::listed, (one, _) -> one));
            return named.stream()
                    .map(it -> names.getOrDefault(it, tenants.lodging().control().listed(it)))
                    .toList();
        }
        Device device = known.device;
        if (device == null || known.memory == UNKNOWN) {
            return List.of();
        }
        Map<String, Long> sizes = new HashMap<>();
        for (Lodger lodger : lodgers) {
            if (lodger.bytes() != null) {
                sizes.put(lodger.model(), lodger.bytes());
            }
        }
        return tenants.cards().stream()
                .filter(it -> it.tier() == Tier.LOCAL)
                .filter(it -> sizes.getOrDefault(tenants.listed(it), UNKNOWN) <= known.memory)
                .filter(it -> isService(it, device, known))
                .max(Comparator.comparingLong(it -> parameters(it, known)))
                .map(it -> List.of(tenants.listed(it)))
                .orElse(List.of());
    }

    /// Whether a model is a small one that answers as fast as people read.
    private static boolean isService(ModelCard card, Device device, Known known) {
        long parameters = parameters(card, known);
        return parameters > 0
                && parameters <= LARGEST
                && shape(card, known)
                        .map(it -> load(it, card, CONTEXTS[CONTEXTS.length - 1], 1))
                        .flatMap(it -> known.advice.speed().one(device, it, 0))
                        .filter(it -> it.value() >= SLOWEST)
                        .isPresent();
    }

    private static long parameters(ModelCard card, Known known) {
        return shape(card, known).map(ModelShape::parameters).orElse(0L);
    }
}
