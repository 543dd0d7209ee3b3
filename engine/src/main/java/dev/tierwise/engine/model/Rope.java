package dev.tierwise.engine.model;

import org.jspecify.annotations.Nullable;

/// Turns the numbers of heads by angles that grow with the position (Su et al. 2021, RoFormer). The
/// angles of a batch are reckoned once and used in all layers.
final class Rope {
    private final Shape.Rotation rotation;
    private final boolean halves;
    private final double[] frequencies;
    private final float[] cosines;
    private final float[] sines;

    /// @param base of the frequencies
    /// @param stretch positions are divided by it
    /// @param factors each frequency is divided by its own; null for not
    Rope(Shape shape, double base, double stretch, Layer.@Nullable Numbers factors, int capacity) {
        this.rotation = shape.rope();
        this.halves = shape.family().halves();
        int angles = rotation.size() / 2;
        this.frequencies = new double[angles];
        for (int i = 0; i < angles; i++) {
            double own = factors == null ? 1 : factors.values()[i];
            frequencies[i] = Math.pow(base, -2.0 * i / rotation.size()) / stretch / own;
        }
        this.cosines = new float[capacity * angles];
        this.sines = new float[capacity * angles];
    }

    /// Reckons the angles of a batch's tokens.
    void prepare(Batch batch) {
        int angles = frequencies.length;
        for (int token = 0; token < batch.size(); token++) {
            for (int i = 0; i < angles; i++) {
                double angle = batch.positions[token] * frequencies[i];
                cosines[token * angles + i] = (float) Math.cos(angle) * rotation.strength();
                sines[token * angles + i] = (float) Math.sin(angle) * rotation.strength();
            }
        }
    }

    /// Turns `heads` heads of `size` numbers of the batch's token number `token`, from `at` on.
    void turn(int token, float[] x, int at, int heads, int size) {
        int angles = frequencies.length;
        int step = halves ? 1 : 2;
        int across = halves ? angles : 1;
        for (int head = 0; head < heads; head++) {
            int from = at + head * size;
            for (int i = 0; i < angles; i++) {
                float cosine = cosines[token * angles + i];
                float sine = sines[token * angles + i];
                int one = from + i * step;
                float a = x[one];
                float b = x[one + across];
                x[one] = a * cosine - b * sine;
                x[one + across] = a * sine + b * cosine;
            }
        }
    }
}
