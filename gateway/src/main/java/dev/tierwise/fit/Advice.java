package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.evidence.Evidence;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which models a machine can hold, and which machine a model wants. Immutable.
public final class Advice {
    private final Shapes shapes;
    private final Speed speed;
    private final Hardware hardware;
    private final Evidence evidence;

    public Advice(Shapes shapes, Speed speed, Hardware hardware, Evidence evidence) {
        this.shapes = shapes;
        this.speed = speed;
        this.hardware = hardware;
        this.evidence = evidence;
    }

    /// With what ships with the product.
    public static Advice load() {
        return load(Map.of());
    }

    /// The same, and what the user measured on this machine.
    public static Advice load(Map<Speed.Own, Figure> own) {
        return new Advice(Shapes.load(), Speed.load(own), Hardware.load(), Evidence.load());
    }

    /// What is asked of every model.
    ///
    /// @param context tokens of one request; a model that was made for fewer is taken with those
    /// @param slots requests at once
    /// @param cache how keys and values are kept
    public record Wish(int context, int slots, KvCache.Type cache) {
        /// A model as it is asked.
        Load of(ModelShape model, Quantisation quantisation) {
            return new Load(model, quantisation, model.contextFor(context), slots, cache);
        }
    }

    /// A model that fits.
    ///
    /// @param device where: the machine's first that has room
    /// @param together its plan there, and what is left
    /// @param one tokens a second of one stream with an empty past; null when unknown
    /// @param all tokens a second of all slots together; null when unknown
    public record Choice(
            Device device, Together together, @Nullable Figure one, @Nullable Figure all) {
        /// The model, with the finest quantisation that has room.
        public Load load() {
            return together.plans().getFirst().load();
        }
    }

    /// What fits: one choice for each model, with the finest quantisation that has room on the
    /// first device that has any. The largest model comes first, among equals the fastest.
    public List<Choice> choices(Machine machine, Wish wish) {
        List<Choice> choices = new ArrayList<>();
        for (ModelShape model : shapes.all()) {
            best(machine, model, wish).ifPresent(choices::add);
        }
        choices.sort(
                Comparator.comparingLong((Choice it) -> parameters(it.load().model()))
                        .thenComparingDouble(it -> it.one == null ? 0 : it.one.value())
                        .reversed());
        return List.copyOf(choices);
    }

    private static long parameters(ModelShape model) {
        return Objects.requireNonNullElse(model.parameters(), 0L);
    }

    /// The choice for one model; nothing when it does not fit, or when nobody can say.
    public Optional<Choice> best(Machine machine, ModelShape model, Wish wish) {
        for (Device device : machine.devices()) {
            for (Quantisation quantisation : Quantisation.choices(model)) {
                Together together = Together.on(device, wish.of(model, quantisation));
                if (together.verdict() instanceof Together.Verdict.Fits) {
                    Load load = wish.of(model, quantisation);
                    return Optional.of(
                            new Choice(
                                    device,
                                    together,
                                    speed.one(device, load, 0).orElse(null),
                                    speed.all(device, load, 0).orElse(null)));
                }
            }
        }
        return Optional.empty();
    }

    /// What to have loaded together; nothing where no model fits, or where the machine's memory is
    /// unknown.
    public Optional<Recommendation> recommended(Machine machine, Wish wish) {
        return Recommendation.of(this, machine, wish);
    }

    /// The same, of some models only.
    public Advice among(Predicate<ModelShape> models) {
        return new Advice(shapes.only(models), speed, hardware, evidence);
    }

    /// The models.
    public Shapes shapes() {
        return shapes;
    }

    /// Their speeds.
    public Speed speed() {
        return speed;
    }

    /// What speaks for them.
    public Evidence evidence() {
        return evidence;
    }

    /// What a load wants of a machine.
    ///
    /// @param memory for models, in bytes; null when unknown
    /// @param bandwidth of it, in bytes a second; null when the model's size is unknown, or when no
    ///   bandwidth makes it that fast
    /// @param enough known hardware that has both
    /// @param fast known hardware that has the bandwidth, and of whose memory nothing is known
    public record Wanted(
            @Nullable Figure memory,
            @Nullable Figure bandwidth,
            List<Hardware.Known> enough,
            List<Hardware.Known> fast) {
        public Wanted {
            enough = List.copyOf(enough);
            fast = List.copyOf(fast);
        }
    }

    /// The least machine for a load at a speed: tokens a second of one stream with half of its
    /// context behind it.
    public Wanted wanted(Load load, double tokensPerSecond) {
        Figure memory = MemoryPlan.of(load).total();
        Figure bandwidth =
                speed.bandwidthFor(load, load.context() / 2, tokensPerSecond)
                        .map(it -> Figure.estimated(it, "the formula of speed, turned round"))
                        .orElse(null);
        List<Hardware.Known> enough = new ArrayList<>();
        List<Hardware.Known> fast = new ArrayList<>();
        for (Hardware.Known known : hardware.all()) {
            if (speed.reaches(known, load, tokensPerSecond)) {
                Figure has = known.memory();
                if (has == null || memory == null) {
                    fast.add(known);
                } else if (has.value() >= memory.value()) {
                    enough.add(known);
                }
            }
        }
        return new Wanted(memory, bandwidth, enough, fast);
    }
}
