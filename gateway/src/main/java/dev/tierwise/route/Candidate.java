package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;

/// A model that may and can answer, and what is expected of it.
///
/// @param model the model
/// @param foretold the chance of a good answer before the user's own experience counts
/// @param good the chance of a good answer
/// @param dollars what an answer is expected to cost
/// @param priceKnown whether its price is known; where it is not, a usual one of its tier is taken
/// @param seconds how long the whole answer is expected to take
/// @param place in its tier, by the order of the configuration, from 0
public record Candidate(
        ModelCard model,
        double foretold,
        double good,
        double dollars,
        boolean priceKnown,
        double seconds,
        int place) {
    /// Seconds that a small model may take longer than a larger one where no price decides: more
    /// than any answer takes, for who is in a hurry says so with a deadline.
    private static final double HEAD_START = 1_000;

    /// Ends with its answer. Among equals the first of its tier is taken: each later one has to be
    /// quicker by a second and by a quarter, or else every measurement would change the model. And
    /// where a larger model costs nothing, the smaller one has a head start.
    Way way() {
        double behind = place * Math.max(1, .25 * seconds);
        boolean gift = model.tier() != Tier.LOCAL && dollars == 0;
        return new Way(model.tier(), good, dollars, seconds + behind + (gift ? HEAD_START : 0));
    }

    /// What is spent when it is asked for somebody else's sake.
    Way spent() {
        return new Way(model.tier(), good, dollars, seconds);
    }

    Candidate chance(double other) {
        return new Candidate(model, foretold, other, dollars, priceKnown, seconds, place);
    }
}
