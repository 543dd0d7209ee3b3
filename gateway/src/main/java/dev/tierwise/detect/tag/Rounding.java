package dev.tierwise.detect.tag;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Makes bytes of learned weights: the heaviest rows that fit, in steps of one scale.
final class Rounding {
    private static final double CLIPPED = .0005;

    private Rounding() {}

    static Weights of(float[] learned, KeyTable table, float[] scale) {
        float[] sizes = new float[learned.length];
        int count = 0;
        for (float weight : learned) {
            if (weight != 0) {
                sizes[count++] = Math.abs(weight);
            }
        }
        Arrays.sort(sizes, 0, count);
        float top = count == 0 ? 1 : sizes[(int) ((count - 1) * (1 - CLIPPED))];
        float step = 127 / Math.max(top, 1e-6f);
        float[] heaviness = new float[table.rows()];
        for (int row = 0; row < heaviness.length; row++) {
            for (int tag = 0; tag < Weights.TAGS; tag++) {
                float weight = Math.abs(learned[row * Weights.TAGS + tag]);
                heaviness[row] = Math.max(heaviness[row], weight);
            }
        }
        var weights = new Weights(scale[0], scale[1]);
        byte[] bytes = new byte[Weights.TAGS];
        IntStream.range(0, heaviness.length)
                .boxed()
                .filter(row -> heaviness[row] * step >= 1)
                .sorted(
                        Comparator.comparingDouble((Integer row) -> -heaviness[row])
                                .thenComparingInt(row -> table.key(row)))
                .forEach(row -> {
                    for (int tag = 0; tag < Weights.TAGS; tag++) {
                        float weight = learned[row * Weights.TAGS + tag] * step;
                        bytes[tag] = (byte) Math.clamp(Math.round(weight), -127, 127);
                    }
                    weights.put(table.key(row), bytes, 0);
                });
        return weights;
    }
}
