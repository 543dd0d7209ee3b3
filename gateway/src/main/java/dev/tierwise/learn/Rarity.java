package dev.tierwise.learn;

import java.util.List;

/// How much each feature of sets tells: the rarer, the more (inverse document frequency; Spärck
/// Jones 1972), so that the mean over all rows' features is 1. Immutable, thread-safe.
public final class Rarity {
    private final float[] squares;

    private Rarity(float[] squares) {
        this.squares = squares;
    }

    /// Counts features.
    ///
    /// @param rows sets of features, each from 0 to `buckets` - 1
    public static Rarity of(List<int[]> rows, int buckets) {
        int[] counts = counts(rows, buckets);
        double[] idf = new double[buckets];
        double sum = 0;
        long count = 0;
        for (int i = 0; i < buckets; i++) {
            idf[i] = StrictMath.log((rows.size() + 1.0) / (counts[i] + 1)) + 1;
            sum += counts[i] * idf[i] * idf[i];
            count += counts[i];
        }
        double mean = count == 0 ? 1 : sum / count;
        float[] squares = new float[buckets];
        for (int i = 0; i < buckets; i++) {
            squares[i] = (float) (idf[i] * idf[i] / mean);
        }
        return new Rarity(squares);
    }

    /// The same for features that stand in at least `fewest` rows and at most in a `most`-th part
    /// of them; others tell nothing.
    ///
    /// @param last features from this one on tell nothing
    public static Rarity of(List<int[]> rows, int buckets, int fewest, double most, int last) {
        int[] counts = counts(rows, buckets);
        float[] squares = of(rows, buckets).squares;
        for (int i = 0; i < buckets; i++) {
            boolean tells = i < last && counts[i] >= fewest && counts[i] <= most * rows.size();
            squares[i] = tells ? squares[i] : 0;
        }
        return new Rarity(squares);
    }

    private static int[] counts(List<int[]> rows, int buckets) {
        int[] counts = new int[buckets];
        for (int[] row : rows) {
            for (int feature : row) {
                counts[feature]++;
            }
        }
        return counts;
    }

    /// The square of each feature's weight.
    float[] squares() {
        return squares;
    }
}
