package dev.tierwise.experience;

import java.util.Locale;

/// Where an outcome is known from.
public enum Source {
    /// Whoever asked has rated the answer.
    FEEDBACK,
    /// The gateway has judged the answer.
    VERDICT,
    /// Models were compared on the user's own prompts.
    CHOOSE;

    /// The word in journals and on screens.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
