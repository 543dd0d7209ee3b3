package dev.tierwise.route;

import dev.tierwise.core.ModelCard;

/// A model that may and can answer, and what is expected of it.
///
/// @param model the model
/// @param foretold the chance of a good answer before the user's own experience counts
/// @param good the chance of a good answer
/// @param dollars what an answer is expected to cost
/// @param priceKnown whether its price is known; where it is not, a usual one of its tier is taken
/// @param seconds how long the whole answer is expected to take
public record Candidate(
        ModelCard model,
        double foretold,
        double good,
        double dollars,
        boolean priceKnown,
        double seconds) {
    Way way() {
        return new Way(model.tier(), good, dollars, seconds);
    }

    Candidate chance(double other) {
        return new Candidate(model, foretold, other, dollars, priceKnown, seconds);
    }
}
