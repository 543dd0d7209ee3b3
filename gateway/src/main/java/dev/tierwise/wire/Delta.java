package dev.tierwise.wire;

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
public record Delta(
        String text,
        String reasoning,
        List<ToolCall> toolCalls,
        String finish,
        @Nullable Usage usage) {
    public Delta {
        toolCalls = List.copyOf(toolCalls);
    }

    /// A call that the model wants made.
    ///
    /// @param id the id by which the result will refer to it
    /// @param name the function
    /// @param arguments a JSON object, as text
    public record ToolCall(String id, String name, String arguments) {}
}
