package dev.tierwise.fit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// By how much the estimated speed is off on some hardware, told by what others measured there.
///
/// @param factor that the estimate is multiplied with: the median
/// @param count of the measurements behind it; 0 where there is none
record Correction(double factor, int count) {
    static final Correction NONE = new Correction(1, 0);

    /// Models that llama.cpp of late must have run before it alone is listened to.
    private static final int ENOUGH = 2;

    /// That of each card.
    static Map<String, Correction> of(Measured published, Hardware hardware) {
        Shapes shapes = Shapes.load();
        Map<String, List<SpeedFit.Point>> cards = new HashMap<>();
        for (Measured.Row row : published.rows()) {
            SpeedFit.Point point = SpeedFit.point(row, shapes, hardware);
            if (point != null) {
                cards.computeIfAbsent(point.card(), _ -> new ArrayList<>()).add(point);
            }
        }
        Map<String, Correction> corrections = new HashMap<>();
        cards.forEach((card, points) -> corrections.put(card, of(points)));
        return Map.copyOf(corrections);
    }

    /// That of measurements on one card: by llama.cpp of late where there are enough, else by all.
    static Correction of(List<SpeedFit.Point> points) {
        List<SpeedFit.Point> recent = points.stream().filter(SpeedFit::recent).toList();
        List<SpeedFit.Point> used = models(recent) >= ENOUGH ? recent : points;
        if (used.isEmpty()) {
            return NONE;
        }
        List<Double> factors =
                used.stream()
                        .map(it -> it.row().tokensPerSecond() * it.work().seconds(it.bandwidth()))
                        .sorted()
                        .toList();
        int half = factors.size() / 2;
        double median =
                factors.size() % 2 == 1
                        ? factors.get(half)
                        : (factors.get(half - 1) + factors.get(half)) / 2;
        return new Correction(median, factors.size());
    }

    private static long models(List<SpeedFit.Point> points) {
        return points.stream().map(it -> it.row().model()).distinct().count();
    }

    /// For the source of a figure; empty where nothing is corrected.
    String says() {
        if (count == 0) {
            return "";
        }
        String measurements = count == 1 ? "1 measurement" : count + " measurements";
        return String.format(Locale.ROOT, ", times %.2f by %s there", factor, measurements);
    }
}
