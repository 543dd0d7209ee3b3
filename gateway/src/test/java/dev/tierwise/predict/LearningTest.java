package dev.tierwise.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Priors and heads fitted on made-up results: prompts about stars are hard, those about cats easy.
class LearningTest {
    private static final String[] HARD = {"quasar", "nebula", "redshift", "parallax", "pulsar"};
    private static final String[] EASY = {"kitten", "whisker", "purr", "tabby", "paw"};

    private final List<Sight> sights = new ArrayList<>();
    private final List<String> tasks = new ArrayList<>();
    private final double[] small;
    private final double[] strong;

    LearningTest() {
        var random = new SplittableRandom(1);
        int count = 1_200;
        small = new double[count];
        strong = new double[count];
        for (int i = 0; i < count; i++) {
            boolean hard = random.nextBoolean();
            sights.add(Eye.see(text(hard, random)));
            tasks.add("made-up");
            small[i] = random.nextDouble() < (hard ? .2 : .9) ? 1 : 0;
            strong[i] = random.nextDouble() < .9 ? 1 : 0;
        }
    }

    private static String text(boolean hard, SplittableRandom random) {
        var text = new StringBuilder("tell me");
        for (int i = 0; i < 8; i++) {
            text.append(' ').append((hard ? HARD : EASY)[random.nextInt(5)]);
            text.append(" w").append(random.nextInt(300));
        }
        return text.append('?').toString();
    }

    private static Sight sight(boolean hard, long seed) {
        return Eye.see(text(hard, new SplittableRandom(seed)));
    }

    private Prior trained() {
        Map<String, double[]> scores =
                Map.of("one-7b", small, "two-7b", small, "three-70b", strong, "gpt-4", strong);
        return PriorTraining.train(List.of(new PriorTraining.Results(sights, tasks, scores)));
    }

    @Test
    void aPriorTellsHardFromEasy() {
        Prior prior = trained();

        double[] hard = prior.traits(sight(true, 5));
        double[] easy = prior.traits(sight(false, 6));

        assertThat(prior.good(SizeClass.MEDIUM, hard)).isLessThan(.5);
        assertThat(prior.good(SizeClass.MEDIUM, easy)).isGreaterThan(.7);
        assertThat(prior.good(SizeClass.FRONTIER, hard)).isGreaterThan(.7);
    }

    @Test
    void theSameResultsGiveTheSameFile() {
        assertThat(trained().bytes()).isEqualTo(trained().bytes());
    }

    @Test
    void headsAreCalibratedOnPromptsNotSeen() {
        Heads heads = Heads.fit(Prior.shipped(), sights, List.of(small, strong));

        double hard = 0;
        double easy = 0;
        double gain = 0;
        for (int i = 0; i < 100; i++) {
            double[] good = heads.of(sight(true, 100 + i));
            hard += good[0] / 100;
            gain += (good[1] - good[0]) / 100;
            easy += heads.of(sight(false, 100 + i))[0] / 100;
        }

        assertThat(hard).isBetween(.1, .3);
        assertThat(easy).isBetween(.8, 1.0);
        assertThat(gain).isBetween(.55, .85);
    }

    @Test
    void aFewRowsAreEnoughToFit() {
        Heads heads =
                Heads.fit(
                        Prior.shipped(),
                        sights.subList(0, 3),
                        List.of(new double[] {1, 1, 1}, new double[] {0, 1, 0}));

        for (double good : heads.of(sight(true, 1))) {
            assertThat(good).isBetween(0.0, 1.0);
        }
    }
}
