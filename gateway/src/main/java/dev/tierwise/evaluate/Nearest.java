package dev.tierwise.evaluate;

import dev.tierwise.predict.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The plain baseline: a prompt needs the strong model as much as the nearest prompts of which the
/// results are known did, by the words that both have, rare words counting more. Immutable,
/// thread-safe.
final class Nearest {
    private static final int MOST = 100;

    /// Words that more than this part of the prompts have say nothing and cost most of the time.
    private static final double COMMON = .2;

    private final int[][] places;
    private final float[] weight;
    private final double[] length;
    private final double[] gain;
    private final int neighbours;

    /// @param sights of the prompts
    /// @param gain what the strong model was better by on each
    Nearest(List<Sight> sights, double[] gain) {
        this.gain = gain.clone();
        this.neighbours = Math.max(1, Math.min(MOST, sights.size() / 10));
        int[] often = new int[Sight.BUCKETS];
        for (Sight sight : sights) {
            for (int word : sight.words()) {
                often[word]++;
            }
        }
        places = new int[Sight.BUCKETS][];
        weight = new float[Sight.BUCKETS];
        double most = Math.max(2, COMMON * sights.size());
        for (int word = 0; word < often.length; word++) {
            if (often[word] > 0 && often[word] <= most) {
                places[word] = new int[often[word]];
                weight[word] = (float) Math.log((sights.size() + 1.0) / often[word]);
            }
        }
        int[] filled = new int[Sight.BUCKETS];
        length = new double[sights.size()];
        for (int row = 0; row < length.length; row++) {
            for (int word : sights.get(row).words()) {
                if (weight[word] > 0) {
                    places[word][filled[word]++] = row;
                    length[row] += weight[word] * weight[word];
                }
            }
            length[row] = Math.sqrt(Math.max(length[row], 1e-9));
        }
    }

    /// How much each prompt needs the strong model.
    double[] need(List<Sight> sights) {
        double[] need = new double[sights.size()];
        IntStream.range(0, need.length)
                .parallel()
                .forEach(row -> need[row] = need(sights.get(row)));
        return need;
    }

    private double need(Sight sight) {
        float[] alike = new float[gain.length];
        for (int word : sight.words()) {
            float square = weight[word] * weight[word];
            if (square > 0) {
                for (int row : places[word]) {
                    alike[row] += square;
                }
            }
        }
        var near = new ArrayList<Integer>();
        for (int row = 0; row < alike.length; row++) {
            alike[row] /= (float) length[row];
            if (alike[row] > 0) {
                near.add(row);
            }
        }
        double[] sorted = near.stream().mapToDouble(row -> -alike[row]).sorted().toArray();
        double least = sorted.length <= neighbours ? 0 : -sorted[neighbours - 1];
        double sum = 0;
        double count = 0;
        for (int row : near) {
            if (alike[row] >= least) {
                sum += gain[row];
                count++;
            }
        }
        return count == 0 ? Arrays.stream(gain).average().orElse(0) : sum / count;
    }
}
