package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.machine.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speeds that others measured and published, most of them self-reported. Immutable.
final class Measured {
    private static final double GIBIBYTE = 1L << 30;
    private static final double SAME_MEMORY = .15;
    private static final int CONTEXT = 8192;

    private final List<Row> rows;
    private final Hardware hardware;

    private Measured(List<Row> rows, Hardware hardware) {
        this.rows = rows;
        this.hardware = hardware;
    }

    /// One measurement.
    ///
    /// @param model the model's id
    /// @param quantisation null for one that is not planned with
    /// @param machine as whoever measured called it
    /// @param card the hardware's name in our table; null when it is not there
    /// @param memory of the card, in bytes; null when nobody said
    /// @param engine what ran the model
    /// @param streams answers written at once
    /// @param tokensPerSecond written, by all streams together
    /// @param source who published it
    public record Row(
            String model,
            @Nullable Quantisation quantisation,
            String machine,
            @Nullable String card,
            @Nullable Double memory,
            String engine,
            int streams,
            double tokensPerSecond,
            String source) {
        /// Whether llama.cpp ran it, by itself or in Ollama.
        public boolean llama() {
            return engine.startsWith("llama") || engine.startsWith("ollama");
        }
    }

    /// Those that ship with the product; reads their table.
    public static Measured load() {
        return new Measured(
                Table.read("measured.tsv").stream().map(Measured::row).toList(), Hardware.load());
    }

    private static Row row(Table.Row cells) {
        String quantisation = cells.text("quantisation");
        Long memory = cells.count("memory_gb");
        return new Row(
                cells.known("model"),
                quantisation == null ? null : Quantisation.named(quantisation).orElse(null),
                cells.known("hardware"),
                cells.text("card"),
                memory == null ? null : memory * GIBIBYTE,
                cells.known("engine"),
                Integer.parseInt(cells.known("streams")),
                Double.parseDouble(cells.known("tokens_per_second")),
                cells.known("source"));
    }

    /// All, in the order of the table.
    public List<Row> rows() {
        return rows;
    }

    /// What others measured with this model and quantisation on such a device: the median, of
    /// llama.cpp's own runs where there are some, in tokens a second. Measurements on a card with
    /// other memory, or into whose memory the model did not fit, do not count.
    ///
    /// @param streams answers written at once
    public Optional<Figure> of(Device device, Load load, int streams) {
        Optional<Hardware.Known> known = hardware.named(device.name());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<Row> same =
                rows.stream()
                        .filter(it -> it.model.equals(load.model().id()))
                        .filter(it -> it.quantisation == load.quantisation())
                        .filter(it -> known.get().name().equals(it.card))
                        .filter(it -> it.streams == streams && it.llama())
                        .filter(it -> sameMemory(it, device) && !spills(it, load))
                        .toList();
        List<Row> own = same.stream().filter(it -> it.engine.startsWith("llama")).toList();
        return median(own.isEmpty() ? same : own);
    }

    private static boolean sameMemory(Row row, Device device) {
        Double memory = row.memory;
        Figure ours = device.memory();
        return memory == null
                || ours == null
                || device.kind() != Device.Kind.DISCRETE
                || Math.abs(memory / ours.value() - 1) <= SAME_MEMORY;
    }

    /// Whether the model did not fit into the card that it was measured on, with the programs of
    /// that time, which kept the logits of a whole batch.
    static boolean spills(Row row, Load load) {
        Double memory = row.memory;
        Load short_ = load.withSlots(1).withContext(load.model().contextFor(CONTEXT));
        Figure total = MemoryPlan.of(short_).total();
        Figure weights =
                Weights.of(load.model(), load.quantisation()).map(Weights::bytes).orElse(null);
        Figure needed = total == null ? weights : total;
        Figure now = Computation.of(short_);
        Figure then = Computation.answered(short_);
        double more = now == null || then == null ? 0 : then.value() - now.value();
        return memory != null && needed != null && needed.value() + more > memory;
    }

    private static Optional<Figure> median(List<Row> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Double> speeds = rows.stream().map(Row::tokensPerSecond).sorted().toList();
        int half = speeds.size() / 2;
        double middle =
                speeds.size() % 2 == 1
                        ? speeds.get(half)
                        : (speeds.get(half - 1) + speeds.get(half)) / 2;
        Row first = rows.getFirst();
        return Optional.of(
                Figure.published(
                        middle,
                        String.format(
                                Locale.ROOT,
                                "measured on %s with %s, %s%s",
                                first.machine,
                                first.engine,
                                first.source,
                                rows.size() == 1 ? "" : ", median of " + rows.size())));
    }
}
