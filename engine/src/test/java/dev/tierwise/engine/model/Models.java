package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import java.nio.file.Path;

/// Opens models for tests.
final class Models {
    private Models() {}

    static LanguageModel load(Path path) {
        GgufFile file = ((GgufFile.Opening.Open) GgufFile.open(path)).file();
        return switch (LanguageModel.load(file, 64, 1, 256)) {
            case LanguageModel.Loading.Ready(LanguageModel model) -> model;
            case LanguageModel.Loading.Refused(String message) -> throw new AssertionError(message);
        };
    }

    /// The logarithms of the chances of all tokens, of the first place of the last step.
    static double[] logprobs(LanguageModel model) {
        float[] logits = model.logits();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < model.vocabulary(); i++) {
            highest = Math.max(highest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < model.vocabulary(); i++) {
            sum += Math.exp(logits[i] - highest);
        }
        double[] logprobs = new double[model.vocabulary()];
        for (int i = 0; i < logprobs.length; i++) {
            logprobs[i] = logits[i] - highest - Math.log(sum);
        }
        return logprobs;
    }
}
