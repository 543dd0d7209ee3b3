package dev.tierwise.wire;

import dev.tierwise.core.Body;
import dev.tierwise.core.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of an answer, or a whole one, free of any dialect.
///
/// @param text words of the answer
/// @param reasoning words of the model's reasoning, where it shows them
/// @param toolCalls calls, each complete
/// @param finish why the model stopped, in the words of the OpenAI API; empty while it goes on
/// @param usage token counts, where known
/// @param tokens the tokens of the words with their chances, where the request asked for them
public record Delta(
        String text,
        String reasoning,
        List<ToolCall> toolCalls,
        String finish,
        @Nullable Usage usage,
        List<TokenChance> tokens) {
    public Delta {
        toolCalls = List.copyOf(toolCalls);
        tokens = List.copyOf(tokens);
    }

    /// A piece without the chances of its tokens.
    public Delta(
            String text,
            String reasoning,
            List<ToolCall> toolCalls,
            String finish,
            @Nullable Usage usage) {
        this(text, reasoning, toolCalls, finish, usage, List.of());
    }

    /// A token and how likely the model held it.
    ///
    /// @param bytes what it says; a part of a character perhaps
    /// @param logprob the natural logarithm of its chance
    /// @param others the likeliest tokens in its place, itself perhaps included; without others
    public record TokenChance(Body bytes, double logprob, List<TokenChance> others) {
        public TokenChance {
            others = List.copyOf(others);
        }
    }

    /// A call that the model wants made.
    ///
    /// @param id the id by which the result will refer to it
    /// @param name the function
    /// @param arguments a JSON object, as text
    public record ToolCall(String id, String name, String arguments) {}
}
