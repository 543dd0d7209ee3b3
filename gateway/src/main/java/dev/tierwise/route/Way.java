package dev.tierwise.route;

import dev.tierwise.core.Tier;

/// One way in which a request could end.
///
/// @param tier whose answer the client would get
/// @param good the chance that it is good
/// @param dollars what is still to be paid for it
/// @param seconds how long it still takes
record Way(Tier tier, double good, double dollars, double seconds) {
    /// The same after something else was paid and waited for.
    Way after(double moreDollars, double moreSeconds) {
        return new Way(tier, good, dollars + moreDollars, seconds + moreSeconds);
    }

    /// The same with another chance.
    Way chance(double other) {
        return new Way(tier, other, dollars, seconds);
    }
}
