package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
import java.util.List;
import java.util.Random;

/// Learns in seconds what each token alone says of the kind of a prompt: a softmax regression on
/// bags of tokens. The network's embeddings begin with it, so that it has to learn only how words
/// work together.
final class Hints {
    private static final double RATE = 0.5;
    private static final float SPAN = 0.25f;

    private Hints() {}

    /// One row of [Gate#KINDS] numbers for each token, within ±[#SPAN].
    static float[] learn(Bpe bpe, Generator generator, int examples) {
        int kinds = Gate.KINDS.size();
        float[] weights = new float[bpe.tokens().size() * kinds];
        var random = new Random(1);
        for (int n = 0; n < examples; n++) {
            Example example = generator.next(false);
            List<Integer> tokens = bpe.encode(example.prompt(), 0, random);
            int kind = Gate.kind(example.answer());
            double rate = RATE * (1 - 0.9 * n / examples);
            double divisor = Math.sqrt(tokens.size());
            double[] sums = new double[kinds];
            for (int token : tokens) {
                for (int k = 0; k < kinds; k++) {
                    sums[k] += weights[token * kinds + k];
                }
            }
            double[] chances = Gate.softmax(sums, divisor);
            for (int token : tokens) {
                for (int k = 0; k < kinds; k++) {
                    double error = (k == kind ? 1 : 0) - chances[k];
                    weights[token * kinds + k] += (float) (rate * error / divisor);
                }
            }
        }
        double squares = 0;
        for (float weight : weights) {
            squares += weight * weight;
        }
        float scale = (float) (0.08 / Math.sqrt(squares / weights.length + 1e-12));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.clamp(weights[i] * scale, -SPAN, SPAN);
        }
        return weights;
    }
}
