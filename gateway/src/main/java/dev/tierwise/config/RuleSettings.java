package dev.tierwise.config;

import dev.tierwise.core.Tier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A declared rule: where all its conditions hold, its use does.
///
/// @param when the conditions
/// @param use what to do
public record RuleSettings(When when, Use use) {
    /// Conditions that must all hold; null holds always.
    ///
    /// @param task the task's name
    /// @param key the key's name
    /// @param model pattern of the model asked for, `*` for any characters
    /// @param headers request headers, named in lower case, and their exact values
    public record When(
            @Nullable String task,
            @Nullable String key,
            @Nullable String model,
            Map<String, String> headers) {
        /// Holds for every request.
        public static final When ALWAYS = new When(null, null, null, Map.of());

        public When {
            headers = Map.copyOf(headers);
        }
    }

    /// What a rule makes happen.
    public sealed interface Use {
        /// Answer from one tier only.
        ///
        /// @param tier the tier
        record Only(Tier tier) implements Use {}

        /// Answer from one model only.
        ///
        /// @param model its name
        record Named(String model) implements Use {}

        /// Climb no higher.
        ///
        /// @param tier the highest tier
        record AtMost(Tier tier) implements Use {}
    }
}
