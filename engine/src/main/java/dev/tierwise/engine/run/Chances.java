package dev.tierwise.engine.run;

import java.util.ArrayList;
import java.util.List;

/// Logits to chances. For one thread.
final class Chances {
    private final int vocabulary;

    Chances(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// The natural logarithm of the chance of `token`.
    double logprob(float[] logits, int at, int token) {
        return logits[at + token] - logSum(logits, at);
    }

    /// The logarithm of the sum of all `e^logit`, so that logit − it is the logarithm of a chance.
    double logSum(float[] logits, int at) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + vocabulary; i++) {
            highest = Math.max(highest, logits[i]);
        }
        double sum = 0;
        for (int i = at; i < at + vocabulary; i++) {
            sum += Math.exp(logits[i] - highest);
        }
        return highest + Math.log(sum);
    }

    /// The `count` likeliest tokens, first the likeliest.
    List<Listener.Chance> likeliest(float[] logits, int at, int count) {
        double sum = logSum(logits, at);
        int[] best = new int[Math.min(count, vocabulary)];
        int found = 0;
        for (int token = 0; token < vocabulary; token++) {
            float logit = logits[at + token];
            if (found == best.length && logit <= logits[at + best[found - 1]]) {
                continue;
            }
            int place = found < best.length ? found++ : found - 1;
            while (place > 0 && logits[at + best[place - 1]] < logit) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = token;
        }
        var chances = new ArrayList<Listener.Chance>(best.length);
        for (int token : best) {
            chances.add(new Listener.Chance(token, logits[at + token] - sum));
        }
        return chances;
    }
}
