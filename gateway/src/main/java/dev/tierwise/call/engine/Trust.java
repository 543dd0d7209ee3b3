package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.engine.grammar.Grammar;
import dev.tierwise.wire.openai.Wishes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds answers to a form, and says of each whole one whether it may be given, before anybody sees
/// a word of it. Implementations are thread-safe.
public interface Trust {
    /// What an answer may look like where the request leaves that open; usually anything.
    ///
    /// @param wishes what was asked
    /// @return nothing for any text
    default Optional<Grammar> form(Wishes wishes) {
        return Optional.empty();
    }

    /// What an answer cannot be trusted for.
    ///
    /// @param wishes what was asked
    /// @param answer the whole answer
    /// @param logprob the sum of the natural logarithms of its tokens' chances
    /// @param weakest the smallest of them
    /// @return why it may not be given and what can be done, or null when it may
    @Nullable Failure objection(Wishes wishes, String answer, double logprob, double weakest);
}
