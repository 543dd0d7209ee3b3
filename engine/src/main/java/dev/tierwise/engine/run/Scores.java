package dev.tierwise.engine.run;

import java.util.ArrayList;
import java.util.List;

/// How likely each of some options is as the answer.
///
/// @param logprobs for each option the sum of the logarithms of its tokens' chances
/// @param shares the chances of the options among themselves; they add up to 1
/// @param problem what went wrong; empty where nothing did
public record Scores(List<Double> logprobs, List<Double> shares, String problem) {
    public Scores {
        logprobs = List.copyOf(logprobs);
        shares = List.copyOf(shares);
    }

    static Scores of(double[] sums) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            highest = Math.max(highest, sum);
        }
        double whole = 0;
        for (double sum : sums) {
            whole += Math.exp(sum - highest);
        }
        var logprobs = new ArrayList<Double>();
        var shares = new ArrayList<Double>();
        for (double sum : sums) {
            logprobs.add(sum);
            shares.add(Math.exp(sum - highest) / whole);
        }
        return new Scores(logprobs, shares, "");
    }

    static Scores failed(String problem) {
        return new Scores(List.of(), List.of(), problem);
    }
}
