package dev.tierwise.engine.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of transformer that the engine runs, by the word in `general.architecture`, and how
/// they differ. Mistral's models are of the kind `llama`.
enum Family {
    LLAMA("llama", false, false),
    QWEN2("qwen2", true, false),
    QWEN3("qwen3", true, false),
    PHI3("phi3", true, false),
    GEMMA2("gemma2", true, true),
    GEMMA3("gemma3", true, true);

    private final String word;
    private final boolean halves;
    private final boolean gemma;

    Family(String word, boolean halves, boolean gemma) {
        this.word = word;
        this.halves = halves;
        this.gemma = gemma;
    }

    static Optional<Family> of(String word) {
        return Arrays.stream(values()).filter(family -> family.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Family::word).collect(Collectors.joining(", "));
    }

    String word() {
        return word;
    }

    /// Whether rotary positions turn the first half of a head against its second ("neox"), not
    /// neighbours against each other.
    boolean halves() {
        return halves;
    }

    /// Whether it is one of Google's: scaled embeddings, norms after each part, GELU.
    boolean gemma() {
        return gemma;
    }

    /// Whether layer `layer` sees only a window of the last positions.
    boolean windowed(int layer) {
        return switch (this) {
            case GEMMA2 -> layer % 2 == 0;
            case GEMMA3 -> layer % 6 < 5;
            case LLAMA, QWEN2, QWEN3, PHI3 -> false;
        };
    }
}
