package dev.tierwise.predict;

import dev.tierwise.learn.Logistic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the results of many models on many prompts say about a new prompt: a few directions in
/// which prompts differ in difficulty, and for each [SizeClass] the probability that a model of it
/// answers well. Immutable, thread-safe.
public final class Prior {
    private static final Packed.Kind KIND = new Packed.Kind(0x54575052, 1, Shape.OF_TEXT);

    /// How much a column of the shape counts against a direction.
    private static final double SHAPE = .4;

    /// No column is further from its mean than this many standard deviations.
    private static final double FAR = 4;

    private final List<Direction> directions;
    private final double[] mean;
    private final double[] spread;
    private final List<Logistic> classes;

    /// A direction in which prompts differ.
    ///
    /// @param weights of each feature, as bytes
    /// @param scale what a byte is worth
    /// @param mean over prompts, subtracted
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
    record Direction(byte[] weights, double scale, double mean) {
        double of(Sight sight) {
            long sum = 0;
            for (int word : sight.words()) {
                sum += weights[word];
            }
            int count = sight.words().length;
            return count == 0 ? 0 : sum * scale / Math.sqrt(count) - mean;
        }
    }

    /// @param directions each of about one standard deviation
    /// @param mean of each column of the shape
    /// @param spread the standard deviation of each column of the shape
    /// @param classes one head for each [SizeClass]
    Prior(List<Direction> directions, double[] mean, double[] spread, List<Logistic> classes) {
        this.directions = List.copyOf(directions);
        this.mean = mean.clone();
        this.spread = spread.clone();
        this.classes = List.copyOf(classes);
    }

    /// The one that comes with the product.
    public static Prior shipped() {
        try (InputStream in = Prior.class.getResourceAsStream("prior.bin")) {
            if (in != null && read(in.readAllBytes()) instanceof Made.Good(Prior prior)) {
                return prior;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new IllegalStateException("the product's own prior is missing or damaged");
    }

    /// The columns of a prompt that heads are fitted on: directions first, then the shape of its
    /// text, brought to one scale.
    public double[] traits(Sight sight) {
        double[] traits = new double[directions.size() + Shape.OF_TEXT];
        for (int d = 0; d < directions.size(); d++) {
            traits[d] = Math.clamp(directions.get(d).of(sight), -FAR, FAR);
        }
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            double off = (sight.shape()[s] - mean[s]) / spread[s];
            traits[directions.size() + s] = SHAPE * Math.clamp(off, -FAR, FAR);
        }
        return traits;
    }

    /// The part of [#traits] that no word has a part in.
    public double[] shape(double[] traits) {
        return Arrays.copyOfRange(traits, directions.size(), traits.length);
    }

    /// The probability that a model of that class answers well; never lower than that of a smaller
    /// class.
    ///
    /// @param traits of the prompt
    public double good(SizeClass size, double[] traits) {
        double most = 0;
        for (int c = 0; c <= size.place(); c++) {
            most = Math.max(most, classes.get(c).of(traits));
        }
        return most;
    }

    /// The probability as its head says, whatever smaller ones say.
    public double raw(SizeClass size, double[] traits) {
        return classes.get(size.place()).of(traits);
    }

    /// The weights of a class, one a column of [#traits], then the constant.
    double[] weights(SizeClass size) {
        return classes.get(size.place()).weights();
    }

    /// How many columns [#traits] has.
    public int columns() {
        return directions.size() + Shape.OF_TEXT;
    }

    /// How many of the columns are directions.
    int directions() {
        return directions.size();
    }

    /// The same directions with other heads.
    Prior with(List<Logistic> heads) {
        return new Prior(directions, mean, spread, heads);
    }

    /// The file: a head, then all numbers, deflated.
    public byte[] bytes() {
        int columns = columns() + 1;
        int size =
                4
                        + directions.size() * (16 + Sight.BUCKETS)
                        + Shape.OF_TEXT * 16
                        + SizeClass.values().length * columns * 8;
        ByteBuffer body = ByteBuffer.allocate(size);
        body.putInt(directions.size());
        for (Direction direction : directions) {
            body.putDouble(direction.scale).putDouble(direction.mean).put(direction.weights);
        }
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            body.putDouble(mean[s]).putDouble(spread[s]);
        }
        for (Logistic head : classes) {
            for (double weight : head.weights()) {
                body.putDouble(weight);
            }
        }
        return Packed.pack(KIND, body.array());
    }

    /// What reading gives.
    public sealed interface Made {
        /// A prior.
        ///
        /// @param prior ready for use
        record Good(Prior prior) implements Made {}

        /// Why there is none.
        ///
        /// @param why what is wrong with the bytes
        record Bad(String why) implements Made {}
    }

    /// Reads a file. What is wrong with it is told before anything of its size is made.
    public static Made read(byte[] bytes) {
        return switch (Packed.open(KIND, bytes)) {
            case Packed.Opened.Good(ByteBuffer body) -> new Made.Good(unpack(body));
            case Packed.Opened.Bad(String why) -> new Made.Bad(why);
        };
    }

    private static Prior unpack(ByteBuffer body) {
        int count = body.getInt();
        var directions = new ArrayList<Direction>(count);
        for (int d = 0; d < count; d++) {
            double scale = body.getDouble();
            double mean = body.getDouble();
            byte[] weights = new byte[Sight.BUCKETS];
            body.get(weights);
            directions.add(new Direction(weights, scale, mean));
        }
        double[] mean = new double[Shape.OF_TEXT];
        double[] spread = new double[Shape.OF_TEXT];
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            mean[s] = body.getDouble();
            spread[s] = body.getDouble();
        }
        var classes = new ArrayList<Logistic>();
        for (SizeClass _ : SizeClass.values()) {
            double[] weights = new double[count + Shape.OF_TEXT + 1];
            for (int c = 0; c < weights.length; c++) {
                weights[c] = body.getDouble();
            }
            classes.add(new Logistic(weights));
        }
        return new Prior(directions, mean, spread, classes);
    }
}
