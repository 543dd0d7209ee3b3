package dev.tierwise.experience;

import dev.tierwise.learn.Logistic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Learns how far the probabilities of one model are off: an addition to their logit, of a
/// constant, a part of the logit itself, one number for each column and one for each task. The
/// numbers are normal variables about 0, narrowed down together by every outcome (an extended
/// Kalman filter, which is Newton's method one row at a time) and widened a little each time, so
/// that old outcomes are forgotten. Few outcomes move little, and their order hardly matters.
///
/// What is learned is put in force only while it foretells outcomes, before it has seen them, no
/// worse than no correction does. For one thread.
final class Correction {
    /// Outcomes that a correction is tested on, and the fewest of them.
    static final int TESTED = 200;

    static final int FEWEST = 50;

    /// After so many outcomes it is seen whether what is learned comes in force.
    private static final int EVERY = 10;

    private static final int MOST_TASKS = 24;

    /// Standard deviations before anything was seen.
    private static final double CONSTANT = 1;

    private static final double SLOPE = .3;
    private static final double COLUMN = .2;
    private static final double TASK = 1;

    /// By how much of what it was at first a variance grows with each outcome.
    private static final double FORGETTING = 2e-5;

    /// The logit is brought to the scale of the columns.
    private static final double LOGITS = 2;

    private static final double LEAST_SLOPE = .1;
    private static final double LEAST_BEND = .01;
    private static final int FIXED = 2;

    private final int columns;
    private final double[] weights;
    private final double[][] doubts;
    private final Map<String, Integer> tasks = new LinkedHashMap<>();
    private final Losses losses = new Losses(TESTED);
    private long examples;
    private @Nullable Addition inForce;

    /// @param columns traits of a prompt that are learned from
    Correction(int columns) {
        this.columns = columns;
        this.weights = new double[FIXED + columns + MOST_TASKS];
        this.doubts = new double[weights.length][weights.length];
        for (int i = 0; i < weights.length; i++) {
            doubts[i][i] = first(i);
        }
    }

    private double first(int i) {
        double spread = i == 0 ? CONSTANT : i == 1 ? SLOPE : i < FIXED + columns ? COLUMN : TASK;
        return spread * spread;
    }

    int columns() {
        return columns;
    }

    /// What is used now; null for no correction.
    @Nullable Addition inForce() {
        return inForce;
    }

    /// Learns from one outcome.
    ///
    /// @param weight how many outcomes it counts for
    void learn(double foretold, String task, double[] traits, double outcome, double weight) {
        if (tasks.size() < MOST_TASKS) {
            tasks.putIfAbsent(task, tasks.size());
        }
        double[] row = row(foretold, task, traits);
        double chance = Logistic.chance(Logistic.odds(foretold) + product(weights, row));
        double before = inForce == null ? foretold : inForce.to(foretold, task, traits);
        losses.add(
                loss(foretold, outcome) * weight,
                loss(before, outcome) * weight,
                loss(chance, outcome) * weight,
                weight);
        update(row, outcome - chance, chance * (1 - chance), weight);
        examples++;
        if (losses.size() >= FEWEST && examples % EVERY == 0) {
            decide();
        }
    }

    /// Corrects what was learned from an outcome that was another.
    ///
    /// @param push by how much higher it was, times its weight
    void push(double foretold, String task, double[] traits, double push) {
        double[] row = row(foretold, task, traits);
        for (int i = 0; i < size(); i++) {
            weights[i] += product(doubts[i], row) * push;
        }
    }

    private double[] row(double foretold, String task, double[] traits) {
        double[] row = new double[size()];
        row[0] = 1;
        row[1] = Logistic.odds(foretold) / LOGITS;
        System.arraycopy(traits, 0, row, FIXED, Math.min(traits.length, columns));
        Integer place = tasks.get(task);
        if (place != null) {
            row[FIXED + columns + place] = 1;
        }
        return row;
    }

    /// How many of the weights are used.
    private int size() {
        return FIXED + columns + tasks.size();
    }

    private void update(double[] row, double off, double bend, double weight) {
        int size = row.length;
        double[] spread = new double[size];
        for (int i = 0; i < size; i++) {
            spread[i] = product(doubts[i], row);
        }
        double held = Math.max(bend, LEAST_BEND);
        double share = weight / (1 + weight * held * product(spread, row));
        for (int i = 0; i < size; i++) {
            weights[i] += spread[i] * off * share;
            for (int j = 0; j <= i; j++) {
                double narrowed = doubts[i][j] - spread[i] * spread[j] * held * share;
                doubts[i][j] = narrowed;
                doubts[j][i] = narrowed;
            }
            double first = first(i);
            doubts[i][i] = Math.min(first, doubts[i][i] + FORGETTING * first);
        }
    }

    private void decide() {
        double without = losses.without();
        double learned = losses.learned();
        if (learned <= without && (inForce == null || learned <= losses.inForce())) {
            inForce = addition();
        } else if (losses.inForce() > without) {
            inForce = null;
        }
    }

    private Addition addition() {
        double[] own = new double[columns];
        System.arraycopy(weights, FIXED, own, 0, columns);
        var ofTasks = new HashMap<String, Double>();
        tasks.forEach((task, place) -> ofTasks.put(task, weights[FIXED + columns + place]));
        double slope = Math.max(LEAST_SLOPE, 1 + weights[1] / LOGITS);
        return new Addition(weights[0], slope, own, ofTasks);
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

    void write(DataOutput out) throws IOException {
        out.writeInt(columns);
        out.writeLong(examples);
        out.writeInt(tasks.size());
        for (String task : tasks.keySet()) {
            out.writeUTF(task);
        }
        for (int i = 0; i < size(); i++) {
            out.writeDouble(weights[i]);
            for (int j = 0; j <= i; j++) {
                out.writeDouble(doubts[i][j]);
            }
        }
        losses.write(out);
        out.writeBoolean(inForce != null);
        if (inForce != null) {
            inForce.write(out);
        }
    }

    static Correction read(DataInput in, int mostColumns) throws IOException {
        var read = new Correction(Sizes.read(in, mostColumns));
        read.examples = in.readLong();
        int tasks = Sizes.read(in, MOST_TASKS);
        for (int i = 0; i < tasks; i++) {
            read.tasks.put(in.readUTF(), i);
        }
        for (int i = 0; i < read.size(); i++) {
            read.weights[i] = in.readDouble();
            for (int j = 0; j <= i; j++) {
                double doubt = in.readDouble();
                read.doubts[i][j] = doubt;
                read.doubts[j][i] = doubt;
            }
        }
        read.losses.read(in);
        read.inForce = in.readBoolean() ? Addition.read(in, read.columns) : null;
        return read;
    }

    /// Over the length of `row`.
    private static double product(double[] all, double[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += all[i] * row[i];
        }
        return sum;
    }

    private static double loss(double chance, double outcome) {
        double inside = Math.clamp(chance, 1e-3, 1 - 1e-3);
        return -outcome * Math.log(inside) - (1 - outcome) * Math.log(1 - inside);
    }
}
