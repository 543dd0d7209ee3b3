package dev.tierwise.engine.run;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Reckons how likely each of some texts is as the answer. The prompt is fed once; of each option
/// only the tokens after its first.
final class Scoring extends Task {
    private final List<Tokens> options;
    private final double[] sums;
    private final Chances chances;
    private final CompletableFuture<Scores> result;
    private int option = -1;

    Scoring(
            Tokens prompt,
            List<Tokens> options,
            Chances chances,
            CompletableFuture<Scores> result) {
        super(prompt);
        this.options = options;
        this.sums = new double[options.size()];
        this.chances = chances;
        this.result = result;
    }

    @Override
    boolean wants(int index) {
        return index >= prompt().size() - 1;
    }

    @Override
    void logits(Sequence sequence, int index, float[] logits, int at) {
        int place = index - (prompt().size() - 1);
        if (place == 0) {
            double sum = chances.logSum(logits, at);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = logits[at + options.get(i).at(0)] - sum;
            }
        } else {
            sums[option] += chances.logprob(logits, at, options.get(option).at(place));
        }
        if (place == 0 || place == options.get(option).size() - 1) {
            next(sequence);
        }
    }

    private void next(Sequence sequence) {
        sequence.rewind(prompt().size());
        for (option++; option < sums.length; option++) {
            Tokens tokens = options.get(option);
            if (tokens.size() > 1) {
                for (int i = 0; i < tokens.size() - 1; i++) {
                    sequence.append(tokens.at(i));
                }
                return;
            }
        }
        finish();
        result.complete(Scores.of(sums));
    }

    @Override
    void end(Listener.Why why, String message) {
        finish();
        result.complete(Scores.failed(why == Listener.Why.CANCELLED ? "cancelled" : message));
    }
}
