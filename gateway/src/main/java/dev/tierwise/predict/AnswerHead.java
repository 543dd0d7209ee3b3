package dev.tierwise.predict;

import dev.tierwise.learn.Forest;
import java.nio.ByteBuffer;
import java.util.List;

/// How likely a small model's answer is right, and how likely larger models would be, seen
/// together: a [Forest] over what a prompt looks like, what is forecast for it, and the evidence of
/// the answer itself. Immutable, thread-safe.
public final class AnswerHead {
    private final Forest forest;

    /// @param forest foretells the small model first, then the larger ones
    public AnswerHead(Forest forest) {
        this.forest = forest;
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
        return new AnswerHead(
                Forest.grow(
                        rows.toArray(double[][]::new), targets.toArray(double[][]::new), growth));
    }

    /// The probability of each model, the small one first.
    public double[] of(double[] row) {
        return forest.of(row);
    }

    /// The head as bytes.
    public byte[] bytes() {
        return forest.bytes();
    }

    /// Reads what [#bytes] wrote.
    public static AnswerHead read(byte[] bytes) {
        return new AnswerHead(Forest.read(ByteBuffer.wrap(bytes)));
    }
}
