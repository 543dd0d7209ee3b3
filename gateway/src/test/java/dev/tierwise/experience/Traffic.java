package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.time.Instant;
import java.util.Random;

/// Traffic for tests: a model whose predictions are off by a known amount, from a seed.
final class Traffic {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String MODEL = "small";
    static final int TRAITS = 8;

    private final Random random;
    private final double shift;
    private final String prefix;
    private int count;

    /// @param shift what the logit of every prediction lacks
    Traffic(long seed, double shift) {
        this.random = new Random(seed);
        this.shift = shift;
        this.prefix = "r" + seed + "-";
    }

    Example next() {
        return next("mail", shift);
    }

    Example next(String task, double off) {
        double[] traits = random.doubles(TRAITS, -1, 1).toArray();
        double logit = random.nextGaussian();
        double right = chance(logit + off);
        return new Example(
                NOON.plusSeconds(count),
                prefix + count++,
                task,
                MODEL,
                traits,
                chance(logit),
                chance(logit),
                random.nextDouble() < right ? 1 : 0,
                Source.FEEDBACK,
                1);
    }

    /// A row in which the small model is as good as the frontier in all but a share of the cases.
    Floor.Row row(double worse) {
        boolean lost = random.nextDouble() < worse;
        return new Floor.Row(random.nextDouble(), lost ? 0 : 1, 1);
    }

    /// An answer of a prompt that needs the frontier so much.
    Answered answered(double score, boolean accepted) {
        return new Answered(
                prefix + count,
                NOON.plusSeconds(count++),
                "me",
                "mail",
                MODEL,
                new double[TRAITS],
                .5,
                .5,
                score,
                accepted);
    }

    double uniform() {
        return random.nextDouble();
    }

    static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    static double[] plain() {
        return new double[TRAITS];
    }
}
