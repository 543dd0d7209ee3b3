package dev.tierwise.predict;

import dev.tierwise.learn.Bags;
import dev.tierwise.learn.Forest;
import dev.tierwise.learn.Logistic;
import java.util.Arrays;
import java.util.List;

/// One head for each of some models, fitted on prompts of which it is known how well each of them
/// answered: the mean of a [Logistic] and a [Forest] over what a [Prior] sees in a prompt, the
/// former joined with what these prompts' own words say. Immutable, thread-safe.
public final class Heads {
    /// The penalty on words.
    public static final double ALPHA = 1;

    private static final double PENALTY = 15;
    private static final Forest.Growth GROWTH = new Forest.Growth(200, 6, .4, 5);

    private final Prior prior;
    private final Bags words;
    private final List<Logistic> heads;
    private final Forest forest;

    private Heads(Prior prior, Bags words, List<Logistic> heads, Forest forest) {
        this.prior = prior;
        this.words = words;
        this.heads = heads;
        this.forest = forest;
    }

    /// Fits heads.
    ///
    /// @param sights one a prompt; in an order that tells nothing
    /// @param scores how well each model answered, 0 to 1: one array a model
    public static Heads fit(Prior prior, List<Sight> sights, List<double[]> scores) {
        Bags words =
                Bags.fit(sights.stream().map(Sight::words).toList(), scores, ALPHA, Sight.BUCKETS);
        double[][] unseen = words.unseen();
        double[][] traits = sights.stream().map(prior::traits).toArray(double[][]::new);
        double[][] columns = new double[traits.length][];
        double[][] targets = new double[traits.length][scores.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = joined(traits[i], unseen[i]);
            for (int m = 0; m < scores.size(); m++) {
                targets[i][m] = scores.get(m)[i];
            }
        }
        double[] even = Logistic.even(columns.length);
        List<Logistic> heads =
                scores.stream().map(score -> Logistic.fit(columns, score, even, PENALTY)).toList();
        return new Heads(prior, words, heads, Forest.grow(traits, targets, GROWTH));
    }

    /// The probability for each model that it answers well.
    public double[] of(Sight sight) {
        double[] traits = prior.traits(sight);
        double[] row = joined(traits, words.of(sight.words()));
        double[] good = forest.of(traits);
        for (int m = 0; m < good.length; m++) {
            good[m] = (good[m] + heads.get(m).of(row)) / 2;
        }
        return good;
    }

    private static double[] joined(double[] one, double[] other) {
        double[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
