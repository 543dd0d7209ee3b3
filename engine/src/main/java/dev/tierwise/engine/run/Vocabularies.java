package dev.tierwise.engine.run;

import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.engine.token.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/// The vocabulary that a file states.
final class Vocabularies {
    private static final String AT = "tokenizer.ggml.";

    private Vocabularies() {}

    static Vocabulary of(Metadata metadata) {
        var scores = new ArrayList<Float>();
        metadata.numbers(AT + "scores")
                .ifPresent(numbers -> {
                    for (int i = 0; i < numbers.size(); i++) {
                        scores.add((float) numbers.at(i));
                    }
                });
        var types = new ArrayList<Integer>();
        metadata.numbers(AT + "token_type")
                .ifPresent(numbers -> {
                    for (int i = 0; i < numbers.size(); i++) {
                        types.add((int) numbers.at(i));
                    }
                });
        boolean phi3 = metadata.text("general.architecture").orElse("").equals("phi3");
        String model = metadata.text(AT + "model").orElse("");
        List<String> tokens = metadata.texts(AT + "tokens");
        return new Vocabulary(
                model,
                metadata.text(AT + "pre").orElse(""),
                tokens,
                scores,
                types,
                metadata.texts(AT + "merges"),
                new Vocabulary.Marks(
                        mark(metadata, "bos_token_id"),
                        mark(metadata, "eos_token_id"),
                        mark(metadata, "eot_token_id"),
                        mark(metadata, "unknown_token_id"),
                        mark(metadata, "padding_token_id"),
                        metadata.flag(AT + "add_bos_token").orElse(null),
                        metadata.flag(AT + "add_eos_token").orElse(null),
                        metadata.flag(AT + "add_space_prefix").orElse(null),
                        phi3 && model.equals("llama")));
    }

    private static int mark(Metadata metadata, String key) {
        return (int) metadata.whole(AT + key).orElse(Vocabulary.Marks.NONE);
    }
}
