package dev.tierwise.experience;

import dev.tierwise.learn.Logistic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Learns how far the probabilities of one model are off: an addition to their logit, of a
/// constant, one number for each task and one for each column. Each number is a normal variable
/// about 0, narrowed down by every outcome (an extended Kalman filter with a diagonal covariance),
/// so that few outcomes move little, and widened a little each time, so that old ones are
/// forgotten.
///
/// What is learned is put in force only while it foretells outcomes, before it has seen them, no
/// worse than no correction does. For one thread.
final class Correction {
    /// Outcomes that a correction is tested on, and the fewest of them.
    static final int TESTED = 200;

    static final int FEWEST = 50;

    /// After so many outcomes it is seen whether what is learned comes in force.
    private static final int EVERY = 10;

    private static final int MOST_TASKS = 64;

    /// No number is larger: odds of 55 to 1.
    private static final double MOST = 4;

    private final Shape shape;
    private final double[] weights;
    private final double[] doubts;
    private final Map<String, double[]> tasks = new LinkedHashMap<>();
    private final Losses losses = new Losses(TESTED);
    private long examples;
    private @Nullable Addition inForce;

    /// How wide the numbers are before anything was seen, and how fast old outcomes are forgotten.
    ///
    /// @param columns how many there are
    /// @param constant standard deviation of the constant
    /// @param task that of a task's number
    /// @param column that of a column's number
    /// @param memory outcomes after which a number is as wide as before, if nothing speaks to it
    record Shape(int columns, double constant, double task, double column, double memory) {
        /// For what is foretold of prompts.
        static Shape ofPrompts(int traits) {
            return new Shape(traits, 1, .7, .1, 4_000);
        }

        /// For what is judged of answers: the column is the logit itself.
        static Shape ofAnswers() {
            return new Shape(1, 1, .7, .3, 4_000);
        }
    }

    /// What is added to a logit. Immutable.
    ///
    /// @param weights the constant, then one a column
    /// @param tasks one a task
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Addition(double[] weights, Map<String, Double> tasks) {
        double to(double odds, String task, double[] columns) {
            double sum = odds + weights[0] + tasks.getOrDefault(task, 0.0);
            int width = Math.min(columns.length, weights.length - 1);
            for (int c = 0; c < width; c++) {
                sum += weights[c + 1] * columns[c];
            }
            return Logistic.chance(sum);
        }

        void write(DataOutput out) throws IOException {
            for (double weight : weights) {
                out.writeDouble(weight);
            }
            out.writeInt(tasks.size());
            for (var task : new TreeMap<>(tasks).entrySet()) {
                out.writeUTF(task.getKey());
                out.writeDouble(task.getValue());
            }
        }

        static Addition read(DataInput in, int width) throws IOException {
            double[] weights = new double[width];
            for (int i = 0; i < width; i++) {
                weights[i] = in.readDouble();
            }
            var tasks = new HashMap<String, Double>();
            int count = Sizes.read(in, MOST_TASKS);
            for (int i = 0; i < count; i++) {
                tasks.put(in.readUTF(), in.readDouble());
            }
            return new Addition(weights, Map.copyOf(tasks));
        }
    }

    Correction(Shape shape) {
        this.shape = shape;
        this.weights = new double[shape.columns + 1];
        this.doubts = new double[weights.length];
        Arrays.fill(doubts, shape.column * shape.column);
        doubts[0] = shape.constant * shape.constant;
    }

    /// For people.
    ///
    /// @param of `prompts` or `answers`
    Status.Learned status(String model, String of) {
        return new Status.Learned(
                model,
                of,
                examples,
                inForce != null,
                losses.size(),
                losses.without(),
                losses.learned(),
                weights[0]);
    }

    /// What is used now; null for no correction.
    @Nullable Addition inForce() {
        return inForce;
    }

    /// Learns from one outcome.
    ///
    /// @param weight how many outcomes it counts for
    void learn(double foretold, String task, double[] columns, double outcome, double weight) {
        double odds = Logistic.odds(foretold);
        double[] own = tasks.size() < MOST_TASKS || tasks.containsKey(task) ? taskOf(task) : null;
        double chance = Logistic.chance(margin(odds, own, columns));
        double before = inForce == null ? foretold : inForce.to(odds, task, columns);
        losses.add(
                loss(Logistic.chance(odds), outcome) * weight,
                loss(before, outcome) * weight,
                loss(chance, outcome) * weight,
                weight);
        update(own, columns, outcome - chance, chance * (1 - chance), weight);
        examples++;
        if (losses.size() >= FEWEST && examples % EVERY == 0) {
            decide();
        }
    }

    /// Corrects what was learned from an outcome that was another, `push` higher times its weight.
    void push(String task, double[] columns, double push) {
        double[] own = tasks.get(task);
        weights[0] = held(weights[0] + doubts[0] * push);
        if (own != null) {
            own[0] = held(own[0] + own[1] * push);
        }
        for (int c = 0; c < width(columns); c++) {
            weights[c + 1] = held(weights[c + 1] + doubts[c + 1] * columns[c] * push);
        }
    }

    Shape shape() {
        return shape;
    }

    private int width(double[] columns) {
        return Math.min(columns.length, shape.columns);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(shape.columns);
        out.writeBoolean(shape.equals(Shape.ofAnswers()));
        out.writeLong(examples);
        for (int i = 0; i < weights.length; i++) {
            out.writeDouble(weights[i]);
            out.writeDouble(doubts[i]);
        }
        out.writeInt(tasks.size());
        for (var task : tasks.entrySet()) {
            out.writeUTF(task.getKey());
            out.writeDouble(task.getValue()[0]);
            out.writeDouble(task.getValue()[1]);
        }
        losses.write(out);
        out.writeBoolean(inForce != null);
        if (inForce != null) {
            inForce.write(out);
        }
    }

    static Correction read(DataInput in, int mostColumns) throws IOException {
        int columns = Sizes.read(in, mostColumns);
        boolean ofAnswers = in.readBoolean();
        var read = new Correction(ofAnswers ? Shape.ofAnswers() : Shape.ofPrompts(columns));
        read.examples = in.readLong();
        for (int i = 0; i < read.weights.length; i++) {
            read.weights[i] = in.readDouble();
            read.doubts[i] = in.readDouble();
        }
        int tasks = Sizes.read(in, MOST_TASKS);
        for (int i = 0; i < tasks; i++) {
            String task = in.readUTF();
            read.tasks.put(task, new double[] {in.readDouble(), in.readDouble()});
        }
        read.losses.read(in);
        read.inForce = in.readBoolean() ? Addition.read(in, read.weights.length) : null;
        return read;
    }

    private double[] taskOf(String task) {
        return tasks.computeIfAbsent(task, _ -> new double[] {0, shape.task * shape.task});
    }

    private double margin(double odds, double @Nullable [] own, double[] columns) {
        double sum = odds + weights[0] + (own == null ? 0 : own[0]);
        for (int c = 0; c < width(columns); c++) {
            sum += weights[c + 1] * columns[c];
        }
        return sum;
    }

    private void update(
            double @Nullable [] own, double[] columns, double off, double bend, double weight) {
        double spread = doubts[0] + (own == null ? 0 : own[1]);
        for (int c = 0; c < width(columns); c++) {
            spread += doubts[c + 1] * columns[c] * columns[c];
        }
        double share = weight / (1 + weight * bend * spread);
        step(weights, doubts, 0, 1, off * share, bend * share, shape.constant);
        if (own != null) {
            double[] number = {own[0]};
            double[] doubt = {own[1]};
            step(number, doubt, 0, 1, off * share, bend * share, shape.task);
            own[0] = number[0];
            own[1] = doubt[0];
        }
        for (int c = 0; c < width(columns); c++) {
            step(weights, doubts, c + 1, columns[c], off * share, bend * share, shape.column);
        }
    }

    private void step(
            double[] numbers,
            double[] variances,
            int at,
            double x,
            double push,
            double bend,
            double widest) {
        double doubt = variances[at];
        numbers[at] = held(numbers[at] + doubt * x * push);
        double narrowed = doubt - doubt * doubt * x * x * bend;
        double most = widest * widest;
        variances[at] = Math.min(most, narrowed + most / shape.memory);
    }

    private void decide() {
        double without = losses.without();
        double learned = losses.learned();
        if (learned <= without && (inForce == null || learned <= losses.inForce())) {
            var copy = new LinkedHashMap<String, Double>();
            tasks.forEach((name, number) -> copy.put(name, number[0]));
            inForce = new Addition(weights.clone(), Map.copyOf(copy));
        } else if (losses.inForce() > without) {
            inForce = null;
        }
    }

    private static double held(double number) {
        return Math.clamp(number, -MOST, MOST);
    }

    private static double loss(double chance, double outcome) {
        double inside = Math.clamp(chance, 1e-6, 1 - 1e-6);
        return -outcome * Math.log(inside) - (1 - outcome) * Math.log(1 - inside);
    }
}
