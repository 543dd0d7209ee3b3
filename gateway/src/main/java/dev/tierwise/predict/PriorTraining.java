package dev.tierwise.predict;

import dev.tierwise.learn.Logistic;
import dev.tierwise.learn.Rarity;
import dev.tierwise.learn.Ridge;
import dev.tierwise.learn.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes a [Prior] of the results of many models. Directions: for each set of prompts, what ridge
/// regressions on words foretell for each of its models, and of all these the directions in which
/// they vary most (principal components). Topics: of the words of all prompts. Heads: for each
/// class the mean result of its models, without those that a set's way of asking does not suit. The
/// same sets give the same bytes.
public final class PriorTraining {
    private static final double ALPHA = 1;
    private static final double PENALTY = 100;

    /// Topics, and the words that count for them: neither rare nor everywhere.
    private static final int TOPICS = 30;

    private static final int FEWEST_PROMPTS = 3;
    private static final double MOST_PROMPTS = .3;

    /// By how much a longer prompt speaks more against small models than these sets say: on eleven
    /// of fifteen published sets length alone tells who gains from a stronger model.
    private static final double LEAN = .2;

    /// As many rows as a set counts for.
    private static final double ROWS = 2_000;

    /// A model that does less than this part of the best of its class in a set tells of formats.
    private static final double FIT = .5;

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

        private List<double[]> whole() {
            return scores.values().stream()
                    .filter(score -> Arrays.stream(score).noneMatch(Double::isNaN))
                    .toList();
        }
    }

    /// Learns from sets of results.
    public static Prior train(List<Results> sets) {
        List<int[]> words =
                sets.stream().flatMap(set -> set.sights.stream()).map(Sight::words).toList();
        Rarity rarity = Rarity.of(words, Sight.BUCKETS, FEWEST_PROMPTS, 1, Sight.BUCKETS);
        var directions = new ArrayList<Direction>();
        for (Results set : sets) {
            if (set.sights.size() >= FEWEST_ROWS && set.whole().size() >= FEWEST_MODELS) {
                directions.addAll(directions(set, rarity));
            }
        }
        Prior.Topics topics =
                Prior.Topics.of(
                        Topics.of(
                                words,
                                sets.stream()
                                        .flatMap(set -> set.sights.stream())
                                        .map(Sight::amounts)
                                        .toList(),
                                Rarity.of(
                                        words,
                                        Sight.BUCKETS,
                                        FEWEST_PROMPTS,
                                        MOST_PROMPTS,
                                        Sight.WORDS),
                                TOPICS),
                        TOPICS);
        Prior.Scale scale = scale(sets);
        int columns = directions.size() + Shape.OF_TEXT + TOPICS;
        Logistic none = new Logistic(new double[columns + 1]);
        var bare =
                new Prior(
                        Directions.of(directions),
                        scale,
                        topics,
                        Collections.nCopies(SizeClass.values().length, none));
        return bare.with(heads(sets, bare));
    }

    private static Prior.Scale scale(List<Results> sets) {
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
        return new Prior.Scale(mean, spread);
    }

    private static List<Direction> directions(Results set, Rarity rarity) {
        List<int[]> rows = set.sights.stream().map(Sight::words).toList();
        List<double[]> scores = set.whole();
        List<double[]> foretold =
                scores.parallelStream()
                        .map(score -> {
                            Ridge fit = Ridge.fit(rows, score, ALPHA, rarity);
                            return rows.stream().mapToDouble(fit::of).toArray();
                        })
                        .toList();
        var directions = new ArrayList<Direction>();
        for (double[] axis : Axes.of(foretold, DIRECTIONS)) {
            double[] target = new double[rows.size()];
            for (int m = 0; m < axis.length; m++) {
                for (int i = 0; i < target.length; i++) {
                    target[i] += axis[m] * scores.get(m)[i];
                }
            }
            directions.add(Direction.fit(set.sights, target, ALPHA, rarity));
        }
        double spread = directions.getFirst().spread(set.sights);
        return directions.stream().map(direction -> direction.over(spread)).toList();
    }

    /// Heads for all classes.
    private static List<Logistic> heads(List<Results> sets, Prior bare) {
        List<double[]> rows =
                sets.stream().flatMap(set -> set.sights.stream()).map(bare::traits).toList();
        return Arrays.stream(SizeClass.values())
                .map(size -> head(sets, rows, TOPICS, size))
                .toList();
    }

    /// One class's head, on directions and shape, each set with the same say; topics are left to
    /// those who have results of their own. A class without any result has the head of the next
    /// larger.
    private static Logistic head(
            List<Results> sets, List<double[]> rows, int topics, SizeClass size) {
        var known = new ArrayList<double[]>();
        var targets = new ArrayList<Double>();
        var importance = new ArrayList<Double>();
        int width = rows.getFirst().length - topics;
        int at = 0;
        for (Results set : sets) {
            List<double[]> fit = fit(set, size);
            for (int i = 0; i < set.sights.size(); i++) {
                double target = mean(fit, i);
                if (!Double.isNaN(target)) {
                    known.add(Arrays.copyOf(rows.get(at), width));
                    targets.add(target);
                    importance.add(ROWS / set.sights.size());
                }
                at++;
            }
        }
        if (known.isEmpty()) {
            SizeClass[] all = SizeClass.values();
            return size == all[all.length - 1]
                    ? new Logistic(new double[width + topics + 1])
                    : head(sets, rows, topics, all[size.place() + 1]);
        }
        double[] fitted =
                Logistic.fit(
                                known.toArray(double[][]::new),
                                targets.stream().mapToDouble(Double::doubleValue).toArray(),
                                importance.stream().mapToDouble(Double::doubleValue).toArray(),
                                PENALTY)
                        .weights();
        double[] weights = Arrays.copyOf(fitted, width + topics + 1);
        weights[width] = 0;
        if (size.compareTo(SizeClass.MEDIUM) <= 0) {
            weights[width - Shape.OF_TEXT + Shape.LENGTH.place()] -= LEAN;
        }
        weights[width + topics] = fitted[width];
        return new Logistic(weights);
    }

    /// The scores of a class's models that a set suits.
    private static List<double[]> fit(Results set, SizeClass size) {
        List<double[]> all =
                set.scores.entrySet().stream()
                        .filter(entry -> SizeClass.of(entry.getKey()).countsFor(size))
                        .map(Map.Entry::getValue)
                        .toList();
        double best = all.stream().mapToDouble(PriorTraining::mean).max().orElse(0);
        return all.stream().filter(scores -> mean(scores) >= FIT * best).toList();
    }

    private static double mean(double[] scores) {
        return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).average().orElse(0);
    }

    private static double mean(List<double[]> models, int row) {
        return models.stream()
                .mapToDouble(scores -> scores[row])
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(Double.NaN);
    }
}
