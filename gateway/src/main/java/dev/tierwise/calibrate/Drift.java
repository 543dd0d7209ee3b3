package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Says when traffic is no longer what it was calibrated on. Scores are compared in windows of 500
/// with those of the calibration; a rate, such as how often two models agree, is watched one by
/// one. After an alarm the watch begins anew. Thread-safe; an observation takes a few steps and
/// allocates nothing unless there is an alarm.
///
/// *Scores.* The population stability index over fifths of the calibration's scores, with the limit
/// that it passes once in 1,000 windows while nothing changes, in the mean over calibrations: it is
/// then chi-squared, times the sum of one over the rows on either side (Yurdakul, Naranjo 2020,
/// Statistical Properties of the Population Stability Index). The usual limits of 0.1 and 0.25 do
/// not know how many rows there are.
///
/// *Rate.* Two CUSUMs (Page 1954) of log-likelihood ratios against a rise and a fall by ten points.
/// With the true rate there is a false alarm in 100,000 outcomes at most, in the mean (Lorden
/// 1971); a rate that is known to five points only does no harm.
public final class Drift {
    private static final int WINDOW = 500;
    private static final int PARTS = 5;
    private static final int FEWEST = 100;
    private static final double FALSE_ALARMS = 0.001;
    private static final double LIMIT_OF_RATE = Math.log(2 * 100_000);
    private static final double CHANGE = 0.1;
    private static final double EDGE = 0.01;

    private final double[] edges;
    private final double[] expected;
    private final double limit;
    private final int[] seen;
    private final double rate;
    private int filled;
    private double rise;
    private double fall;

    private Drift(double[] sorted, double rate) {
        this.rate = Math.clamp(Checks.share(rate), EDGE, 1 - EDGE);
        // A fifth may be a single score, or two: then there are fewer parts.
        edges =
                Arrays.stream(new int[] {1, 2, 3, 4})
                        .mapToDouble(part -> sorted[sorted.length * part / PARTS])
                        .filter(edge -> edge > sorted[0])
                        .distinct()
                        .toArray();
        expected = new double[edges.length + 1];
        for (double score : sorted) {
            expected[part(score)] += 1;
        }
        smooth(expected, sorted.length);
        seen = new int[expected.length];
        limit =
                edges.length == 0
                        ? Double.POSITIVE_INFINITY
                        : Special.chiSquaredQuantile(1 - FALSE_ALARMS, edges.length)
                                * (1.0 / sorted.length + 1.0 / WINDOW);
    }

    /// Begins.
    ///
    /// @param scores of the calibration, 100 at least, none of them NaN
    /// @param rate of the calibration, 0 to 1; taken as 0.01 to 0.99
    public static Drift from(double[] scores, double rate) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length < FEWEST || Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    FEWEST + " scores or more, without NaN, are needed: " + sorted.length);
        }
        return new Drift(sorted, rate);
    }

    /// A request's score.
    ///
    /// @return an alarm, at the end of a window only
    public synchronized Optional<Alarm> score(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("a score is a number");
        }
        seen[part(score)]++;
        if (++filled < WINDOW) {
            return Optional.empty();
        }
        var found = new double[seen.length];
        Arrays.setAll(found, part -> seen[part]);
        smooth(found, WINDOW);
        filled = 0;
        Arrays.fill(seen, 0);
        double index = 0;
        for (int part = 0; part < found.length; part++) {
            double more = found[part] - expected[part];
            index += more * Math.log(found[part] / expected[part]);
        }
        return index > limit
                ? Optional.of(new Alarm(What.SCORES, index, limit, moved(found)))
                : Optional.empty();
    }

    /// What came of one try, such as whether two models agreed.
    public synchronized Optional<Alarm> outcome(boolean success) {
        rise = Math.max(0, rise + ratio(success, rate + Math.min(CHANGE, (1 - rate) / 2)));
        fall = Math.max(0, fall + ratio(success, rate - Math.min(CHANGE, rate / 2)));
        if (Math.max(rise, fall) <= LIMIT_OF_RATE) {
            return Optional.empty();
        }
        boolean more = rise > fall;
        double found = Math.max(rise, fall);
        rise = 0;
        fall = 0;
        return Optional.of(
                new Alarm(
                        more ? What.RATE_ROSE : What.RATE_FELL,
                        found,
                        LIMIT_OF_RATE,
                        String.format(
                                Locale.ROOT,
                                "the rate is clearly %s %.0f %%, that of the calibration",
                                more ? "above" : "below",
                                rate * 100)));
    }

    /// What drifted.
    public enum What {
        /// Scores are spread otherwise.
        SCORES,
        /// The rate is higher.
        RATE_ROSE,
        /// The rate is lower.
        RATE_FELL
    }

    /// Traffic is no longer what it was calibrated on.
    ///
    /// @param what drifted
    /// @param found the index of the scores, or the logarithm of how much likelier a changed rate
    ///   is
    /// @param limit that it passed
    /// @param words for a person: what is otherwise
    public record Alarm(What what, double found, double limit, String words) {}

    private int part(double score) {
        int part = 0;
        while (part < edges.length && score >= edges[part]) {
            part++;
        }
        return part;
    }

    /// Counts to shares, with half a row more in each part so that none is 0.
    private static void smooth(double[] counts, double rows) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (counts[i] + 0.5) / (rows + 0.5 * counts.length);
        }
    }

    private double ratio(boolean success, double other) {
        return success ? Math.log(other / rate) : Math.log((1 - other) / (1 - rate));
    }

    /// The part of the scores that changed most.
    private String moved(double[] found) {
        int most = 0;
        for (int part = 1; part < found.length; part++) {
            if (Math.abs(found[part] - expected[part]) > Math.abs(found[most] - expected[most])) {
                most = part;
            }
        }
        var from =
                most == 0 ? "below" : String.format(Locale.ROOT, "from %.3g to", edges[most - 1]);
        var to =
                most == edges.length
                        ? "the highest"
                        : String.format(Locale.ROOT, "%.3g", edges[most]);
        return String.format(
                Locale.ROOT,
                "of the scores %s %s there are %.0f %% instead of %.0f %%",
                from,
                to,
                found[most] * 100,
                expected[most] * 100);
    }
}
