package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.machine.Device;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How fast a device writes with a model. A token takes `layers * LAYER + bytes / (EFFICIENCY *
/// bandwidth)` seconds, the bytes being the weights that it reads and its keys and values; where
/// others measured any model on the same hardware, by how much this was off there corrects it. What
/// the user measured is believed first, then what others measured with this model on the same
/// hardware, then the estimate. Immutable.
public final class Speed {
    /// Seconds that a layer takes whatever its size, and the part of its bandwidth that a device
    /// reaches: `dev.tierwise.fit.SpeedFit` finds both, and says how far off they are.
    static final double LAYER = 67.7e-6;

    static final double EFFICIENCY = .879;

    /// Seconds more that a layer of experts takes, found likewise.
    static final double EXPERTS = 24e-6;

    /// Streams beyond which no measurement was seen. More are given what these write.
    static final int MOST_STREAMS = 32;

    private static final double DAY = 86_400;

    private final Measured published;
    private final Hardware hardware;
    private final Map<Own, Figure> own;
    private final Map<String, Correction> corrections;

    /// What somebody measured himself.
    ///
    /// @param model its id
    /// @param quantisation of its weights
    public record Own(String model, Quantisation quantisation) {}

    /// @param own what the user measured on this machine: tokens a second of one stream
    Speed(Measured published, Hardware hardware, Map<Own, Figure> own) {
        this.published = published;
        this.hardware = hardware;
        this.own = Map.copyOf(own);
        this.corrections = Correction.of(published, hardware);
    }

    /// With what ships with the product, and the user's own.
    public static Speed load(Map<Own, Figure> own) {
        return new Speed(Measured.load(), Hardware.load(), own);
    }

    /// Tokens a second of one stream that has so many tokens behind it; nothing when the model's
    /// size or the device's bandwidth is unknown. What was measured, was so with short prompts.
    public Optional<Figure> one(Device device, Load load, int depth) {
        Figure mine = own.get(new Own(load.model().id(), load.quantisation()));
        if (mine != null) {
            return Optional.of(mine);
        }
        Optional<Figure> others = published.of(device, load, 1);
        return others.isPresent() ? others : estimate(device, load, depth, 1);
    }

    /// Tokens a second of all slots of a load together, each so deep; nothing as above. Weights are
    /// read once for all of them. A processor is not believed to gain by it.
    public Optional<Figure> all(Device device, Load load, int depth) {
        if (load.slots() == 1 || device.kind() == Device.Kind.CPU) {
            return one(device, load, depth);
        }
        int streams = Math.min(load.slots(), MOST_STREAMS);
        Optional<Figure> others = published.of(device, load, streams);
        if (others.isPresent()) {
            return others;
        }
        Optional<Figure> many = estimate(device, load, depth, streams);
        Optional<Figure> single = estimate(device, load, depth, 1);
        Optional<Figure> known = one(device, load, depth);
        if (many.isEmpty() || single.isEmpty() || known.isEmpty()) {
            return many;
        }
        // What is known of one stream corrects what is reckoned of many.
        double factor = known.get().value() / single.get().value();
        return Optional.of(
                Figure.estimated(
                        many.get().value() * factor,
                        String.format(
                                Locale.ROOT,
                                "estimated for %d streams, from one (%s)",
                                streams,
                                known.get().source())));
    }

    /// The estimate alone, corrected by what was measured with other models.
    Optional<Figure> estimate(Device device, Load load, int depth, int streams) {
        Figure bandwidth = bandwidth(device);
        Work work = Work.of(load, depth, streams);
        if (bandwidth == null || work == null) {
            return Optional.empty();
        }
        Correction correction = correction(device);
        String caution =
                device.kind() == Device.Kind.CPU
                        ? ", rough on processors and too low where it was busy"
                        : "";
        return Optional.of(
                Figure.estimated(
                        streams * correction.factor() / work.seconds(bandwidth.value()),
                        String.format(
                                Locale.ROOT,
                                "estimated from %.0f GB/s%s%s",
                                bandwidth.value() / 1e9,
                                correction.says(),
                                caution)));
    }

    private Correction correction(Device device) {
        return hardware.named(device.name())
                .map(it -> corrections.get(it.name()))
                .orElse(Correction.NONE);
    }

    /// The bandwidth at which one stream is that fast on hardware of which nothing was measured, in
    /// bytes a second; nothing when the model's size is unknown, or when no bandwidth is enough.
    Optional<Double> bandwidthFor(Load load, int depth, double tokensPerSecond) {
        Work work = Work.of(load, depth, 1);
        if (work == null || 1 / tokensPerSecond <= work.fixed) {
            return Optional.empty();
        }
        return Optional.of(work.bytes / (EFFICIENCY * (1 / tokensPerSecond - work.fixed)));
    }

    /// Whether known hardware is estimated to be that fast with half of a load's context behind it.
    boolean reaches(Hardware.Known known, Load load, double tokensPerSecond) {
        Device device =
                new Device(known.name(), Device.Kind.DISCRETE, null, null, known.bandwidth());
        return estimate(device, load, load.context() / 2, 1)
                .filter(it -> it.value() >= tokensPerSecond)
                .isPresent();
    }

    private @Nullable Figure bandwidth(Device device) {
        Figure read = device.bandwidth();
        return read != null
                ? read
                : hardware.named(device.name()).map(Hardware.Known::bandwidth).orElse(null);
    }

    /// What one step costs: seconds whatever the device, and bytes to read.
    record Work(double fixed, double bytes) {
        /// Seconds that it takes with a bandwidth in bytes a second.
        double seconds(double bandwidth) {
            return fixed + bytes / (EFFICIENCY * bandwidth);
        }

        static @Nullable Work of(Load load, int depth, int streams) {
            ModelShape model = load.model();
            Integer layers = model.layers();
            Optional<Weights> weights = Weights.of(model, load.quantisation());
            if (layers == null || weights.isEmpty()) {
                return null;
            }
            Attention attention = model.attention();
            double past = attention == null ? 0 : KvCache.read(attention, depth, load.cache());
            double each = model.mixture() ? LAYER + EXPERTS : LAYER;
            return new Work(layers * each, weights.get().read(streams) + streams * past);
        }
    }

    /// What a device can serve in a day.
    ///
    /// @param requests with all slots busy all day
    /// @param says what is counted
    public record Day(Figure requests, String says) {}

    /// Requests that all slots of a load serve in a day.
    ///
    /// @param prompt tokens of a request's prompt
    /// @param answer tokens of its answer
    /// @param reading tokens a second at which prompts are read, if somebody measured it: too
    ///   little is published to estimate it
    public Optional<Day> day(
            Device device, Load load, int prompt, int answer, @Nullable Figure reading) {
        return all(device, load, prompt + answer / 2)
                .map(speed -> {
                    double seconds = answer / speed.value();
                    if (reading != null) {
                        seconds += prompt / reading.value();
                    }
                    return new Day(
                            Figure.estimated(Math.floor(DAY / seconds), "from " + speed.source()),
                            reading == null
                                    ? "Writing only: the time to read prompts is not counted, for no"
                                            + " speed of reading is known."
                                    : "Reading and writing.");
                });
    }
}
