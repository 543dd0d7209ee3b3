package dev.tierwise.predict;

import dev.tierwise.learn.Logistic;
import dev.tierwise.learn.Ridge;
import java.util.ArrayList;
import java.util.List;

/// One head for each of some models, fitted on prompts of which it is known how well each of them
/// answered: what a [Prior] says, joined with what these prompts' own words say. Immutable,
/// thread-safe.
public final class Heads {
    private static final double ALPHA = 1.0;
    private static final double PENALTY = 10;
    private static final int FOLDS = 10;

    private final Prior prior;
    private final List<Ridge> words;
    private final double[] spread;
    private final List<Logistic> heads;
    private final double[][] unseen;

    private Heads(
            Prior prior,
            List<Ridge> words,
            double[] spread,
            List<Logistic> heads,
            double[][] unseen) {
        this.prior = prior;
        this.words = words;
        this.spread = spread;
        this.heads = heads;
        this.unseen = unseen;
    }

    /// Fits heads.
    ///
    /// @param sights one a prompt; in an order that tells nothing
    /// @param scores how well each model answered, 0 to 1: one array a model
    public static Heads fit(Prior prior, List<Sight> sights, List<double[]> scores) {
        List<int[]> rows = sights.stream().map(Sight::words).toList();
        var words = new ArrayList<Ridge>();
        double[] spread = new double[scores.size()];
        double[][] columns = new double[sights.size()][];
        for (int i = 0; i < columns.length; i++) {
            double[] traits = prior.traits(sights.get(i));
            columns[i] = java.util.Arrays.copyOf(traits, traits.length + scores.size());
        }
        for (int m = 0; m < scores.size(); m++) {
            double[] target = scores.get(m);
            words.add(Ridge.fit(rows, target, ALPHA, Sight.BUCKETS));
            double[] unseen = Ridge.outOfFold(rows, target, ALPHA, Sight.BUCKETS, FOLDS);
            spread[m] = Spread.of(unseen, words.get(m).mean());
            for (int i = 0; i < columns.length; i++) {
                columns[i][prior.columns() + m] = (unseen[i] - words.get(m).mean()) / spread[m];
            }
        }
        double[] even = Logistic.even(columns.length);
        var heads = new ArrayList<Logistic>();
        double[][] unseen = new double[columns.length][scores.size()];
        for (int m = 0; m < scores.size(); m++) {
            Logistic head = Logistic.fit(columns, scores.get(m), even, PENALTY);
            heads.add(head);
            for (int i = 0; i < columns.length; i++) {
                unseen[i][m] = head.of(columns[i]);
            }
        }
        return new Heads(prior, List.copyOf(words), spread, List.copyOf(heads), unseen);
    }

    /// The probability for each model that it answers well.
    public double[] of(Sight sight) {
        double[] traits = prior.traits(sight);
        double[] row = java.util.Arrays.copyOf(traits, traits.length + words.size());
        for (int m = 0; m < words.size(); m++) {
            Ridge fit = words.get(m);
            row[traits.length + m] = (fit.of(sight.words()) - fit.mean()) / spread[m];
        }
        double[] good = new double[heads.size()];
        for (int m = 0; m < good.length; m++) {
            good[m] = heads.get(m).of(row);
        }
        return good;
    }

    /// The probabilities of the prompts that the heads were fitted on, their own words left out of
    /// account as far as they can be.
    public double[][] unseen() {
        return unseen.clone();
    }
}
