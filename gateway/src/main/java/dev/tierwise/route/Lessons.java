package dev.tierwise.route;

import org.jspecify.annotations.Nullable;

/// What the user's own traffic has taught. Asked for every request; never waits.
public interface Lessons {
    /// Nothing yet.
    Lessons NONE =
            new Lessons() {
                @Override
                public double corrected(
                        String model, String task, double[] traits, double foretold) {
                    return foretold;
                }

                @Override
                public double judged(String model, String task, double probability) {
                    return probability;
                }

                @Override
                public Claim claim() {
                    return Claim.NONE;
                }
            };

    /// The chance that a model answers well, corrected.
    ///
    /// @param traits of the prompt
    /// @param foretold without the user's own experience
    double corrected(String model, String task, double[] traits, double foretold);

    /// The chance that an answer is good, corrected.
    ///
    /// @param probability without the user's own experience
    double judged(String model, String task, double probability);

    /// What is guaranteed of the cascade, where the user asked for a guarantee.
    Claim claim();

    /// A guarantee and how it stands.
    ///
    /// @param threshold requests that need the frontier so much or more may not stay below it; null
    ///   where nothing is proven
    /// @param words for explanations, such as `not enough data yet: 40 of about 420 rows`; empty
    ///   where no guarantee was asked for
    record Claim(@Nullable Double threshold, String words) {
        /// Nobody asked for one.
        public static final Claim NONE = new Claim(null, "");
    }
}
