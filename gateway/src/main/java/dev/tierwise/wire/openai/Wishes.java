package dev.tierwise.wire.openai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a chat request wishes of the model that answers it, in a form that an engine of our own can
/// follow. Read by [WishesReader].
///
/// @param messages the conversation as it came, an array
/// @param tools the tools as they came, an array; null for none
/// @param mustCall whether the model has to call a tool (`tool_choice` `required` or a function)
/// @param maxTokens the most tokens of the answer; 0 for as many as there is room for
/// @param choice how tokens are chosen
/// @param shape what the answer must look like
/// @param stop texts before which the answer ends
/// @param logprobs whether each token is to come with its logarithmic chance
/// @param topLogprobs how many of the likeliest other tokens are to come with it
public record Wishes(
        JsonNode messages,
        @Nullable JsonNode tools,
        boolean mustCall,
        int maxTokens,
        Choice choice,
        Shape shape,
        List<String> stop,
        boolean logprobs,
        int topLogprobs) {
    public Wishes {
        stop = List.copyOf(stop);
    }

    /// How tokens are chosen; a number that the request does not name has OpenAI's default.
    ///
    /// @param temperature 0..2
    /// @param topP 0..1
    /// @param topK 0 for all
    /// @param minP 0..1
    /// @param frequencyPenalty -2..2
    /// @param presencePenalty -2..2
    /// @param bias what is added to the logits of tokens, by their number
    /// @param seed null for any
    public record Choice(
            double temperature,
            double topP,
            int topK,
            double minP,
            double frequencyPenalty,
            double presencePenalty,
            Map<Integer, Double> bias,
            @Nullable Long seed) {
        public Choice {
            bias = Map.copyOf(bias);
        }
    }

    /// What the answer must look like.
    public sealed interface Shape {
        /// Any text.
        record Free() implements Shape {}

        /// A JSON object.
        record Json() implements Shape {}

        /// JSON that a schema describes.
        ///
        /// @param schema the schema
        record Schema(JsonNode schema) implements Shape {}

        /// Text that a regular expression describes as a whole.
        ///
        /// @param expression the expression
        record Regex(String expression) implements Shape {}

        /// One of some texts.
        ///
        /// @param options the texts
        record OneOf(List<String> options) implements Shape {
            public OneOf {
                options = List.copyOf(options);
            }
        }

        /// Text of a grammar in llama.cpp's notation.
        ///
        /// @param gbnf the grammar
        record Gbnf(String gbnf) implements Shape {}
    }
}
