package dev.tierwise.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final int VOCABULARY = 300;

    private static Sampling at(double temperature, int topK, double topP, double minP) {
        return new Sampling(temperature, topK, topP, minP, 0, 0, Map.of(), 11);
    }

    private static float[] logits(long seed) {
        var random = new Random(seed);
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (random.nextGaussian() * 2);
        }
        return logits;
    }

    private static int[] counts(Sampling sampling, float[] logits, int times) {
        var sampler = new Sampler(sampling, VOCABULARY, new Sampler.Scratch(VOCABULARY));
        int[] counts = new int[VOCABULARY];
        for (int i = 0; i < times; i++) {
            counts[sampler.pick(logits, 0, null)]++;
        }
        return counts;
    }

    private static double[] chances(float[] logits, double temperature) {
        double[] weights = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp(logits[i] / temperature);
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    @Test
    void greedyTakesTheLikeliestThatIsAllowed() {
        float[] logits = logits(1);
        int[] order =
                IntStream.range(0, VOCABULARY)
                        .boxed()
                        .sorted((a, b) -> Float.compare(logits[b], logits[a]))
                        .mapToInt(i -> i)
                        .toArray();
        var sampler = new Sampler(Sampling.GREEDY, VOCABULARY, new Sampler.Scratch(VOCABULARY));
        long[] allButTheBest = new long[(VOCABULARY + 63) / 64];
        Arrays.fill(allButTheBest, -1);
        allButTheBest[order[0] >> 6] &= ~(1L << order[0]);

        assertThat(sampler.pick(logits, 0, null)).isEqualTo(order[0]);
        assertThat(sampler.pick(logits, 0, allButTheBest)).isEqualTo(order[1]);
        assertThat(sampler.pick(logits, 0, new long[5])).isEqualTo(-1);
    }

    @Test
    void theDiceFollowTheChances() {
        float[] logits = logits(2);
        double[] chances = chances(logits, .7);

        int[] counts = counts(at(.7, 0, 1, 0), logits, 50_000);

        for (int i = 0; i < VOCABULARY; i++) {
            assertThat(counts[i] / 50_000.0).isCloseTo(chances[i], within(.012));
        }
    }

    @Test
    void onlyTheLikeliestAreTakenWhereTheirNumberIsLimited() {
        for (int topK : new int[] {1, 3, 20}) {
            float[] logits = logits(topK);
            float least =
                    (float)
                            IntStream.range(0, VOCABULARY)
                                    .mapToDouble(i -> logits[i])
                                    .sorted()
                                    .skip(VOCABULARY - topK)
                                    .findFirst()
                                    .orElseThrow();

            int[] counts = counts(at(1.5, topK, 1, 0), logits, 5_000);

            for (int i = 0; i < VOCABULARY; i++) {
                assertThat(counts[i] > 0 && logits[i] < least).isFalse();
            }
            assertThat(Arrays.stream(counts).filter(count -> count > 0).count())
                    .isLessThanOrEqualTo(topK)
                    .isGreaterThan(topK / 2);
        }
    }

    @Test
    void onlyTheShareIsTakenWhereOneIsNamed() {
        for (long seed = 0; seed < 30; seed++) {
            float[] logits = logits(seed);
            double[] chances = chances(logits, 1);
            Integer[] order = IntStream.range(0, VOCABULARY).boxed().toArray(Integer[]::new);
            Arrays.sort(order, (a, b) -> Float.compare(logits[b], logits[a]));
            double share = .05 + seed * .03;
            boolean[] within = new boolean[VOCABULARY];
            double sum = 0;
            for (int i = 0; i < VOCABULARY && sum < share; i++) {
                within[order[i]] = true;
                sum += chances[order[i]];
            }

            int[] counts = counts(at(1.2, 0, share, 0), logits, 3_000);

            for (int i = 0; i < VOCABULARY; i++) {
                assertThat(counts[i] > 0 && !within[i]).as("token %s at %s", i, share).isFalse();
            }
        }
    }

    @Test
    void whatIsRareBesideTheLikeliestIsNotTaken() {
        float[] logits = logits(9);
        float highest =
                (float)
                        IntStream.range(0, VOCABULARY)
                                .mapToDouble(i -> logits[i])
                                .max()
                                .orElseThrow();

        int[] counts = counts(at(2, 0, 1, .2), logits, 5_000);

        for (int i = 0; i < VOCABULARY; i++) {
            assertThat(counts[i] > 0 && logits[i] - highest < Math.log(.2)).isFalse();
        }
    }

    @Test
    void biasAndPenaltiesCount() {
        float[] logits = new float[VOCABULARY];
        logits[5] = 2;
        var biased = new Sampling(0, 0, 1, 0, 0, 0, Map.of(7, 3.0), 0);
        var penalised = new Sampling(0, 0, 1, 0, .5, 1, Map.of(), 0);

        assertThat(
                        new Sampler(biased, VOCABULARY, new Sampler.Scratch(VOCABULARY))
                                .pick(logits, 0, null))
                .isEqualTo(7);
        var sampler = new Sampler(penalised, VOCABULARY, new Sampler.Scratch(VOCABULARY));
        assertThat(sampler.pick(logits, 0, null)).isEqualTo(5);
        assertThat(sampler.pick(logits, 0, null)).isEqualTo(5);
        assertThat(sampler.pick(logits, 0, null))
                .as("2 - 1 - 2 * .5 is 0, no more than others")
                .isEqualTo(0);
    }

    @Test
    void theSameSeedGivesTheSameTokens() {
        float[] logits = logits(3);

        assertThat(counts(at(1, 0, 1, 0), logits, 500))
                .isEqualTo(counts(at(1, 0, 1, 0), logits, 500));
    }
}
