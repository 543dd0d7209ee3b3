package dev.tierwise.fit;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.machine.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the constants of `Speed` in published measurements, and how far off they are on machines
/// that they were not found on. `FitReport` prints both.
final class SpeedFit {
    private static final int CONTEXT = 8192;
    private static final int ROUNDS = 100;
    private static final double LEAST = .02;

    /// One measurement with what the formula reckons with.
    ///
    /// @param bandwidth of the hardware, in bytes a second
    record Point(
            Measured.Row row, ModelShape model, Speed.Work work, int layers, double bandwidth) {
        double seconds() {
            return 1 / row.tokensPerSecond();
        }

        String card() {
            return String.valueOf(row.card());
        }
    }

    /// Seconds for each layer, and the part of the bandwidth.
    record Constants(double layer, double efficiency) {
        double tokensPerSecond(Point point) {
            return 1 / (point.layers * layer + point.work.bytes() / (efficiency * point.bandwidth));
        }

        /// By how much the estimate is too high, as a part of what was measured.
        double error(Point point) {
            return tokensPerSecond(point) / point.row.tokensPerSecond() - 1;
        }

        double absolute(List<Point> points) {
            return points.stream().mapToDouble(it -> Math.abs(error(it))).average().orElseThrow();
        }

        double signed(List<Point> points) {
            return points.stream().mapToDouble(this::error).average().orElseThrow();
        }
    }

    private final List<Point> points = new ArrayList<>();

    SpeedFit() {
        Shapes shapes = Shapes.load();
        Hardware hardware = Hardware.load();
        for (Measured.Row row : Measured.load().rows()) {
            Point point = point(row, shapes, hardware);
            if (point != null) {
                points.add(point);
            }
        }
    }

    /// A measurement of one stream of llama.cpp on known hardware into which a model of known
    /// matrices fits.
    static @Nullable Point point(Measured.Row row, Shapes shapes, Hardware hardware) {
        ModelShape model = shapes.named(row.model()).orElseThrow();
        Quantisation quantisation = row.quantisation();
        if (quantisation == null
                || model.matrices() == null
                || row.card() == null
                || row.streams() != 1
                || !row.llama()) {
            return null;
        }
        Load load = new Load(model, quantisation, model.contextFor(CONTEXT), 1, KvCache.Type.F16);
        Speed.Work work = Speed.Work.of(load, 0, 1);
        double bandwidth = hardware.named(row.machine()).orElseThrow().bandwidth().value();
        return work == null || Measured.spills(row, load)
                ? null
                : new Point(row, model, work, model.matrices().layers(), bandwidth);
    }

    /// What the constants are found on: dense models, llama.cpp itself and not an old build, on
    /// cards whose memory is known.
    List<Point> fitted() {
        return points.stream().filter(it -> dense(it) && recent(it)).toList();
    }

    /// The rest of the dense ones: Ollama, builds of May 2024.
    List<Point> checked() {
        return points.stream().filter(it -> dense(it) && !recent(it)).toList();
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    private static boolean dense(Point point) {
        return !point.model.mixture();
    }

    static boolean recent(Point point) {
        return point.row.engine().startsWith("llama")
                && point.row.memory() != null
                && !point.row.source().contains("2024");
    }

    /// Least relative deviations, by least squares weighted anew in each round.
    static Constants fit(List<Point> points) {
        double[] weight = new double[points.size()];
        Arrays.fill(weight, 1);
        Constants found = new Constants(Speed.LAYER, Speed.EFFICIENCY);
        for (int round = 0; round < ROUNDS; round++) {
            double aa = 0;
            double ab = 0;
            double bb = 0;
            double ay = 0;
            double by = 0;
            for (int i = 0; i < weight.length; i++) {
                Point point = points.get(i);
                double a = point.layers / point.seconds();
                double b = point.work.bytes() / point.bandwidth / point.seconds();
                aa += weight[i] * a * a;
                ab += weight[i] * a * b;
                bb += weight[i] * b * b;
                ay += weight[i] * a;
                by += weight[i] * b;
            }
            double determinant = aa * bb - ab * ab;
            found =
                    new Constants(
                            (ay * bb - by * ab) / determinant, determinant / (aa * by - ab * ay));
            for (int i = 0; i < weight.length; i++) {
                Point point = points.get(i);
                double off = point.row.tokensPerSecond() / found.tokensPerSecond(point) - 1;
                weight[i] = 1 / Math.max(Math.abs(off), LEAST);
            }
        }
        return found;
    }

    /// One card's measurements under constants that were found on the others.
    record Machine(String card, int count, double absolute, double signed) {}

    /// Each card left out in turn.
    List<Machine> leftOut() {
        List<Point> all = fitted();
        List<Machine> machines = new ArrayList<>();
        byCard(all)
                .forEach((card, own) -> {
                    Constants others =
                            fit(all.stream().filter(it -> !it.card().equals(card)).toList());
                    machines.add(
                            new Machine(
                                    card, own.size(), others.absolute(own), others.signed(own)));
                });
        return machines;
    }

    /// Cards that the constants were not found on, or other software on those.
    List<Machine> elsewhere() {
        Constants shipped = new Constants(Speed.LAYER, Speed.EFFICIENCY);
        List<Machine> machines = new ArrayList<>();
        byCard(checked())
                .forEach((card, own) ->
                        machines.add(
                                new Machine(
                                        card,
                                        own.size(),
                                        shipped.absolute(own),
                                        shipped.signed(own))));
        return machines;
    }

    private static Map<String, List<Point>> byCard(List<Point> points) {
        Map<String, List<Point>> cards = new TreeMap<>();
        points.forEach(it -> cards.computeIfAbsent(it.card(), _ -> new ArrayList<>()).add(it));
        return cards;
    }

    /// The mean error over all measurements of those machines.
    static double mean(List<Machine> machines) {
        double sum = machines.stream().mapToDouble(it -> it.absolute * it.count).sum();
        return sum / machines.stream().mapToInt(Machine::count).sum();
    }

    /// Seconds that a layer of experts takes beyond a dense one: the median over models and cards,
    /// each pair of them once.
    double experts() {
        Constants dense = fit(fitted());
        double[] more =
                points.stream()
                        .filter(it -> !dense(it) && recent(it))
                        .collect(
                                groupingBy(
                                        it -> it.row.model() + " on " + it.card(),
                                        TreeMap::new,
                                        averagingDouble(it ->
                                                (it.seconds() - 1 / dense.tokensPerSecond(it))
                                                        / it.layers)))
                        .values()
                        .stream()
                        .mapToDouble(it -> it)
                        .sorted()
                        .toArray();
        return more.length % 2 == 1
                ? more[more.length / 2]
                : (more[more.length / 2 - 1] + more[more.length / 2]) / 2;
    }

    /// One card's measurements, with how far the estimate is off before and after it was corrected.
    ///
    /// @param fitted whether the constants were found on this card
    record Corrected(String card, boolean fitted, int count, double before, double after) {}

    /// Each model left out in turn, its speed corrected by what was measured with the others on the
    /// same card; cards on which no other was measured do not count.
    List<Corrected> corrected() {
        Set<String> fitted = byCard(fitted()).keySet();
        List<Corrected> cards = new ArrayList<>();
        byCard(points)
                .forEach((card, own) -> {
                    int count = 0;
                    double before = 0;
                    double after = 0;
                    for (Point point : own) {
                        Correction others = Correction.of(others(own, point));
                        if (others.count() > 0) {
                            double estimate = 1 / point.work.seconds(point.bandwidth);
                            double ratio = estimate / point.row.tokensPerSecond();
                            count++;
                            before += Math.abs(ratio - 1);
                            after += Math.abs(ratio * others.factor() - 1);
                        }
                    }
                    if (count > 0) {
                        boolean known = fitted.contains(card);
                        cards.add(new Corrected(card, known, count, before / count, after / count));
                    }
                });
        return cards;
    }

    private static List<Point> others(List<Point> points, Point point) {
        return points.stream().filter(it -> !it.row.model().equals(point.row.model())).toList();
    }

    /// The mean error over all measurements on cards that the constants were not found on, before
    /// and after the correction.
    static Corrected sum(List<Corrected> cards) {
        List<Corrected> unseen = cards.stream().filter(it -> !it.fitted).toList();
        int count = unseen.stream().mapToInt(Corrected::count).sum();
        return new Corrected(
                "all but those of the fit",
                false,
                count,
                unseen.stream().mapToDouble(it -> it.before * it.count).sum() / count,
                unseen.stream().mapToDouble(it -> it.after * it.count).sum() / count);
    }

    /// Mixtures of experts under the shipped constants, with how far off each is.
    Map<String, Double> mixtures() {
        Map<String, Double> errors = new TreeMap<>();
        for (Point point : points) {
            if (!dense(point)) {
                double estimate = 1 / point.work.seconds(point.bandwidth);
                errors.put(
                        point.row.model() + ", " + point.row.machine() + ", " + point.row.engine(),
                        estimate / point.row.tokensPerSecond() - 1);
            }
        }
        return errors;
    }

    /// Several streams at once, with how far off each is.
    static Map<String, Double> streams() {
        Shapes shapes = Shapes.load();
        Speed speed = Speed.load(Map.of());
        Map<String, Double> errors = new TreeMap<>();
        for (Measured.Row row : Measured.load().rows()) {
            if (row.engine().equals("llama-batched-bench")) {
                Load load = Load.usual(shapes.named(row.model()).orElseThrow());
                Device device = new Device(row.machine(), Device.Kind.UNIFIED, null, null, null);
                Figure estimate = speed.estimate(device, load, 0, row.streams()).orElseThrow();
                errors.put(
                        String.format(Locale.ROOT, "%s, %2d streams", row.model(), row.streams()),
                        estimate.value() / row.tokensPerSecond() - 1);
            }
        }
        return errors;
    }
}
