package dev.tierwise.route;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was decided for one prompt: the models to try, in order, and why.
///
/// @param tier the tier that the prompt was given to
/// @param reason why, in one ASCII line fit for a header
/// @param outlook what the decision was made of
/// @param steps the models to try; empty where `failure` is set
/// @param vetoes the models that were left out, and why
/// @param course judges answers while the plan is walked
/// @param failure what to tell the client when no model may and can answer
public record Plan(
        Tier tier,
        String reason,
        Outlook outlook,
        List<ModelCard> steps,
        List<Veto> vetoes,
        Course course,
        @Nullable Failure failure) {
    public Plan {
        steps = List.copyOf(steps);
        vetoes = List.copyOf(vetoes);
    }

    /// A model that may not or cannot answer.
    ///
    /// @param model its name
    /// @param kind the kind of hindrance
    /// @param why the reason in words
    public record Veto(String model, Kind kind, String why) {}

    /// Kinds of hindrance, gravest first.
    public enum Kind {
        /// The model is not cleared for the prompt's class of data.
        CLEARANCE,
        /// The key, a rule or a header allows no tier so high.
        MAX_TIER,
        /// The model lacks something that the prompt needs.
        CAPABILITY,
        /// Prompt and answer do not fit the model's context window.
        CONTEXT;

        /// The word on the wire, such as `max-tier`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
