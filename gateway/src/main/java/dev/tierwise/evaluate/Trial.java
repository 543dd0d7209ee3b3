package dev.tierwise.evaluate;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be evaluated, and how.
///
/// @param folders of results
/// @param models in the tiers, as the user names them
/// @param prices of a call
/// @param goal that is asked for beside the measures that always come
/// @param sampling how chance is dealt with
public record Trial(Folders folders, Models models, Prices prices, Goal goal, Sampling sampling) {
    /// Where results lie.
    ///
    /// @param train folders to learn from; none for the shipped weights as they are
    /// @param test folders to measure on; where one of them is also a folder to learn from, it is
    ///   cross-validated
    /// @param leaveTaskOut whether each task is measured with what was learned from others
    public record Folders(List<Path> train, List<Path> test, boolean leaveTaskOut) {
        /// Copies.
        public Folders {
            train = List.copyOf(train);
            test = List.copyOf(test);
        }
    }

    /// Names of models, or parts of names that no other model has.
    ///
    /// @param small answers first
    /// @param mid stands between; null for two tiers
    /// @param frontier the strongest
    /// @param second a small model whose agreement is asked for; null for none
    public record Models(
            String small, @Nullable String mid, String frontier, @Nullable String second) {
        /// The tiers, the small one first.
        List<String> tiers() {
            return mid == null ? List.of(small, frontier) : List.of(small, mid, frontier);
        }
    }

    /// What one call costs, in parts of the frontier's price.
    ///
    /// @param small of the small model, 0 or more
    /// @param mid of the mid model
    /// @param second of the second small model
    public record Prices(double small, double mid, double second) {
        /// The usual ones.
        public static final Prices USUAL = new Prices(.01, .1, .01);

        /// Of each tier.
        double[] tiers(boolean three) {
            return three ? new double[] {small, mid, 1} : new double[] {small, 1};
        }
    }

    /// What a user wants of a router.
    ///
    /// @param shares of the tiers, lowest first, their sum 1; null for none
    /// @param lambda the quality that a call at the frontier's price has to bring; null for none
    /// @param floor the part of the frontier's quality that must be reached; null for none
    /// @param worse the share of answers that may be worse than the frontier's
    /// @param confidence of both claims
    public record Goal(
            @Nullable List<Double> shares,
            @Nullable Double lambda,
            @Nullable Double floor,
            double worse,
            double confidence) {}

    /// How chance is dealt with.
    ///
    /// @param labels judged rows that a floor is set by
    /// @param repeats how often that is tried
    /// @param resamples of each interval
    /// @param seed of all that is drawn
    public record Sampling(int labels, int repeats, int resamples, long seed) {}
}
