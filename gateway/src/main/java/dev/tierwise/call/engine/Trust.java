package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.wire.openai.Wishes;
import org.jspecify.annotations.Nullable;

/// Says of a whole answer whether it may be given, before anybody sees a word of it.
/// Implementations are thread-safe.
public interface Trust {
    /// What an answer cannot be trusted for.
    ///
    /// @param wishes what was asked
    /// @param answer the whole answer
    /// @param logprob the sum of the natural logarithms of its tokens' chances
    /// @param weakest the smallest of them
    /// @return why it may not be given and what can be done, or null when it may
    @Nullable Failure objection(Wishes wishes, String answer, double logprob, double weakest);
}
