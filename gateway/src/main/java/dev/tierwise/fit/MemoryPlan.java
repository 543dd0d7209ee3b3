package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one loaded model takes, in bytes, part by part. A part is null when what it is computed
/// from is unknown, and then so is the total.
///
/// @param load what is planned
/// @param weights the file
/// @param cache keys, values and states of all slots
/// @param compute what a step needs besides: one layer's results for a batch
/// @param headroom what the formulas may be wrong by
/// @param total of the four
/// @param notes what a reader should know
public record MemoryPlan(
        Load load,
        @Nullable Figure weights,
        @Nullable Figure cache,
        @Nullable Figure compute,
        @Nullable Figure headroom,
        @Nullable Figure total,
        List<String> notes) {
    private static final double MEBIBYTE = 1 << 20;

    /// The largest error among the sizes that agree with published ones.
    private static final double WEIGHTS_ERROR = .006;

    /// How far the best known planner of such files says that it may be off, in MiB.
    private static final double PLAN_ERROR = 100;

    private static final double RULE_LOW = .6e9;
    private static final double RULE_HIGH = .8e9;
    private static final double BILLION = 1e9;

    public MemoryPlan {
        notes = List.copyOf(notes);
    }

    /// The plan of a load.
    public static MemoryPlan of(Load load) {
        ModelShape model = load.model();
        Figure weights = Weights.of(model, load.quantisation()).map(Weights::bytes).orElse(null);
        Figure cache = KvCache.of(load).orElse(null);
        Figure compute = Computation.of(load);
        Figure headroom =
                weights == null
                        ? null
                        : Figure.estimated(
                                weights.value() * WEIGHTS_ERROR + PLAN_ERROR * MEBIBYTE,
                                "0.6 % of the weights and 100 MiB");
        return new MemoryPlan(
                load,
                weights,
                cache,
                compute,
                headroom,
                sum(weights, cache, compute, headroom),
                notes(load, weights, cache));
    }

    private static @Nullable Figure sum(
            @Nullable Figure weights,
            @Nullable Figure cache,
            @Nullable Figure compute,
            @Nullable Figure headroom) {
        return weights == null || cache == null || compute == null || headroom == null
                ? null
                : Figure.estimated(
                        weights.value() + cache.value() + compute.value() + headroom.value(),
                        "weights, cache, computation and headroom");
    }

    private static List<String> notes(Load load, @Nullable Figure weights, @Nullable Figure cache) {
        ModelShape model = load.model();
        List<String> notes = new ArrayList<>();
        Integer most = model.context();
        if (most != null && load.context() > most) {
            notes.add(
                    model.id()
                            + " was made for "
                            + most
                            + " tokens, not for "
                            + load.context()
                            + ": plan with "
                            + most
                            + " or fewer.");
        }
        List<String> missing = new ArrayList<>();
        if (weights == null) {
            missing.add("the size of its file");
        }
        if (cache == null) {
            missing.add("the layout of its cache");
        }
        if (!missing.isEmpty()) {
            notes.add(
                    "Not known of "
                            + model.id()
                            + ": "
                            + String.join(", ", missing)
                            + ". The header of its GGUF file has the figures.");
        }
        if (cache != null && cache.source().contains("without")) {
            notes.add("The cache is " + cache.source() + ".");
        }
        return notes;
    }

    /// What is taken by this reckoning, without the headroom; nothing where a part is unknown.
    public Optional<Figure> parts() {
        return parts(compute);
    }

    /// The same where every token of a batch is answered, as llama.cpp's `llama-fit-params` counts
    /// and servers before mid-2026 did: they keep the logits of all.
    public Optional<Figure> answered() {
        return parts(Computation.answered(load));
    }

    private Optional<Figure> parts(@Nullable Figure computation) {
        return weights == null || cache == null || computation == null
                ? Optional.empty()
                : Optional.of(
                        Figure.estimated(
                                weights.value() + cache.value() + computation.value(),
                                "weights, cache and computation"));
    }

    /// The same load by the rule of thumb.
    ///
    /// @param low .6 GB for each billion parameters, in bytes
    /// @param high .8 GB for each
    /// @param says where the rule holds for this load, or by how much it misses
    public record Rule(double low, double high, String says) {}

    /// What the rule of .6 to .8 GB for each billion parameters at four bits makes of this load;
    /// nothing where the parameters or the total are unknown.
    public Optional<Rule> rule() {
        Long parameters = load.model().parameters();
        Figure all = total;
        if (parameters == null || all == null) {
            return Optional.empty();
        }
        double low = RULE_LOW * parameters / BILLION;
        double high = RULE_HIGH * parameters / BILLION;
        String range = String.format(Locale.ROOT, "%.1f to %.1f GB", low / BILLION, high / BILLION);
        double each = all.value() / parameters;
        String says;
        if (all.value() > high) {
            says =
                    String.format(
                            Locale.ROOT,
                            "The rule of thumb says %s: %.1f GB too little here, for this load takes"
                                    + " %.2f GB for each billion parameters.",
                            range,
                            (all.value() - high) / BILLION,
                            each);
        } else if (all.value() < low) {
            says =
                    String.format(
                            Locale.ROOT,
                            "The rule of thumb says %s: %.1f GB too much here, for this load takes"
                                    + " %.2f GB for each billion parameters.",
                            range,
                            (low - all.value()) / BILLION,
                            each);
        } else {
            says = "The rule of thumb, " + range + ", holds here.";
        }
        return Optional.of(new Rule(low, high, says));
    }
}
