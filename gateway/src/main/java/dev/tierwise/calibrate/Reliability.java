package dev.tierwise.calibrate;

import java.util.ArrayList;
import java.util.List;

/// How far probabilities can be taken at their word.
public final class Reliability {
    private Reliability() {}

    /// The expected calibration error: the mean distance between what was foretold and what came,
    /// in bins of equal width, weighted by rows (Naeini, Cooper, Hauskrecht 2015; Guo et al. 2017,
    /// arXiv 1706.04599). Few rows a bin make it too large: a perfect forecast of 500 rows in 10
    /// bins has about 0.04. 0 where there is no row.
    ///
    /// @param probabilities what was foretold, one a row, from 0 to 1
    /// @param outcomes what came, from 0 to 1
    /// @param bins how many, 1 at least; 10 or 15 are usual
    public static double ece(double[] probabilities, double[] outcomes, int bins) {
        double sum = 0;
        for (var bin : bins(probabilities, outcomes, bins)) {
            sum += bin.rows() * Math.abs(bin.foretold() - bin.came());
        }
        return probabilities.length == 0 ? 0 : sum / probabilities.length;
    }

    /// The mean squared distance between what was foretold and what came (Brier 1950). 0 where
    /// there is no row.
    public static double brier(double[] probabilities, double[] outcomes) {
        Checks.sameLength(probabilities.length, outcomes.length);
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            double error = Checks.share(probabilities[i]) - Checks.share(outcomes[i]);
            sum += error * error;
        }
        return outcomes.length == 0 ? 0 : sum / outcomes.length;
    }

    /// The bins that have rows, for a diagram; parameters as in [#ece].
    public static List<Bin> bins(double[] probabilities, double[] outcomes, int bins) {
        Checks.sameLength(probabilities.length, outcomes.length);
        Checks.positive(bins);
        var rows = new int[bins];
        var foretold = new double[bins];
        var came = new double[bins];
        for (int i = 0; i < outcomes.length; i++) {
            int bin = Math.min((int) (Checks.share(probabilities[i]) * bins), bins - 1);
            rows[bin]++;
            foretold[bin] += probabilities[i];
            came[bin] += Checks.share(outcomes[i]);
        }
        var filled = new ArrayList<Bin>();
        for (int bin = 0; bin < bins; bin++) {
            if (rows[bin] > 0) {
                filled.add(new Bin(foretold[bin] / rows[bin], came[bin] / rows[bin], rows[bin]));
            }
        }
        return List.copyOf(filled);
    }

    /// Rows with similar probabilities.
    ///
    /// @param foretold their mean probability
    /// @param came their mean outcome
    /// @param rows how many
    public record Bin(double foretold, double came, int rows) {}
}
