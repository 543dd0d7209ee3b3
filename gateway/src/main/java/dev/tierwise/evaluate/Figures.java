package dev.tierwise.evaluate;

import dev.tierwise.calibrate.Reliability;
import dev.tierwise.evaluate.Curve.Measured;
import dev.tierwise.evaluate.Part.Price;
import dev.tierwise.evaluate.Part.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes all figures of some rows. Every figure with an interval comes out of the same resamples.
final class Figures {
    private static final int CHANCES = 200;
    private static final int BINS = 10;
    private static final int PRICES = 40;

    private final Replay replay;
    private final Trial trial;
    private final List<Choice> choices;
    private final List<Ranking> rankings = new ArrayList<>();

    private Figures(Replay replay, Trial trial, List<Choice> choices) {
        this.replay = replay;
        this.trial = trial;
        this.choices = choices;
    }

    /// A ranking of the rows.
    ///
    /// @param method ours; null for a baseline
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ranking(
            String name, Choice.@Nullable Method method, double[] need, Price price, Curve curve) {}

    /// Takes the figures of a dataset and of each of its tasks.
    static Part of(Replay replay, Trial trial) {
        List<Choice> choices = Choice.all(replay, trial);
        List<String> tasks = replay.tasks().stream().distinct().sorted().toList();
        List<Part> parts =
                tasks.size() < 2
                        ? List.of()
                        : tasks.stream().map(task -> part(replay, trial, choices, task)).toList();
        return new Figures(replay, trial, choices).part(parts, true);
    }

    /// The figures of all rows together, without those of tasks.
    static Part whole(Replay replay, Trial trial) {
        return new Figures(replay, trial, Choice.all(replay, trial)).part(List.of(), true);
    }

    private static Part part(Replay replay, Trial trial, List<Choice> choices, String task) {
        int[] rows =
                IntStream.range(0, replay.size())
                        .filter(row -> replay.tasks().get(row).equals(task))
                        .toArray();
        List<Choice> some = choices.stream().map(choice -> choice.only(rows)).toList();
        return new Figures(replay.only(task, rows), trial, some).part(List.of(), false);
    }

    private Part part(List<Part> tasks, boolean whole) {
        rank();
        Measured[] measured =
                Resamples.of(
                        replay.size(),
                        new Resamples.Plan(trial.sampling().resamples(), trial.sampling().seed()),
                        statistics());
        int tiers = replay.scores().size();
        var routers = new ArrayList<Part.Router>();
        var baselines = new ArrayList<Ranked>();
        for (int i = 0; i < rankings.size(); i++) {
            Ranking ranking = rankings.get(i);
            Ranked ranked = ranked(ranking, measured, tiers + i * (Curve.Reading.NUMBERS + 1));
            if (ranking.method == null) {
                baselines.add(ranked);
            } else {
                Measured regret = measured[tiers + (i + 1) * (Curve.Reading.NUMBERS + 1) - 1];
                routers.add(router(ranking, ranked, regret));
            }
        }
        boolean enough = replay.size() >= Floors.fewest();
        boolean wanted = whole && trial.goal().floor() != null;
        return new Part(
                replay.name(),
                replay.size(),
                replay.learning(),
                List.of(Arrays.copyOf(measured, tiers)),
                routers,
                replay.unanswered(),
                baselines,
                chance(),
                points(measured, tiers + rankings.size() * (Curve.Reading.NUMBERS + 1)),
                whole && tiers > 2 ? priced() : List.of(),
                wanted && enough ? floors() : null,
                wanted && !enough
                        ? replay.size() + " rows; a floor takes " + Floors.fewest() + " at least"
                        : "",
                tasks);
    }

    private void rank() {
        Trial.Prices prices = trial.prices();
        var direct = new Price(prices.small(), 1);
        double base = Choice.base(trial);
        add("prompt_only", Choice.Method.PROMPT_ONLY, Learned.need(replay.prompt()), direct);
        double[][] cascade = replay.cascade();
        if (cascade != null) {
            add("cascade", Choice.Method.CASCADE, Learned.need(cascade), new Price(base, 1 + base));
        }
        add("length", null, replay.length(), direct);
        double[] nearest = replay.nearest();
        if (nearest != null) {
            add("nearest", null, nearest, direct);
        }
        double[] apart = replay.apart();
        if (apart != null) {
            add("agreement", null, apart, new Price(base, 1 + base));
        }
        add("oracle", null, replay.gain(), direct);
    }

    private void add(String name, Choice.@Nullable Method method, double[] need, Price price) {
        rankings.add(
                new Ranking(
                        name,
                        method,
                        need,
                        price,
                        new Curve(need, replay.small(), replay.frontier())));
    }

    /// Qualities of the tiers; for each ranking its reading and its distance from the oracle; for
    /// each choice quality, cost and distance from the oracle's choice.
    private java.util.function.Function<int[], double[]> statistics() {
        int tiers = replay.scores().size();
        int each = Curve.Reading.NUMBERS + 1;
        List<double[]> qualities =
                choices.stream().map(choice -> choice.quality(replay.scores())).toList();
        List<double[]> costs = choices.stream().map(Choice::costsOfRows).toList();
        int[] oracles = choices.stream().mapToInt(this::oracle).toArray();
        return counts -> {
            double[] out = new double[tiers + rankings.size() * each + choices.size() * 3];
            for (int tier = 0; tier < tiers; tier++) {
                out[tier] = mean(replay.scores().get(tier), counts);
            }
            int at = tiers;
            for (Ranking ranking : rankings) {
                ranking.curve.read(counts).numbers(out, at);
                at += each;
            }
            double best = out[at - each];
            for (int i = tiers; i < at; i += each) {
                out[i + each - 1] = best - out[i];
            }
            for (int i = 0; i < qualities.size(); i++) {
                out[at + 3 * i] = mean(qualities.get(i), counts);
                out[at + 3 * i + 1] = mean(costs.get(i), counts);
                out[at + 3 * i + 2] =
                        oracles[i] < 0
                                ? Double.NaN
                                : mean(qualities.get(oracles[i]), counts) - out[at + 3 * i];
            }
            return out;
        };
    }

    /// The place of the oracle's choice with the same goal; -1 where there is none.
    private int oracle(Choice choice) {
        Choice.Aim aim =
                switch (choice.aim()) {
                    case AT_SHARES, SHARES_STREAM -> Choice.Aim.AT_SHARES;
                    case SAME_BUDGET, BUDGET_STREAM -> Choice.Aim.SAME_BUDGET;
                    case AT_LAMBDA -> Choice.Aim.AT_LAMBDA;
                };
        return IntStream.range(0, choices.size())
                .filter(i -> choices.get(i).is(Choice.Method.ORACLE, aim))
                .findFirst()
                .orElse(-1);
    }

    private static double mean(double[] values, int[] counts) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * counts[i];
        }
        return sum / values.length;
    }

    private static Ranked ranked(Ranking ranking, Measured[] measured, int at) {
        int gaps = at + 2;
        int strong = gaps + 2;
        int shares = strong + Curve.OF_STRONG.length;
        return new Ranked(
                ranking.name,
                ranking.price,
                measured[at + 1],
                List.of(measured[gaps], measured[gaps + 1]),
                List.of(Arrays.copyOfRange(measured, strong, shares)),
                List.of(Arrays.copyOfRange(measured, shares, shares + Curve.SHARES.length)),
                Arrays.stream(ranking.curve.points()).boxed().toList());
    }

    private Part.Router router(Ranking ranking, Ranked ranked, Measured regret) {
        double[][] foretold =
                ranking.method == Choice.Method.CASCADE && replay.cascade() != null
                        ? replay.cascade()
                        : replay.prompt();
        List<Part.Head> heads =
                IntStream.range(0, replay.scores().size())
                        .mapToObj(tier -> {
                            double[] said =
                                    Arrays.stream(foretold)
                                            .mapToDouble(row -> Math.clamp(row[tier], 0, 1))
                                            .toArray();
                            double[] came = replay.scores().get(tier);
                            return new Part.Head(
                                    Reliability.ece(said, came, BINS),
                                    Reliability.brier(said, came));
                        })
                        .toList();
        Choice.Method method = ranking.method == null ? Choice.Method.PROMPT_ONLY : ranking.method;
        return new Part.Router(
                method,
                ranked,
                Bins.of(ranking.need, replay.small(), replay.frontier()),
                regret,
                heads);
    }

    private List<Part.Point> points(Measured[] measured, int from) {
        return IntStream.range(0, choices.size())
                .mapToObj(i ->
                        new Part.Point(
                                choices.get(i),
                                Arrays.stream(choices.get(i).shares()).boxed().toList(),
                                measured[from + 3 * i],
                                measured[from + 3 * i + 1],
                                measured[from + 3 * i + 2]))
                .toList();
    }

    /// What comes of a price of cost, from one that nothing is worth to none.
    private List<Part.Priced> priced() {
        Choice.Chooser chooser = Choice.choosers(replay, trial).reversed().get(1);
        return IntStream.rangeClosed(0, PRICES)
                .mapToDouble(i -> i == PRICES ? 0 : 10 * Math.pow(10, -3.5 * i / PRICES))
                .mapToObj(lambda -> {
                    Choice choice = chooser.priced(lambda);
                    return new Part.Priced(
                            lambda,
                            choice.cost(),
                            Arrays.stream(choice.quality(replay.scores())).average().orElse(0),
                            Arrays.stream(choice.shares()).boxed().toList());
                })
                .toList();
    }

    private Floors floors() {
        Trial.Goal goal = trial.goal();
        var kept = new ArrayList<Floors.Kept>();
        for (Ranking ranking : rankings) {
            if (ranking.method != null) {
                kept.addAll(Floors.of(ranking.method, ranking.need, replay, trial));
            }
        }
        return new Floors(
                goal.floor() == null ? 1 : goal.floor(),
                goal.worse(),
                Floors.labels(replay.size(), trial.sampling()),
                trial.sampling().repeats(),
                kept);
    }

    /// How far APGR strays when coins decide.
    private double chance() {
        double[] gain = replay.gain();
        double gap = Arrays.stream(gain).sum();
        if (!(gap > 0)) {
            return Double.NaN;
        }
        int[] rows = IntStream.range(0, gain.length).toArray();
        double[] all =
                new SplittableRandom(trial.sampling().seed())
                        .longs(CHANCES)
                        .mapToDouble(seed -> tossed(gain, Source.shuffled(rows, seed)) / gap)
                        .toArray();
        double mean = Arrays.stream(all).average().orElse(.5);
        return Math.sqrt(
                Arrays.stream(all).map(apgr -> (apgr - mean) * (apgr - mean)).sum() / CHANCES);
    }

    private static double tossed(double[] gain, int[] order) {
        double sum = 0;
        double area = 0;
        for (int row : order) {
            area += sum + gain[row] / 2;
            sum += gain[row];
        }
        return area / order.length;
    }
}
