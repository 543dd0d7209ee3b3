package dev.tierwise.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How likely each model of a plan is to answer a prompt well, before any of them was asked, and
/// what in the prompt says so. As the weights know mostly hard questions, the caller tells by how
/// much a prompt is easier than it looks.
///
/// @param good the probability of each model, in the order in which they were named; never lower
///   than that of one named before
/// @param reasons what moved the gain of the last model over the first most, the strongest first
@SuppressWarnings("ArrayRecordComponent") // made for one request, never compared
public record Forecast(double[] good, List<Reason> reasons) {
    private static final int REASONS = 5;

    /// The column of all directions together in explanations.
    private static final String TOPIC = "topic";

    public Forecast {
        reasons = List.copyOf(reasons);
    }

    /// One trait of a prompt, and what it did.
    ///
    /// @param trait the word of a [Shape], or `topic` for the prompt's words
    /// @param gain by how much it raises the probability that the last model is right where the
    ///   first is not; below 0 where it speaks for the first
    public record Reason(String trait, double gain) {}

    /// Forecasts for a prompt that is as hard as it looks.
    public static Forecast of(Prior prior, Sight sight, List<String> models) {
        return of(prior, sight, models, 0);
    }

    /// Forecasts.
    ///
    /// @param models names from which the size is read, the weakest first
    /// @param ease by how much the logarithm of the odds is higher than the weights say, for all
    ///   models alike: what is easier brings them closer together. 0 for questions with one right
    ///   answer; about 1.5 for narrow everyday work such as labels, extracts, summaries and
    ///   translations, which the weights have not seen
    public static Forecast of(Prior prior, Sight sight, List<String> models, double ease) {
        double[] traits = prior.traits(sight);
        double[] good = new double[models.size()];
        for (int m = 0; m < good.length; m++) {
            double raw = eased(prior.raw(SizeClass.of(models.get(m)), traits), ease);
            good[m] = m == 0 ? raw : Math.max(raw, good[m - 1]);
        }
        List<Reason> reasons = models.size() < 2 ? List.of() : reasons(prior, traits, models, good);
        return new Forecast(good, reasons);
    }

    private static double eased(double good, double ease) {
        return ease == 0 ? good : 1 / (1 + (1 - good) / good * Math.exp(-ease));
    }

    /// To the first order: a column's weight times its value, times how far the probability still
    /// moves there.
    private static List<Reason> reasons(
            Prior prior, double[] traits, List<String> models, double[] good) {
        double[] low = prior.weights(SizeClass.of(models.getFirst()));
        double[] high = prior.weights(SizeClass.of(models.getLast()));
        double lowMoves = good[0] * (1 - good[0]);
        double highMoves = good[good.length - 1] * (1 - good[good.length - 1]);
        var reasons = new ArrayList<Reason>();
        double topic = 0;
        for (int c = 0; c < traits.length; c++) {
            double gain = traits[c] * (high[c] * highMoves - low[c] * lowMoves);
            if (c < prior.directions() || c >= prior.directions() + Shape.OF_TEXT) {
                topic += gain;
            } else {
                reasons.add(new Reason(Shape.at(c - prior.directions()).word(), gain));
            }
        }
        reasons.add(new Reason(TOPIC, topic));
        reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.gain)));
        return reasons.subList(0, REASONS);
    }

    @Override
    public String toString() {
        return "Forecast" + Arrays.toString(good) + reasons;
    }
}
