package dev.tierwise.evaluate;

import dev.tierwise.calibrate.Budget;
import dev.tierwise.calibrate.ValueShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One way of putting rows into tiers.
///
/// @param method that foretold what the tiers are worth
/// @param aim what was asked for
/// @param tiers one a row
/// @param base what each row costs, whatever its tier
/// @param costs of the tiers, beside that
/// @param lambda the price of cost by which it chose; NaN where it had none
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record Choice(Method method, Aim aim, int[] tiers, double base, double[] costs, double lambda) {
    /// Who foretells.
    enum Method {
        PROMPT_ONLY,
        CASCADE,
        ORACLE
    }

    /// What is asked for.
    enum Aim {
        /// Exactly the shares, over the whole batch.
        AT_SHARES,
        /// The shares, row by row, by the controller that the gateway has.
        SHARES_STREAM,
        /// The same cost as those shares, with a price in the place of shares.
        SAME_BUDGET,
        /// The same, row by row, by the controller that the gateway has.
        BUDGET_STREAM,
        /// A price that the user gave.
        AT_LAMBDA
    }

    /// What one method makes of a goal.
    ///
    /// @param method that foretold
    /// @param values of each row in each tier
    /// @param base what each row costs, whatever its tier
    /// @param costs of the tiers, beside that
    @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
    record Chooser(Method method, double[][] values, double base, double[] costs) {
        List<Choice> choose(Trial.Goal goal, long seed) {
            var choices = new ArrayList<Choice>();
            if (goal.shares() != null) {
                double[] shares = goal.shares().stream().mapToDouble(Double::doubleValue).toArray();
                Choice shared = choice(Aim.AT_SHARES, Allocation.atShares(values, shares));
                double budget = shared.cost() - base;
                Allocation.Priced priced = Allocation.atBudget(values, costs, budget);
                choices.add(shared);
                choices.add(
                        new Choice(
                                method,
                                Aim.SAME_BUDGET,
                                priced.tiers(),
                                base,
                                costs,
                                priced.lambda()));
                if (method != Method.ORACLE) {
                    choices.add(choice(Aim.SHARES_STREAM, streamed(goal.shares(), seed)));
                    choices.add(choice(Aim.BUDGET_STREAM, spent(budget, seed)));
                }
            }
            if (goal.lambda() != null) {
                choices.add(priced(goal.lambda()));
            }
            return choices;
        }

        /// What a price chooses.
        Choice priced(double lambda) {
            return new Choice(
                    method,
                    Aim.AT_LAMBDA,
                    Allocation.atPrice(values, costs, lambda),
                    base,
                    costs,
                    lambda);
        }

        private Choice choice(Aim aim, int[] tiers) {
            return new Choice(method, aim, tiers, base, costs, Double.NaN);
        }

        private int[] streamed(List<Double> shares, long seed) {
            var controller = ValueShares.of(shares);
            int[] tiers = new int[values.length];
            for (int row : order(seed)) {
                tiers[row] = controller.choose(values[row]);
            }
            return tiers;
        }

        private int[] spent(double budget, long seed) {
            int[] tiers = new int[values.length];
            if (!(budget > 0)) {
                return tiers;
            }
            var controller = Budget.of(budget);
            for (int row : order(seed)) {
                tiers[row] = controller.choose(values[row], costs);
                controller.spend(costs[tiers[row]]);
            }
            return tiers;
        }

        private int[] order(long seed) {
            return Source.shuffled(IntStream.range(0, values.length).toArray(), seed);
        }
    }

    /// All choices of all methods for a goal.
    static List<Choice> all(Replay replay, Trial trial) {
        return choosers(replay, trial).stream()
                .flatMap(it -> it.choose(trial.goal(), trial.sampling().seed()).stream())
                .toList();
    }

    /// Who chooses, the oracle last.
    static List<Chooser> choosers(Replay replay, Trial trial) {
        double[] prices = trial.prices().tiers(replay.scores().size() > 2);
        var choosers = new ArrayList<Chooser>();
        choosers.add(new Chooser(Method.PROMPT_ONLY, replay.prompt(), 0, prices));
        double[][] cascade = replay.cascade();
        if (cascade != null) {
            double[] more = prices.clone();
            more[0] = 0;
            choosers.add(new Chooser(Method.CASCADE, cascade, base(trial), more));
        }
        choosers.add(new Chooser(Method.ORACLE, replay.truth(), 0, prices));
        return choosers;
    }

    /// What each row of a cascade costs: the small model, and the second one where there is one.
    static double base(Trial trial) {
        return trial.prices().small()
                + (trial.models().second() == null ? 0 : trial.prices().second());
    }

    /// The same for some of the rows.
    Choice only(int[] rows) {
        return new Choice(
                method,
                aim,
                IntStream.of(rows).map(row -> tiers[row]).toArray(),
                base,
                costs,
                lambda);
    }

    /// How good the answers are.
    double[] quality(List<double[]> scores) {
        return IntStream.range(0, tiers.length)
                .mapToDouble(row -> scores.get(tiers[row])[row])
                .toArray();
    }

    /// What each row costs.
    double[] costsOfRows() {
        return Arrays.stream(tiers).mapToDouble(tier -> base + costs[tier]).toArray();
    }

    /// What a row costs in the mean.
    double cost() {
        return Arrays.stream(costsOfRows()).average().orElse(0);
    }

    /// The share of each tier.
    double[] shares() {
        double[] shares = new double[costs.length];
        for (int tier : tiers) {
            shares[tier] += 1.0 / tiers.length;
        }
        return shares;
    }

    /// A name for both.
    boolean is(Method other, @Nullable Aim aimed) {
        return method == other && (aimed == null || aim == aimed);
    }

    @Override
    public String toString() {
        return "Choice[" + method + ", " + aim + "]";
    }
}
