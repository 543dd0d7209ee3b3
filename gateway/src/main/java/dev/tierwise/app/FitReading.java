package dev.tierwise.app;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Recommendation;
import dev.tierwise.fit.Speed;
import dev.tierwise.fit.Together;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `tw fit` has to tell of a machine.
///
/// @param machine which
/// @param wish what was asked of every model
/// @param recommended what to have loaded together; null where nothing fits
/// @param day what the local model serves in a day; null when unknown
/// @param choices all models that fit, the largest first
/// @param prices of hosted models
/// @param sources where licences and evidence are looked up
record FitReading(
        Machine machine,
        Advice.Wish wish,
        @Nullable Recommendation recommended,
        Speed.@Nullable Day day,
        List<Advice.Choice> choices,
        FitPrices prices,
        FitKnown.Sources sources) {
    private static final long SMALL = 15_000_000_000L;

    FitReading {
        choices = List.copyOf(choices);
    }

    /// One model on one machine.
    ///
    /// @param machine which
    /// @param load the model as it is asked
    /// @param together its plan on each device
    /// @param speeds tokens a second of one stream on each device; null when unknown
    /// @param all of all slots
    /// @param day what the first device that holds it serves in a day; null when none, or unknown
    /// @param prices of hosted models
    /// @param witnesses what other programs on this machine say of the same load
    /// @param known what else is known of the model
    record One(
            Machine machine,
            Load load,
            List<Together> together,
            List<@Nullable Figure> speeds,
            List<@Nullable Figure> all,
            Speed.@Nullable Day day,
            FitPrices prices,
            List<FitWitness> witnesses,
            FitKnown known) {
        /// The same, with what others say.
        One with(List<FitWitness> others) {
            return new One(machine, load, together, speeds, all, day, prices, others, known);
        }
    }

    /// What is asked of the catalogue beside shapes.
    ///
    /// @param prices of hosted models
    /// @param sources of licences and evidence
    record Lists(FitPrices prices, FitKnown.Sources sources) {}

    /// Reads a machine.
    ///
    /// @param large whether models of more than 15 billion parameters are listed
    static FitReading of(
            Advice advice, Advice.Wish wish, Machine machine, Lists lists, boolean large) {
        FitPrices prices = lists.prices;
        Recommendation recommended = advice.recommended(machine, wish).orElse(null);
        List<Advice.Choice> choices =
                advice.choices(machine, wish).stream()
                        .filter(it -> large || size(it.load().model()) <= SMALL)
                        .toList();
        Speed.Day day =
                recommended == null
                        ? null
                        : advice.speed()
                                .day(
                                        recommended.device(),
                                        recommended.local(),
                                        prices.prompt(),
                                        prices.answer(),
                                        null)
                                .orElse(null);
        return new FitReading(machine, wish, recommended, day, choices, prices, lists.sources);
    }

    private static long size(ModelShape model) {
        return Objects.requireNonNullElse(model.parameters(), 0L);
    }

    /// Reads one model.
    static One one(Advice advice, Load load, Machine machine, Lists lists) {
        FitPrices prices = lists.prices;
        List<Together> together =
                machine.devices().stream().map(device -> Together.on(device, load)).toList();
        var speeds = new ArrayList<@Nullable Figure>();
        var all = new ArrayList<@Nullable Figure>();
        Speed.Day day = null;
        boolean measured = false;
        for (Together each : together) {
            Device device = each.device();
            Figure speed = advice.speed().one(device, load, 0).orElse(null);
            boolean here = speed != null && speed.origin() == Figure.Origin.MEASURED;
            // what was measured here, was so on the first device
            speeds.add(here && measured ? null : speed);
            all.add(here && measured ? null : advice.speed().all(device, load, 0).orElse(null));
            measured |= here;
            if (day == null && each.verdict() instanceof Together.Verdict.Fits) {
                day =
                        advice.speed()
                                .day(device, load, prices.prompt(), prices.answer(), null)
                                .orElse(null);
            }
        }
        FitKnown known = lists.sources.of(load.model(), prices);
        return new One(machine, load, together, speeds, all, day, prices, List.of(), known);
    }

    /// What is known of a model beside its shape.
    FitKnown known(ModelShape model) {
        return sources.of(model, prices);
    }

    /// The names under which what is recommended can be fetched.
    List<String> names() {
        Recommendation set = Objects.requireNonNull(recommended);
        var names = new ArrayList<String>();
        names.add(name(set.local().model()));
        if (set.second() != null) {
            names.add(name(set.second().model()));
        }
        return names;
    }

    /// A model's name under Ollama, or its own where it has none there.
    static String name(ModelShape model) {
        return model.tag().orElse(model.id());
    }
}
