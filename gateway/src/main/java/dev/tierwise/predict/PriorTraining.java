package dev.tierwise.predict;

import dev.tierwise.learn.Logistic;
import dev.tierwise.learn.Ridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Makes a [Prior] of the results of many models. Directions: for each set of prompts, what ridge
/// regressions on words foretell for each of its models, and of all these the directions in which
/// they vary most (principal components). The same sets give the same bytes.
public final class PriorTraining {
    private static final double ALPHA = .3;
    private static final double PENALTY = 30;
    private static final int FOLDS = 10;

    /// The value of a set's own column; large, so that the penalty hardly holds its weight.
    private static final double MARK = 10;

    private static final int DIRECTIONS = 2;
    private static final int FEWEST_ROWS = 1_000;
    private static final int FEWEST_MODELS = 4;

    private PriorTraining() {}

    /// Prompts and how well models answered them.
    ///
    /// @param sights one a prompt, in an order that tells nothing
    /// @param tasks the task of each prompt
    /// @param scores for each model one score a prompt, 0 to 1; NaN where it has none
    public record Results(List<Sight> sights, List<String> tasks, Map<String, double[]> scores) {
        public Results {
            sights = List.copyOf(sights);
            tasks = List.copyOf(tasks);
            scores = Collections.unmodifiableMap(new TreeMap<>(scores)); // an order to rely on
        }

        /// These results without every `parts`-th prompt, counted from `part`.
        public Results without(int parts, int part) {
            int[] rows =
                    IntStream.range(0, sights.size()).filter(row -> row % parts != part).toArray();
            var some = new HashMap<String, double[]>();
            scores.forEach((model, all) ->
                    some.put(model, IntStream.of(rows).mapToDouble(row -> all[row]).toArray()));
            return new Results(
                    IntStream.of(rows).mapToObj(sights::get).toList(),
                    IntStream.of(rows).mapToObj(tasks::get).toList(),
                    some);
        }

        private List<double[]> whole() {
            return scores.values().stream()
                    .filter(score -> Arrays.stream(score).noneMatch(Double::isNaN))
                    .toList();
        }
    }

    /// Learns from sets of results.
    public static Prior train(List<Results> sets) {
        var directions = new ArrayList<Prior.Direction>();
        var unseen = new ArrayList<double[]>();
        var owner = new ArrayList<Integer>();
        for (int s = 0; s < sets.size(); s++) {
            Results set = sets.get(s);
            if (set.sights.size() >= FEWEST_ROWS && set.whole().size() >= FEWEST_MODELS) {
                add(set, directions, unseen);
                owner.addAll(Collections.nCopies(DIRECTIONS, s));
            }
        }
        double[] mean = new double[Shape.OF_TEXT];
        double[] spread = new double[Shape.OF_TEXT];
        for (int c = 0; c < Shape.OF_TEXT; c++) {
            int column = c;
            double[] all =
                    sets.stream()
                            .flatMap(set -> set.sights.stream())
                            .mapToDouble(sight -> sight.shape()[column])
                            .toArray();
            mean[c] = Arrays.stream(all).average().orElse(0);
            spread[c] = Math.max(Spread.of(all, mean[c]), 1e-3);
        }
        Logistic none = new Logistic(new double[directions.size() + Shape.OF_TEXT + 1]);
        var bare =
                new Prior(
                        directions,
                        mean,
                        spread,
                        Collections.nCopies(SizeClass.values().length, none));
        return bare.with(heads(sets, bare, unseen, owner));
    }

    private static void add(Results set, List<Prior.Direction> directions, List<double[]> unseen) {
        List<int[]> rows = set.sights.stream().map(Sight::words).toList();
        List<double[]> scores = set.whole();
        List<Ridge> fits =
                scores.parallelStream()
                        .map(score -> Ridge.fit(rows, score, ALPHA, Sight.BUCKETS))
                        .toList();
        List<double[]> foretold =
                scores.stream()
                        .map(score -> Ridge.outOfFold(rows, score, ALPHA, Sight.BUCKETS, FOLDS))
                        .toList();
        double[][] axes =
                Axes.of(
                        fits.stream()
                                .map(fit -> rows.stream().mapToDouble(fit::of).toArray())
                                .toList(),
                        DIRECTIONS);
        double first = 0;
        for (double[] axis : axes) {
            float[] weights = new float[Sight.BUCKETS];
            double[] out = new double[rows.size()];
            for (int m = 0; m < fits.size(); m++) {
                float[] own = fits.get(m).weights();
                for (int i = 0; i < weights.length; i++) {
                    weights[i] += (float) (own[i] * axis[m]);
                }
                for (int i = 0; i < out.length; i++) {
                    out[i] += (foretold.get(m)[i] - fits.get(m).mean()) * axis[m];
                }
            }
            double mean = Arrays.stream(out).average().orElse(0);
            first = first == 0 ? Spread.of(out, mean) : first;
            directions.add(direction(weights, rows, first));
            double scale = first;
            unseen.add(Arrays.stream(out).map(value -> (value - mean) / scale).toArray());
        }
    }

    private static Prior.Direction direction(float[] weights, List<int[]> rows, double spread) {
        float most = 1e-9f;
        for (float weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(weights[i] / most * 127);
        }
        double scale = most / 127 / spread;
        double mean =
                rows.stream()
                        .mapToDouble(row -> sum(bytes, row) * scale * Ridge.scale(row))
                        .average()
                        .orElse(0);
        return new Prior.Direction(bytes, scale, mean);
    }

    private static long sum(byte[] weights, int[] row) {
        long sum = 0;
        for (int feature : row) {
            sum += weights[feature];
        }
        return sum;
    }

    /// Heads for all classes. A prompt's traits in the directions of its own set are those that its
    /// own result had no part in.
    private static List<Logistic> heads(
            List<Results> sets, Prior bare, List<double[]> unseen, List<Integer> owner) {
        var rows = new ArrayList<double[]>();
        for (int s = 0; s < sets.size(); s++) {
            Results set = sets.get(s);
            for (int i = 0; i < set.sights.size(); i++) {
                double[] traits = bare.traits(set.sights.get(i));
                for (int d = 0; d < owner.size(); d++) {
                    traits[d] = owner.get(d) == s ? unseen.get(d)[i] : traits[d];
                }
                rows.add(traits);
            }
        }
        return Arrays.stream(SizeClass.values()).map(size -> head(sets, rows, size)).toList();
    }

    /// One class's head. Each set has a constant of its own while it is fitted, so that what is
    /// learned is what makes one prompt of a set harder than another, and not that one set is
    /// harder than another; the constant that is kept is their mean. A class without any result has
    /// the head of the next larger.
    private static Logistic head(List<Results> sets, List<double[]> rows, SizeClass size) {
        var known = new ArrayList<double[]>();
        var targets = new ArrayList<Double>();
        int at = 0;
        for (int s = 0; s < sets.size(); s++) {
            for (int i = 0; i < sets.get(s).sights.size(); i++) {
                double target = mean(sets.get(s), size, i);
                if (!Double.isNaN(target)) {
                    double[] row = rows.get(at);
                    double[] marked = Arrays.copyOf(row, row.length + sets.size());
                    marked[row.length + s] = MARK;
                    known.add(marked);
                    targets.add(target);
                }
                at++;
            }
        }
        if (known.isEmpty()) {
            SizeClass[] all = SizeClass.values();
            return size == all[all.length - 1]
                    ? new Logistic(new double[rows.getFirst().length + 1])
                    : head(sets, rows, all[size.place() + 1]);
        }
        double[] fitted =
                Logistic.fit(
                                known.toArray(double[][]::new),
                                targets.stream().mapToDouble(Double::doubleValue).toArray(),
                                Logistic.even(known.size()),
                                PENALTY)
                        .weights();
        int columns = fitted.length - 1 - sets.size();
        double[] weights = Arrays.copyOf(fitted, columns + 1);
        weights[columns] = fitted[fitted.length - 1];
        for (double[] row : known) {
            for (int s = 0; s < sets.size(); s++) {
                weights[columns] += row[columns + s] * fitted[columns + s] / known.size();
            }
        }
        return new Logistic(weights);
    }

    private static double mean(Results set, SizeClass size, int row) {
        return set.scores.entrySet().stream()
                .filter(entry -> SizeClass.of(entry.getKey()).countsFor(size))
                .mapToDouble(entry -> entry.getValue()[row])
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(Double.NaN);
    }
}
