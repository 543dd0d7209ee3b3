package dev.tierwise.experience;

import dev.tierwise.learn.Logistic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What is added to the logit of a probability. Immutable.
///
/// @param constant for every prompt
/// @param slope what the logit itself is multiplied with, always above 0 so that no order is turned
/// @param columns one a column
/// @param tasks one a task
@SuppressWarnings("ArrayRecordComponent") // never compared
record Addition(double constant, double slope, double[] columns, Map<String, Double> tasks) {
    private static final int MOST_TASKS = 1_000;

    Addition {
        tasks = Map.copyOf(tasks);
    }

    /// The probability that comes of it.
    ///
    /// @param traits of the prompt; more or fewer than the columns are left out of account
    double to(double probability, String task, double[] traits) {
        double sum = Logistic.odds(probability) * slope + constant + tasks.getOrDefault(task, 0.0);
        int width = Math.min(traits.length, columns.length);
        for (int c = 0; c < width; c++) {
            sum += columns[c] * traits[c];
        }
        return Logistic.chance(sum);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(constant);
        out.writeDouble(slope);
        for (double column : columns) {
            out.writeDouble(column);
        }
        out.writeInt(tasks.size());
        for (var task : new TreeMap<>(tasks).entrySet()) {
            out.writeUTF(task.getKey());
            out.writeDouble(task.getValue());
        }
    }

    static Addition read(DataInput in, int width) throws IOException {
        double constant = in.readDouble();
        double slope = in.readDouble();
        double[] columns = new double[width];
        for (int c = 0; c < width; c++) {
            columns[c] = in.readDouble();
        }
        var tasks = new HashMap<String, Double>();
        int count = Sizes.read(in, MOST_TASKS);
        for (int i = 0; i < count; i++) {
            tasks.put(in.readUTF(), in.readDouble());
        }
        return new Addition(constant, slope, columns, tasks);
    }
}
