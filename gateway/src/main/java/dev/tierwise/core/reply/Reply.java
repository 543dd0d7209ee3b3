package dev.tierwise.core.reply;

import java.util.List;

/// What a model said, as the checks see it: a whole answer or the beginning of one. Printing it
/// shows sizes only, never words.
///
/// @param text what the model said; empty when it only called tools
/// @param finish why it stopped, in the words of the OpenAI API: `stop`, `length`, `tool_calls`,
///   `content_filter`; empty when not said
/// @param calls the tools that it wants called
/// @param tokens the answer token by token, if the upstream told log-probabilities; else empty
public record Reply(String text, String finish, List<Call> calls, List<Token> tokens) {
    public Reply {
        calls = List.copyOf(calls);
        tokens = List.copyOf(tokens);
    }

    /// An answer of words only.
    public Reply(String text, String finish) {
        this(text, finish, List.of(), List.of());
    }

    /// A tool that the model wants called.
    ///
    /// @param tool its name
    /// @param arguments JSON, as the model wrote it
    public record Call(String tool, String arguments) {
        @Override
        public String toString() {
            return "Call[" + arguments.length() + " characters]";
        }
    }

    /// One token of the answer.
    ///
    /// @param text what it adds to the answer; may be empty when not known
    /// @param logprob natural logarithm of its probability, at most 0
    /// @param runnerUp that of the likeliest other token; NaN when not known
    public record Token(String text, double logprob, double runnerUp) {
        @Override
        public String toString() {
            return "Token[" + logprob + "]";
        }
    }

    @Override
    public String toString() {
        return "Reply["
                + text.length()
                + " characters, finish="
                + finish
                + ", calls="
                + calls.size()
                + ", tokens="
                + tokens.size()
                + "]";
    }
}
