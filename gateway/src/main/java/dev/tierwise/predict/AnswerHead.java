package dev.tierwise.predict;

import dev.tierwise.learn.Forest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// How likely a small model's answer is right, and how likely larger models would be, seen
/// together: a [Forest] over what a prompt looks like, what is forecast for it, and the evidence of
/// the answer itself. Immutable, thread-safe.
public final class AnswerHead {
    private static final Packed.Kind KIND = new Packed.Kind(0x5457414A, 1, 0);

    private final Forest forest;
    private final int columns;

    /// @param forest foretells the small model first, then the larger ones
    /// @param columns of the rows that it reads
    private AnswerHead(Forest forest, int columns) {
        this.forest = forest;
        this.columns = columns;
    }

    /// The one that comes with the product: it foretells two models, the small one and a strong
    /// one. Its rows are made of evidence, of what a [Prior] forecasts for the classes of both, and
    /// of [Prior#shape].
    public static AnswerHead shipped() {
        try (InputStream in = AnswerHead.class.getResourceAsStream("judge.bin")) {
            if (in != null && read(in.readAllBytes()) instanceof Made.Good(AnswerHead head)) {
                return head;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new IllegalStateException("the product's own judge is missing or damaged");
    }

    /// The row that the forest reads.
    ///
    /// @param evidence of the answer
    /// @param forecast the probability of each model from the prompt alone, the small one first
    /// @param traits of the prompt
    public static double[] row(double[] evidence, double[] forecast, double[] traits) {
        double[] row = new double[evidence.length + forecast.length + 1 + traits.length];
        System.arraycopy(evidence, 0, row, 0, evidence.length);
        System.arraycopy(forecast, 0, row, evidence.length, forecast.length);
        int at = evidence.length + forecast.length;
        row[at] = forecast[forecast.length - 1] - forecast[0];
        System.arraycopy(traits, 0, row, at + 1, traits.length);
        return row;
    }

    /// Fits a head.
    ///
    /// @param rows from [#row]
    /// @param targets how well each model answered, the small one first
    public static AnswerHead fit(
            List<double[]> rows, List<double[]> targets, Forest.Growth growth) {
        Forest forest =
                Forest.grow(
                        rows.toArray(double[][]::new), targets.toArray(double[][]::new), growth);
        return new AnswerHead(forest, rows.isEmpty() ? 0 : rows.getFirst().length);
    }

    /// The probability of each model, the small one first.
    ///
    /// @param row of [#columns] columns
    public double[] of(double[] row) {
        if (row.length != columns) {
            throw new IllegalArgumentException(
                    row.length + " columns for a judge of " + columns + " columns");
        }
        return forest.of(row);
    }

    /// How many columns the rows have that it reads.
    public int columns() {
        return columns;
    }

    /// The head as a file.
    public byte[] bytes() {
        byte[] trees = forest.bytes();
        ByteBuffer body = ByteBuffer.allocate(4 + trees.length).putInt(columns).put(trees);
        return Packed.pack(KIND, body.array());
    }

    /// What reading gives.
    public sealed interface Made {
        /// A head.
        ///
        /// @param head ready for use
        record Good(AnswerHead head) implements Made {}

        /// Why there is none.
        ///
        /// @param why what is wrong with the bytes
        record Bad(String why) implements Made {}
    }

    /// Reads a file. What is wrong with it is told before anything of its size is made.
    public static Made read(byte[] bytes) {
        return switch (Packed.open(KIND, bytes)) {
            case Packed.Opened.Good(ByteBuffer body) -> {
                int columns = body.getInt();
                yield new Made.Good(new AnswerHead(Forest.read(body), columns));
            }
            case Packed.Opened.Bad(String why) -> new Made.Bad(why);
        };
    }
}
