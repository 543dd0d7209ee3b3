package dev.tierwise.core;

import java.util.Locale;
import java.util.Optional;

/// A class of models by where they run and what they cost, smallest first. The order is the order
/// in which a request climbs.
public enum Tier {
    /// Small models on the user's own machines: no price per token, and data stays at home.
    LOCAL,
    /// Hosted models of moderate price.
    MID,
    /// The strongest hosted models.
    FRONTIER;

    /// The word used on the wire and in configuration: `local`, `mid` or `frontier`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The tier that `word` names, if any; case does not matter.
    public static Optional<Tier> of(String word) {
        for (Tier tier : values()) {
            if (tier.name().equalsIgnoreCase(word)) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }

    /// The smaller of two tiers.
    public static Tier min(Tier a, Tier b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
