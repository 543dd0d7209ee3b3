package dev.tierwise.route;

import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import org.jspecify.annotations.Nullable;

/// What a router decides with.
///
/// @param aim what is to be achieved
/// @param prior what benchmarks teach about prompts
/// @param head what they teach about answers
/// @param lessons what the user's own traffic taught
/// @param checks how answers are looked into
public record Wits(Aim aim, Prior prior, AnswerHead head, Lessons lessons, Checks checks) {
    /// How answers are looked into before they are accepted.
    ///
    /// @param cascade whether at all
    /// @param second the model whose agreement may be asked for; [#AUTO] for a local one of another
    ///   family, null for none
    /// @param samples how often a model may be asked again to compare
    /// @param judge the model that may judge answers; [#AUTO] for a local one, null for none
    /// @param whole whether streamed prose is held to its end, and not only at its beginning
    public record Checks(
            boolean cascade,
            @Nullable String second,
            int samples,
            @Nullable String judge,
            boolean whole) {
        /// Any that fits.
        public static final String AUTO = "auto";

        /// What holds where nothing is said.
        public static final Checks USUAL = new Checks(true, AUTO, 0, null, false);
    }
}
