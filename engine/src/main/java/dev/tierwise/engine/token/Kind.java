package dev.tierwise.engine.token;

import java.util.List;
import java.util.Set;

/// What a token is for, `tokenizer.ggml.token_type` (`llama_token_type` of `llama.h`).
enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    /// Taken whole wherever its text occurs, in anybody's text.
    USER_DEFINED,
    UNUSED,
    BYTE;

    private static final List<Kind> BY_CODE =
            List.of(NORMAL, NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE);

    /// Markup of turns that older files do not declare as control tokens.
    private static final Set<String> MARKUP =
            Set.of(
                    "<|im_start|>",
                    "<|im_end|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|endoftext|>",
                    "<|end_of_text|>",
                    "<|begin_of_text|>",
                    "<|system|>",
                    "<|user|>",
                    "<|assistant|>",
                    "<|end|>",
                    "<start_of_turn>",
                    "<end_of_turn>");

    /// The kind of a token by the file's code for it and its text.
    static Kind of(int code, String text) {
        var kind = code >= 0 && code < BY_CODE.size() ? BY_CODE.get(code) : NORMAL;
        var open = kind == NORMAL || kind == USER_DEFINED || kind == UNUSED;
        var marks = MARKUP.contains(text) || (kind == USER_DEFINED && isTurnMark(text));
        return open && marks ? CONTROL : kind;
    }

    /// `<|...|>`, which no text but a template's has, whatever the file calls it.
    private static boolean isTurnMark(String text) {
        return (text.startsWith("<|") && text.endsWith("|>"))
                || (text.startsWith("<\uff5c") && text.endsWith("\uff5c>"));
    }
}
