package dev.tierwise.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Puts each row of a batch into a tier.
final class Allocation {
    private static final int HALVINGS = 48;

    /// Far below what a value says, far above rounding: parts equal values.
    private static final double LOT = 1e-7;

    private Allocation() {}

    /// The tiers that bring most value in all with exactly these shares: the transport problem,
    /// solved by its dual prices, found by bisection, one tier within the other. Equal values are
    /// parted by lot.
    ///
    /// @param values of each row in each tier
    /// @param shares of the tiers, sum 1
    static int[] atShares(double[][] values, double[] shares) {
        double[][] worth = lots(values);
        int[] goals = goals(shares, worth.length);
        double[] prices = new double[shares.length];
        settle(worth, goals, prices, shares.length - 1);
        return exactly(worth, prices, goals);
    }

    private static double[][] lots(double[][] values) {
        var random = new SplittableRandom(3);
        double[][] worth = new double[values.length][];
        for (int row = 0; row < worth.length; row++) {
            worth[row] = values[row].clone();
            for (int tier = 0; tier < worth[row].length; tier++) {
                worth[row][tier] += LOT * random.nextDouble();
            }
        }
        return worth;
    }

    /// Whole numbers of rows with the sum of all of them.
    private static int[] goals(double[] shares, int rows) {
        int[] goals = new int[shares.length];
        double sum = 0;
        int given = 0;
        for (int tier = 0; tier < shares.length; tier++) {
            sum += shares[tier];
            goals[tier] = (int) Math.round(sum * rows) - given;
            given += goals[tier];
        }
        goals[0] += rows - given;
        return goals;
    }

    /// Finds the price of a tier and of all below it but the first at which each has its goal.
    private static void settle(double[][] worth, int[] goals, double[] prices, int tier) {
        if (tier == 0) {
            return;
        }
        double low = -2;
        double high = 2;
        for (int i = 0; i < HALVINGS; i++) {
            prices[tier] = (low + high) / 2;
            settle(worth, goals, prices, tier - 1);
            int count = 0;
            for (double[] row : worth) {
                count += best(row, prices) == tier ? 1 : 0;
            }
            if (count > goals[tier]) {
                low = prices[tier];
            } else {
                high = prices[tier];
            }
        }
        prices[tier] = high;
        settle(worth, goals, prices, tier - 1);
    }

    /// Moves the few rows that bisection left in the wrong tier, those first that lose least.
    private static int[] exactly(double[][] worth, double[] prices, int[] goals) {
        int[] tiers = new int[worth.length];
        int[] over = Arrays.stream(goals).map(goal -> -goal).toArray();
        for (int row = 0; row < tiers.length; row++) {
            tiers[row] = best(worth[row], prices);
            over[tiers[row]]++;
        }
        while (Arrays.stream(over).anyMatch(count -> count > 0)) {
            int move = -1;
            int to = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int row = 0; row < tiers.length; row++) {
                int from = tiers[row];
                for (int tier = 0; over[from] > 0 && tier < over.length; tier++) {
                    double loss = worth[row][from] - prices[from] - worth[row][tier] + prices[tier];
                    if (over[tier] < 0 && loss < least) {
                        least = loss;
                        move = row;
                        to = tier;
                    }
                }
            }
            over[tiers[move]]--;
            over[to]++;
            tiers[move] = to;
        }
        return tiers;
    }

    private static int best(double[] worth, double[] prices) {
        int best = 0;
        for (int tier = 1; tier < worth.length; tier++) {
            if (worth[tier] - prices[tier] > worth[best] - prices[best]) {
                best = tier;
            }
        }
        return best;
    }

    /// The tiers that are worth most after their costs; of equals the cheaper.
    ///
    /// @param costs of each tier
    /// @param lambda what one unit of cost has to bring
    static int[] atPrice(double[][] values, double[] costs, double lambda) {
        double[] prices = Arrays.stream(costs).map(cost -> lambda * cost).toArray();
        return Arrays.stream(values).mapToInt(row -> best(row, prices)).toArray();
    }

    /// Tiers, and the price that chose them.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Priced(int[] tiers, double lambda) {}

    /// The tiers that bring most value within a budget: those that a price chooses, and where many
    /// rows change their tier at that very price, as many of them as the budget lets, by lot.
    ///
    /// @param budget mean cost of a row
    static Priced atBudget(double[][] values, double[] costs, double budget) {
        double low = 0;
        double high = 1;
        int[] tiers = atPrice(values, costs, low);
        if (cost(tiers, costs) <= budget) {
            return new Priced(tiers, 0);
        }
        while (cost(atPrice(values, costs, high), costs) > budget && high < 1e9) {
            high *= 4;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (cost(atPrice(values, costs, middle), costs) > budget) {
                low = middle;
            } else {
                high = middle;
            }
        }
        tiers = atPrice(values, costs, high);
        int[] dearer = atPrice(values, costs, low);
        double left = (budget - cost(tiers, costs)) * tiers.length;
        for (int row : Source.shuffled(IntStream.range(0, tiers.length).toArray(), 5)) {
            double more = costs[dearer[row]] - costs[tiers[row]];
            if (more > 0 && more <= left) {
                left -= more;
                tiers[row] = dearer[row];
            }
        }
        return new Priced(tiers, high);
    }

    private static double cost(int[] tiers, double[] costs) {
        return Arrays.stream(tiers).mapToDouble(tier -> costs[tier]).average().orElse(0);
    }
}
