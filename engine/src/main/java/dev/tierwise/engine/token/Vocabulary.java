package dev.tierwise.engine.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a GGUF file says about its tokens (`tokenizer.ggml.*`), taken as it stands; it is checked
/// by [Tokenizer#of].
///
/// @param model the kind, `tokenizer.ggml.model`: `gpt2` or `llama`
/// @param pre how text is cut before merging, `tokenizer.ggml.pre`; empty when the file says
///   nothing
/// @param tokens the text of each token, `tokenizer.ggml.tokens`
/// @param scores what merges go by in a `llama` vocabulary, `tokenizer.ggml.scores`; else empty
/// @param types the kind of each token, `tokenizer.ggml.token_type`; empty when not stated
/// @param merges what merges go by in a `gpt2` vocabulary, `tokenizer.ggml.merges`; else empty
/// @param marks the tokens with a meaning of their own
public record Vocabulary(
        String model,
        String pre,
        List<String> tokens,
        List<Float> scores,
        List<Integer> types,
        List<String> merges,
        Marks marks) {

    /// Takes copies of the lists.
    public Vocabulary {
        tokens = List.copyOf(tokens);
        scores = List.copyOf(scores);
        types = List.copyOf(types);
        merges = List.copyOf(merges);
    }

    /// Tokens with a meaning of their own; [#NONE] where the file names none. The three flags are
    /// null where the file is silent, and then those of the model's family hold.
    ///
    /// @param bos begins a text, `bos_token_id`
    /// @param eos ends a text, `eos_token_id`
    /// @param eot ends a turn, `eot_token_id`
    /// @param unknown stands for what cannot be written, `unknown_token_id`
    /// @param padding fills, `padding_token_id`
    /// @param addBos whether a prompt starts with `bos`, `add_bos_token`
    /// @param addEos whether a prompt finishes with `eos`, `add_eos_token`
    /// @param addSpacePrefix whether a space goes before a text, `add_space_prefix`
    /// @param swallowsSpace whether white space after a control token is dropped. No key of a GGUF
    ///   file says it; it holds for the Phi-3 family alone (`rstrip` of its added tokens)
    public record Marks(
            int bos,
            int eos,
            int eot,
            int unknown,
            int padding,
            @Nullable Boolean addBos,
            @Nullable Boolean addEos,
            @Nullable Boolean addSpacePrefix,
            boolean swallowsSpace) {

        /// The number of a token that there is not.
        public static final int NONE = -1;
    }
}
