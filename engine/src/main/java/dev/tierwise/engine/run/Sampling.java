package dev.tierwise.engine.run;

import java.util.Map;

/// How the next token is chosen among those that the model gives a chance. The order of the steps
/// is that of llama.cpp: bias and penalties, the `topK` likeliest, of these the `topP` share, of
/// these the ones not below `minP` of the likeliest, then the dice at `temperature`.
///
/// @param temperature 0 takes the likeliest always; 1 the model's own chances
/// @param topK how many of the likeliest may be taken; 0 for all
/// @param topP the share of the chances that may be taken, 0..1; 1 for all (Holtzman et al. 2020,
///   "The Curious Case of Neural Text Degeneration")
/// @param minP the least chance, as a part of the likeliest token's, 0..1
/// @param frequencyPenalty taken from a token's logit for each time that it was generated
/// @param presencePenalty taken once from the logit of a token that was generated before
/// @param bias added to the logit of a token, by its number
/// @param seed what the dice begin with
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double frequencyPenalty,
        double presencePenalty,
        Map<Integer, Double> bias,
        long seed) {
    /// The likeliest token always.
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 0, 0, Map.of(), 0);

    public Sampling {
        bias = Map.copyOf(bias);
    }

    /// Whether tokens generated before count.
    boolean penalises() {
        return frequencyPenalty != 0 || presencePenalty != 0;
    }
}
