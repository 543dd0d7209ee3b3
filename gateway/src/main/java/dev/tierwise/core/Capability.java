package dev.tierwise.core;

import java.util.Locale;
import java.util.Optional;

/// Something that a request may need and a model may lack. A need that a model lacks is a veto.
public enum Capability {
    /// Function calling.
    TOOLS,
    /// Images in the prompt.
    VISION,
    /// Sound in the prompt or the answer.
    AUDIO,
    /// Documents in the prompt.
    FILES,
    /// An answer held to a JSON schema.
    JSON_SCHEMA,
    /// An answer that is some JSON object.
    JSON_MODE,
    /// Log probabilities of the answer's tokens.
    LOGPROBS,
    /// More than one answer to one prompt (`n` > 1).
    CHOICES;

    /// The word used on the wire and in configuration, such as `json-schema`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The capability that `word` names, if any.
    public static Optional<Capability> of(String word) {
        for (Capability capability : values()) {
            if (capability.word().equals(word)) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }
}
