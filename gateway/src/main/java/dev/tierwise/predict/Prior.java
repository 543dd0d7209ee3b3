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
    private static final Packed.Kind KIND = new Packed.Kind(0x54575052, 2, Shape.OF_TEXT);

    /// How much a column of the shape counts against a direction.
    private static final double SHAPE = .4;

    /// No column is further from its mean than this many standard deviations.
    private static final double FAR = 4;

    /// How long the topics' column vector is.
    private static final double TOPICS = 3;

    private final Directions directions;
    private final Scale scale;
    private final Topics topics;
    private final List<Logistic> classes;

    /// What brings the shape's columns to one scale.
    ///
    /// @param mean of each column
    /// @param spread the standard deviation of each column
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
    record Scale(double[] mean, double[] spread) {}

    /// What prompts are about.
    ///
    /// @param weights of each word, one a topic, as bytes
    /// @param scales what a byte of each topic is worth
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
    record Topics(byte[] weights, float[] scales) {
        static Topics of(float[][] weights, int count) {
            float[] scales = new float[count];
            for (int i = 0; i < Sight.WORDS; i++) {
                for (int t = 0; t < count; t++) {
                    scales[t] = Math.max(scales[t], Math.abs(weights[i][t]) / 127);
                }
            }
            byte[] bytes = new byte[Sight.WORDS * count];
            for (int i = 0; i < bytes.length; i++) {
                float scale = scales[i % count];
                bytes[i] =
                        (byte) (scale == 0 ? 0 : Math.round(weights[i / count][i % count] / scale));
            }
            return new Topics(bytes, scales);
        }

        /// Where a prompt stands among the topics: a vector of length `length`, or of length 0 for
        /// a prompt of unknown words.
        void put(Sight sight, double length, double[] traits, int at) {
            int count = scales.length;
            float[] sums = new float[count];
            int[] words = sight.words();
            for (int i = 0; i < words.length; i++) {
                if (words[i] < Sight.WORDS) {
                    int from = words[i] * count;
                    float amount = sight.amount(i);
                    for (int t = 0; t < count; t++) {
                        sums[t] += amount * weights[from + t];
                    }
                }
            }
            double squares = 0;
            for (int t = 0; t < count; t++) {
                traits[at + t] = (double) sums[t] * scales[t];
                squares += traits[at + t] * traits[at + t];
            }
            double by = squares == 0 ? 0 : length / Math.sqrt(squares);
            for (int t = 0; t < count; t++) {
                traits[at + t] *= by;
            }
        }
    }

    /// @param directions each of about one standard deviation
    /// @param classes one head for each [SizeClass]
    Prior(Directions directions, Scale scale, Topics topics, List<Logistic> classes) {
        this.directions = directions;
        this.scale = scale;
        this.topics = topics;
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
    /// text, then its topics, brought to one scale.
    public double[] traits(Sight sight) {
        double[] traits = new double[columns()];
        directions.put(sight, traits);
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            double off = (sight.shape()[s] - scale.mean[s]) / scale.spread[s];
            traits[directions.count() + s] = SHAPE * Math.clamp(off, -FAR, FAR);
        }
        topics.put(sight, TOPICS, traits, directions.count() + Shape.OF_TEXT);
        return traits;
    }

    /// The part of [#traits] that says how a prompt is made.
    public double[] shape(double[] traits) {
        return Arrays.copyOfRange(traits, directions.count(), directions.count() + Shape.OF_TEXT);
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
        return directions.count() + Shape.OF_TEXT + topics.scales.length;
    }

    /// How many of the columns are directions.
    int directions() {
        return directions.count();
    }

    /// The same directions with other heads.
    Prior with(List<Logistic> heads) {
        return new Prior(directions, scale, topics, heads);
    }

    /// The file: a head, then all numbers, deflated.
    public byte[] bytes() {
        int columns = columns() + 1;
        int size =
                4
                        + directions.size()
                        + topics.scales.length * (4 + Sight.WORDS)
                        + Shape.OF_TEXT * 16
                        + SizeClass.values().length * columns * 8;
        ByteBuffer body = ByteBuffer.allocate(size).putInt(topics.scales.length);
        directions.write(body);
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            body.putDouble(scale.mean[s]).putDouble(scale.spread[s]);
        }
        for (float worth : topics.scales) {
            body.putFloat(worth);
        }
        body.put(topics.weights);
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
        int about = body.getInt();
        Directions directions = Directions.read(body);
        double[] mean = new double[Shape.OF_TEXT];
        double[] spread = new double[Shape.OF_TEXT];
        for (int s = 0; s < Shape.OF_TEXT; s++) {
            mean[s] = body.getDouble();
            spread[s] = body.getDouble();
        }
        float[] scales = new float[about];
        for (int t = 0; t < about; t++) {
            scales[t] = body.getFloat();
        }
        byte[] words = new byte[about * Sight.WORDS];
        body.get(words);
        var classes = new ArrayList<Logistic>();
        for (SizeClass _ : SizeClass.values()) {
            double[] weights = new double[directions.count() + Shape.OF_TEXT + about + 1];
            for (int c = 0; c < weights.length; c++) {
                weights[c] = body.getDouble();
            }
            classes.add(new Logistic(weights));
        }
        return new Prior(directions, new Scale(mean, spread), new Topics(words, scales), classes);
    }
}
