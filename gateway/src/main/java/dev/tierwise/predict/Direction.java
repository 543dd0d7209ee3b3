package dev.tierwise.predict;

import dev.tierwise.learn.Rarity;
import dev.tierwise.learn.Ridge;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A direction in which prompts differ, read from their words. It was fitted [#PARTS] times, each
/// time without one part of the prompts, and a prompt's own words say to which part it belongs: so
/// nobody is told of a prompt what its own results said, not even who fits on the same prompts
/// again.
///
/// @param weights for each part those of each feature, as bytes
/// @param scale what a byte is worth
/// @param mean over prompts, subtracted
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
record Direction(byte[][] weights, double scale, double mean) {
    static final int PARTS = 5;

    /// So many steps are told apart on either side of 0: few, so that the file stays small.
    private static final int LEVELS = 31;

    /// The part to which a prompt belongs: the same for the same words in any order.
    static int part(Sight sight) {
        int sum = 0;
        for (int word : sight.words()) {
            sum += word * 0x9E3779B1;
        }
        return (sum >>> 8 & 0xFFFF) % PARTS;
    }

    /// Where a prompt stands.
    ///
    /// @param part from [#part]
    double of(Sight sight, int part) {
        byte[] own = weights[part];
        long sum = 0;
        for (int word : sight.words()) {
            sum += own[word];
        }
        return sum * scale * Ridge.scale(sight.words()) - mean;
    }

    /// Fits one.
    ///
    /// @param target what is to be foretold of each prompt, up to its scale
    static Direction fit(List<Sight> sights, double[] target, double alpha, Rarity rarity) {
        float[][] all = new float[PARTS][];
        float most = 1e-9f;
        for (int part = 0; part < PARTS; part++) {
            int left = part;
            int[] kept =
                    IntStream.range(0, target.length)
                            .filter(row -> part(sights.get(row)) != left)
                            .toArray();
            all[part] =
                    Ridge.fit(
                                    IntStream.of(kept)
                                            .mapToObj(row -> sights.get(row).words())
                                            .toList(),
                                    IntStream.of(kept).mapToDouble(row -> target[row]).toArray(),
                                    alpha,
                                    rarity)
                            .weights();
            for (float weight : all[part]) {
                most = Math.max(most, Math.abs(weight));
            }
        }
        byte[][] weights = new byte[PARTS][all[0].length];
        for (int part = 0; part < PARTS; part++) {
            for (int i = 0; i < weights[part].length; i++) {
                weights[part][i] = (byte) Math.round(all[part][i] / most * LEVELS);
            }
        }
        return new Direction(weights, most / LEVELS, 0).centred(sights);
    }

    private Direction centred(List<Sight> sights) {
        return new Direction(
                weights, scale, mean + Arrays.stream(over(sights)).average().orElse(0));
    }

    private double[] over(List<Sight> sights) {
        return sights.stream().mapToDouble(sight -> of(sight, part(sight))).toArray();
    }

    /// The standard deviation over prompts.
    double spread(List<Sight> sights) {
        return Spread.of(over(sights), 0);
    }

    /// The same with values that are so many times smaller.
    Direction over(double divisor) {
        return new Direction(weights, scale / divisor, mean / divisor);
    }
}
