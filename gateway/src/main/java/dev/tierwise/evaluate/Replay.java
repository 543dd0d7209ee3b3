package dev.tierwise.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows that are measured: how well each tier's model answered them, and all that was foretold.
///
/// @param name of the dataset
/// @param tasks of the rows
/// @param scores of each tier, the small model first
/// @param prompt what is foretold from the prompt alone, for each row and tier
/// @param cascade the same from the small model's answer too; null where answers are not known
/// @param length of each prompt
/// @param nearest how much each row needs the frontier by its nearest neighbours; null where no
///   rows of these models were learned from
/// @param apart 1 where both small models' answers differ, else 0; null where they are not known
/// @param unanswered why there is no cascade; empty where there is one
/// @param learning what was learned from
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record Replay(
        String name,
        List<String> tasks,
        List<double[]> scores,
        double[][] prompt,
        double @Nullable [][] cascade,
        double[] length,
        double @Nullable [] nearest,
        double @Nullable [] apart,
        String unanswered,
        Learning learning) {
    /// What was learned from.
    ///
    /// @param trust whose word counts
    /// @param rows of these models; over several folds their mean
    /// @param answered of them, those whose answers were learned from
    /// @param leftOut rows that stand among the measured ones and were not learned from
    /// @param known measured rows whose task is among those that were learned from
    record Learning(Training.Trust trust, int rows, int answered, int leftOut, int known) {}

    int size() {
        return tasks.size();
    }

    double[] small() {
        return scores.getFirst();
    }

    double[] frontier() {
        return scores.getLast();
    }

    /// How much better the frontier is on each row.
    double[] gain() {
        return IntStream.range(0, size())
                .mapToDouble(row -> frontier()[row] - small()[row])
                .toArray();
    }

    /// What the tiers are truly worth, for each row and tier.
    double[][] truth() {
        return IntStream.range(0, size())
                .mapToObj(row -> scores.stream().mapToDouble(score -> score[row]).toArray())
                .toArray(double[][]::new);
    }

    /// Some of its rows.
    Replay only(String other, int[] rows) {
        return new Replay(
                other,
                IntStream.of(rows).mapToObj(tasks::get).toList(),
                scores.stream().map(score -> pick(score, rows)).toList(),
                pick(prompt, rows),
                cascade == null ? null : pick(cascade, rows),
                pick(length, rows),
                nearest == null ? null : pick(nearest, rows),
                apart == null ? null : pick(apart, rows),
                unanswered,
                learning);
    }

    static double[] pick(double[] from, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> from[row]).toArray();
    }

    private static double[][] pick(double[][] from, int[] rows) {
        return IntStream.of(rows).mapToObj(row -> from[row]).toArray(double[][]::new);
    }

    /// The rows of several, under one name. What one of them lacks, the whole lacks.
    static Replay joined(String name, List<Replay> parts) {
        int tiers = parts.getFirst().scores.size();
        var tasks = new ArrayList<String>();
        parts.forEach(part -> tasks.addAll(part.tasks));
        return new Replay(
                name,
                tasks,
                IntStream.range(0, tiers)
                        .mapToObj(tier ->
                                parts.stream()
                                        .flatMapToDouble(
                                                part -> Arrays.stream(part.scores.get(tier)))
                                        .toArray())
                        .toList(),
                parts.stream().flatMap(part -> Arrays.stream(part.prompt)).toArray(double[][]::new),
                cascades(parts),
                parts.stream().flatMapToDouble(part -> Arrays.stream(part.length)).toArray(),
                column(parts.stream().map(part -> part.nearest).toList()),
                column(parts.stream().map(part -> part.apart).toList()),
                parts.stream()
                        .map(part -> part.unanswered)
                        .filter(why -> !why.isEmpty())
                        .findFirst()
                        .orElse(""),
                parts.stream()
                        .map(part -> part.learning)
                        .reduce(
                                new Learning(Training.Trust.OWN, 0, 0, 0, 0),
                                (one, other) ->
                                        new Learning(
                                                one.trust.compareTo(other.trust) > 0
                                                        ? one.trust
                                                        : other.trust,
                                                Math.max(one.rows, other.rows),
                                                Math.max(one.answered, other.answered),
                                                Math.max(one.leftOut, other.leftOut),
                                                one.known + other.known)));
    }

    private static double @Nullable [][] cascades(List<Replay> parts) {
        var all = new ArrayList<double[]>();
        for (Replay part : parts) {
            if (part.cascade == null) {
                return null;
            }
            all.addAll(Arrays.asList(part.cascade));
        }
        return all.toArray(double[][]::new);
    }

    private static double @Nullable [] column(List<double @Nullable []> parts) {
        return parts.stream().anyMatch(Objects::isNull)
                ? null
                : parts.stream().filter(Objects::nonNull).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public String toString() {
        return "Replay[" + name + ", " + size() + " rows]";
    }
}
