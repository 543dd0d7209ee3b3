package dev.tierwise.route;

import dev.tierwise.core.Tier;

/// One way in which a request could end.
///
/// @param tier whose answer the client would get
/// @param good the chance that it is good
/// @param dollars what is still to be paid for it
/// @param seconds how long the answer itself takes
/// @param wasted seconds on the way to it that bring nothing but knowledge
record Way(Tier tier, double good, double dollars, double seconds, double wasted) {
    Way(Tier tier, double good, double dollars, double seconds) {
        this(tier, good, dollars, seconds, 0);
    }

    /// The same after something was paid and waited for that the client does not get.
    Way after(double moreDollars, double lost) {
        return new Way(tier, good, dollars + moreDollars, seconds, wasted + lost);
    }

    /// The same with another chance.
    Way chance(double other) {
        return new Way(tier, other, dollars, seconds, wasted);
    }
}
