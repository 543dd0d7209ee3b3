package dev.tierwise.predict;

import dev.tierwise.learn.Ridge;
import java.nio.ByteBuffer;
import java.util.List;

/// Several [Direction]s, their weights of one feature side by side, so that a feature costs one
/// look into memory.
final class Directions {
    /// No value is further from 0 than this many standard deviations.
    private static final double FAR = 4;

    private final byte[][] weights;
    private final double[] scales;
    private final double[] means;

    private Directions(byte[][] weights, double[] scales, double[] means) {
        this.weights = weights;
        this.scales = scales;
        this.means = means;
    }

    static Directions of(List<Direction> each) {
        int count = each.size();
        byte[][] weights = new byte[Direction.PARTS][Sight.BUCKETS * count];
        for (int part = 0; part < Direction.PARTS; part++) {
            for (int d = 0; d < count; d++) {
                byte[] own = each.get(d).weights()[part];
                for (int i = 0; i < own.length; i++) {
                    weights[part][i * count + d] = own[i];
                }
            }
        }
        return new Directions(
                weights,
                each.stream().mapToDouble(Direction::scale).toArray(),
                each.stream().mapToDouble(Direction::mean).toArray());
    }

    int count() {
        return scales.length;
    }

    /// Where a prompt stands, put into the first columns.
    void put(Sight sight, double[] traits) {
        int count = scales.length;
        byte[] own = weights[Direction.part(sight)];
        int[] sums = new int[count];
        for (int word : sight.words()) {
            int from = word * count;
            for (int d = 0; d < count; d++) {
                sums[d] += own[from + d];
            }
        }
        double each = Ridge.scale(sight.words());
        for (int d = 0; d < count; d++) {
            traits[d] = Math.clamp(sums[d] * scales[d] * each - means[d], -FAR, FAR);
        }
    }

    /// How many bytes [#write] writes.
    int size() {
        return 4 + scales.length * (16 + Direction.PARTS * Sight.BUCKETS);
    }

    void write(ByteBuffer out) {
        out.putInt(scales.length);
        for (int d = 0; d < scales.length; d++) {
            out.putDouble(scales[d]).putDouble(means[d]);
        }
        for (byte[] part : weights) {
            out.put(part);
        }
    }

    static Directions read(ByteBuffer in) {
        int count = in.getInt();
        double[] scales = new double[count];
        double[] means = new double[count];
        for (int d = 0; d < count; d++) {
            scales[d] = in.getDouble();
            means[d] = in.getDouble();
        }
        byte[][] weights = new byte[Direction.PARTS][Sight.BUCKETS * count];
        for (byte[] part : weights) {
            in.get(part);
        }
        return new Directions(weights, scales, means);
    }
}
