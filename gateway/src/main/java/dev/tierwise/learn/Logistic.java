package dev.tierwise.learn;

import java.util.Arrays;

/// Logistic regression with a quadratic penalty, fitted by Newton's method (iteratively reweighted
/// least squares; Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 4.4.1).
/// Targets may lie between 0 and 1. Immutable, thread-safe.
public final class Logistic {
    private static final int STEPS = 30;

    private final double[] weights;

    /// @param weights one a column, then the constant
    public Logistic(double[] weights) {
        this.weights = weights.clone();
    }

    /// Fits weights.
    ///
    /// @param rows columns of one order; brought to about one scale by the caller
    /// @param targets 0 to 1, one a row
    /// @param importance how much each row counts
    /// @param penalty on the square of each weight, the constant's excepted
    public static Logistic fit(
            double[][] rows, double[] targets, double[] importance, double penalty) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] weights = new double[columns + 1];
        for (int step = 0; step < STEPS; step++) {
            double[][] curve = new double[columns + 1][columns + 1];
            double[] slope = new double[columns + 1];
            gather(rows, targets, importance, weights, curve, slope);
            for (int c = 0; c <= columns; c++) {
                double pull = c < columns ? penalty : 1e-6;
                curve[c][c] += pull;
                slope[c] += pull * weights[c];
            }
            double[] move = Cholesky.solve(curve, slope);
            double most = 0;
            for (int c = 0; c <= columns; c++) {
                double bounded = Math.clamp(move[c], -5, 5);
                weights[c] -= bounded;
                most = Math.max(most, Math.abs(bounded));
            }
            if (most < 1e-7) {
                break;
            }
        }
        return new Logistic(weights);
    }

    private static void gather(
            double[][] rows,
            double[] targets,
            double[] importance,
            double[] weights,
            double[][] curve,
            double[] slope) {
        int columns = weights.length - 1;
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double chance = chance(margin(row, weights));
            double off = (chance - targets[i]) * importance[i];
            double bend = Math.max(chance * (1 - chance), 1e-6) * importance[i];
            for (int a = 0; a <= columns; a++) {
                double x = a < columns ? row[a] : 1;
                slope[a] += off * x;
                double bent = bend * x;
                double[] line = curve[a];
                for (int b = 0; b <= a; b++) {
                    line[b] += bent * (b < columns ? row[b] : 1);
                }
            }
        }
    }

    /// The probability for a row.
    public double of(double[] row) {
        return chance(margin(row, weights));
    }

    /// The logarithm of the odds for a row.
    public double margin(double[] row) {
        return margin(row, weights);
    }

    /// The weights, the constant last.
    public double[] weights() {
        return weights.clone();
    }

    private static double margin(double[] row, double[] weights) {
        double sum = weights[weights.length - 1];
        for (int c = 0; c < row.length; c++) {
            sum += row[c] * weights[c];
        }
        return sum;
    }

    /// 1 / (1 + e^-x).
    public static double chance(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// The logarithm of the odds of a probability, held to ±7.
    public static double odds(double chance) {
        double held = Math.clamp(chance, 1e-3, 1 - 1e-3);
        return Math.log(held / (1 - held));
    }

    /// Weights of the same importance for `rows` rows.
    public static double[] even(int rows) {
        double[] even = new double[rows];
        Arrays.fill(even, 1);
        return even;
    }
}
