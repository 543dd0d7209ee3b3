package dev.tierwise.engine.run;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Chooses the tokens of one answer. Allocates nothing per token. For one thread.
final class Sampler {
    /// Chances are counted in classes of a quarter of a nat, down to e^-32 of the likeliest: what
    /// is rarer than that never matters.
    private static final int CLASSES = 128;

    private static final float PER_NAT = 4;

    private final Sampling sampling;
    private final RandomGenerator dice;
    private final Scratch scratch;
    private final int @Nullable [] times;

    /// Room to work in, shared by all samplers of one thread.
    static final class Scratch {
        private final float[] logits;
        private final long[] candidates;
        private final double[] weightOfClass = new double[CLASSES];
        private final int[] sizeOfClass = new int[CLASSES];

        Scratch(int vocabulary) {
            logits = new float[vocabulary];
            candidates = new long[vocabulary];
        }
    }

    Sampler(Sampling sampling, int vocabulary, Scratch scratch) {
        this.sampling = sampling;
        this.dice = RandomGeneratorFactory.of("L64X128MixRandom").create(sampling.seed());
        this.scratch = scratch;
        this.times = sampling.penalises() ? new int[vocabulary] : null;
    }

    /// The next token.
    ///
    /// @param logits what the model says, from index `at`
    /// @param allowed a bit for each token that may be taken; null for all
    /// @return its number, or -1 when none is allowed
    int pick(float[] logits, int at, long @Nullable [] allowed) {
        float[] own = scratch.logits;
        System.arraycopy(logits, at, own, 0, own.length);
        for (Map.Entry<Integer, Double> bias : sampling.bias().entrySet()) {
            int token = bias.getKey();
            if (token >= 0 && token < own.length) {
                own[token] += (float) (double) bias.getValue();
            }
        }
        if (times != null) {
            penalise(own, times);
        }
        int best = best(own, allowed);
        int taken = best < 0 || sampling.temperature() <= 0 ? best : roll(own, allowed, own[best]);
        if (taken >= 0 && times != null) {
            times[taken]++;
        }
        return taken;
    }

    private void penalise(float[] own, int[] counts) {
        for (int token = 0; token < own.length; token++) {
            if (counts[token] > 0) {
                own[token] -=
                        (float)
                                (sampling.presencePenalty()
                                        + counts[token] * sampling.frequencyPenalty());
            }
        }
    }

    private static int best(float[] logits, long @Nullable [] allowed) {
        int best = -1;
        for (int token = 0; token < logits.length; token++) {
            if (may(token, allowed) && (best < 0 || logits[token] > logits[best])) {
                best = token;
            }
        }
        return best;
    }

    private static boolean may(int token, long @Nullable [] allowed) {
        return allowed == null || (allowed[token >> 6] >>> token & 1) != 0;
    }

    private int roll(float[] logits, long @Nullable [] allowed, float highest) {
        int count = likely(logits, allowed, highest);
        long[] candidates = scratch.candidates;
        Arrays.sort(candidates, 0, count);
        int kept = sampling.topK() > 0 ? Math.min(count, sampling.topK()) : count;
        double whole = 0;
        for (int i = 0; i < kept; i++) {
            whole += Math.exp(logitOf(candidates[i]) - highest);
        }
        double floor = sampling.minP() <= 0 ? Double.NEGATIVE_INFINITY : Math.log(sampling.minP());
        double sum = 0;
        double weights = 0;
        int last = 0;
        for (int i = 0; i < kept; i++) {
            double below = logitOf(candidates[i]) - highest;
            if (i > 0 && (sum >= sampling.topP() * whole || below < floor)) {
                break;
            }
            sum += Math.exp(below);
            weights += Math.exp(below / sampling.temperature());
            last = i;
        }
        double point = dice.nextDouble() * weights;
        for (int i = 0; i < last; i++) {
            point -= Math.exp((logitOf(candidates[i]) - highest) / sampling.temperature());
            if (point < 0) {
                return tokenOf(candidates[i]);
            }
        }
        return tokenOf(candidates[last]);
    }

    /// Gathers the tokens that can matter: all whose class is needed for `topK` and `topP`.
    private int likely(float[] logits, long @Nullable [] allowed, float highest) {
        double[] weights = scratch.weightOfClass;
        int[] sizes = scratch.sizeOfClass;
        Arrays.fill(weights, 0);
        Arrays.fill(sizes, 0);
        double whole = 0;
        for (int token = 0; token < logits.length; token++) {
            int rank = rank(highest - logits[token]);
            if (rank < CLASSES && may(token, allowed)) {
                double weight = Math.exp(logits[token] - highest);
                weights[rank] += weight;
                sizes[rank]++;
                whole += weight;
            }
        }
        int lastClass = lastClass(weights, sizes, whole);
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            if (rank(highest - logits[token]) <= lastClass && may(token, allowed)) {
                scratch.candidates[count++] = candidate(logits[token], token);
            }
        }
        return count;
    }

    private int lastClass(double[] weights, int[] sizes, double whole) {
        // the share is one of the topK, so it is reached no later than among all
        double wanted = sampling.topP() >= 1 ? Double.MAX_VALUE : sampling.topP() * whole;
        double sum = 0;
        int size = 0;
        for (int rank = 0; rank < CLASSES; rank++) {
            sum += weights[rank];
            size += sizes[rank];
            if (sum >= wanted || sampling.topK() > 0 && size >= sampling.topK()) {
                return rank;
            }
        }
        return CLASSES - 1;
    }

    private static int rank(float below) {
        return below < CLASSES / PER_NAT ? (int) (below * PER_NAT) : CLASSES;
    }

    /// A token and its logit as one number; the likelier, the smaller.
    private static long candidate(float logit, int token) {
        int bits = Float.floatToRawIntBits(logit);
        int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ~ascending << 32 | token;
    }

    private static float logitOf(long candidate) {
        int ascending = ~(int) (candidate >> 32);
        return Float.intBitsToFloat(ascending ^ (ascending >> 31 & Integer.MAX_VALUE));
    }

    private static int tokenOf(long candidate) {
        return (int) candidate;
    }
}
