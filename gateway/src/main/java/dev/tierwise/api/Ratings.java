package dev.tierwise.api;

import dev.tierwise.core.Failure;
import org.jspecify.annotations.Nullable;

/// Takes in what people think of answers. Its method may wait for the disk.
public interface Ratings {
    /// Takes a rating in.
    Taken rate(Rating rating);

    /// What somebody thinks of the answer to one request. At least one of the last three says so.
    ///
    /// @param requestId the request's id
    /// @param key the name of the key that says it
    /// @param admin whether it may rate the answers to others
    /// @param up a thumb up or down; null for neither
    /// @param score from 0 to 1; null for none
    /// @param corrected whether the right answer was given, whose words are not kept
    record Rating(
            String requestId,
            String key,
            boolean admin,
            @Nullable Boolean up,
            @Nullable Double score,
            boolean corrected) {}

    /// What became of a rating.
    sealed interface Taken {
        /// It was recorded.
        ///
        /// @param model whose answer it is about
        /// @param learned whether predictions will learn from it
        /// @param why so, or why not
        record Recorded(String model, boolean learned, String why) implements Taken {}

        /// It was not.
        ///
        /// @param failure why
        record Refused(Failure failure) implements Taken {}
    }
}
