package dev.tierwise.experience;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The log losses of the last outcomes: without a correction, with the one in force, and with the
/// one that is being learned. For one thread.
final class Losses {
    private final double[][] kept;
    private int size;
    private int next;

    Losses(int most) {
        this.kept = new double[most][4];
    }

    void add(double without, double inForce, double learned, double weight) {
        double[] row = kept[next];
        row[0] = without;
        row[1] = inForce;
        row[2] = learned;
        row[3] = weight;
        next = (next + 1) % kept.length;
        size = Math.min(size + 1, kept.length);
    }

    int size() {
        return size;
    }

    double without() {
        return mean(0);
    }

    double inForce() {
        return mean(1);
    }

    double learned() {
        return mean(2);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            for (double number : oldest(i)) {
                out.writeDouble(number);
            }
        }
    }

    void read(DataInput in) throws IOException {
        int count = Sizes.read(in, kept.length);
        for (int i = 0; i < count; i++) {
            add(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        }
    }

    private double mean(int column) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < size; i++) {
            sum += oldest(i)[column];
            weight += oldest(i)[3];
        }
        return weight == 0 ? 0 : sum / weight;
    }

    /// In the order in which they came: sums must not depend on where the ring begins.
    private double[] oldest(int i) {
        return kept[(next - size + i + kept.length) % kept.length];
    }
}
