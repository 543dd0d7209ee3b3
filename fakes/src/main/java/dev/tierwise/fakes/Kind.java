package dev.tierwise.fakes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which server the fake stands for: it has that server's endpoints and answers 404 to all others.
/// All kinds have `/v1/chat/completions` and `/v1/models`. The kinds that are runtimes have the
/// endpoints of their models too once they are given some, see [RuntimeState].
public enum Kind {
    /// The endpoints of OpenAI and of Ollama.
    ALL("all"),
    /// A hosted provider with the endpoints of OpenAI.
    OPENAI("openai"),
    /// Ollama: `/api/chat`, `/api/tags`, `/api/show`, `/api/ps`, `/api/version`.
    OLLAMA("ollama"),
    /// LM Studio: also `/api/v0/models`.
    LM_STUDIO("lm-studio"),
    /// llama-server: also `/props` and `/health`.
    LLAMA_SERVER("llama-server"),
    /// vLLM: also `/version` and `/health`.
    VLLM("vllm");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /// The word for this kind on the command line.
    public String word() {
        return word;
    }

    /// The kind with this word, empty when there is none.
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /// All words, for help texts.
    public static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
