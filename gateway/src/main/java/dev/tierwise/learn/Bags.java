package dev.tierwise.learn;

import java.util.ArrayList;
import java.util.List;

/// What sets of features say of several targets: a [Ridge] for each, brought to one scale, and for
/// the rows that they were fitted on what they would say had they not seen them. Immutable,
/// thread-safe.
public final class Bags {
    private static final int FOLDS = 10;

    private final List<Ridge> fits;
    private final double[] spread;
    private final double[][] unseen;

    private Bags(List<Ridge> fits, double[] spread, double[][] unseen) {
        this.fits = fits;
        this.spread = spread;
        this.unseen = unseen;
    }

    /// Fits one ridge a target.
    ///
    /// @param rows sets of features, each from 0 to `buckets` - 1; in an order that tells nothing
    /// @param targets one array a target
    /// @param alpha the penalty
    public static Bags fit(List<int[]> rows, List<double[]> targets, double alpha, int buckets) {
        Rarity rarity = Rarity.of(rows, buckets);
        var fits = new ArrayList<Ridge>();
        double[] spread = new double[targets.size()];
        double[][] unseen = new double[rows.size()][targets.size()];
        for (int t = 0; t < targets.size(); t++) {
            double[] target = targets.get(t);
            Ridge fit = Ridge.fit(rows, target, alpha, rarity);
            double[] foretold = Ridge.outOfFold(rows, target, alpha, rarity, FOLDS);
            double squares = 0;
            for (double value : foretold) {
                squares += (value - fit.mean()) * (value - fit.mean());
            }
            spread[t] = Math.max(Math.sqrt(squares / Math.max(1, rows.size())), 1e-6);
            for (int i = 0; i < foretold.length; i++) {
                unseen[i][t] = (foretold[i] - fit.mean()) / spread[t];
            }
            fits.add(fit);
        }
        return new Bags(List.copyOf(fits), spread, unseen);
    }

    /// How many columns there are: one a target.
    public int columns() {
        return spread.length;
    }

    /// The columns of a row.
    public double[] of(int[] row) {
        double[] columns = new double[spread.length];
        for (int t = 0; t < columns.length; t++) {
            Ridge fit = fits.get(t);
            columns[t] = (fit.of(row) - fit.mean()) / spread[t];
        }
        return columns;
    }

    /// The columns of the rows that were fitted on, as they would be had these not been seen.
    public double[][] unseen() {
        return unseen.clone();
    }
}
