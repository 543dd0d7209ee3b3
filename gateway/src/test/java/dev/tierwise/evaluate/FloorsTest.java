package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.evaluate.Choice.Method;
import dev.tierwise.evaluate.Floors.Kept;
import dev.tierwise.evaluate.Floors.Way;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloorsTest {
    private static final int ROWS = 3000;
    private static final Trial TRIAL =
            new Trial(
                    new Trial.Folders(List.of(), List.of(Path.of("x")), false),
                    new Trial.Models("s", null, "f", null),
                    Trial.Prices.USUAL,
                    new Trial.Goal(null, null, .95, .05, .95),
                    new Trial.Sampling(500, 100, 10, 3));

    private static List<Kept> kept(double[] need, double[] small, double[] frontier) {
        double[][] none = new double[need.length][2];
        var replay =
                new Replay(
                        "r",
                        Collections.nCopies(need.length, "t"),
                        List.of(small, frontier),
                        none,
                        null,
                        need,
                        null,
                        null,
                        "",
                        new Replay.Learning(Training.Trust.SHIPPED, 0, 0, 0, 0));
        return Floors.of(Method.PROMPT_ONLY, need, replay, TRIAL);
    }

    private static Kept way(List<Kept> kept, Way way) {
        return kept.stream().filter(it -> it.way() == way).findFirst().orElseThrow();
    }

    @Test
    void aSmallModelThatIsAsGoodKeepsEverything() {
        double[] need = new SplittableRandom(1).doubles(ROWS).toArray();
        double[] right = new double[ROWS];
        java.util.Arrays.fill(right, 1);

        for (Kept kept : kept(need, right, right)) {
            assertThat(kept.missed().value()).isZero();
            assertThat(kept.share().value()).isZero();
        }
    }

    @Test
    void provenThresholdsMissLessOftenThanNaiveOnesAndCostMore() {
        var random = new SplittableRandom(2);
        double[] need = random.doubles(ROWS).toArray();
        double[] small = new double[ROWS];
        double[] frontier = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            small[i] = random.nextDouble() < 1 - need[i] ? 1 : 0;
            frontier[i] = random.nextDouble() < .9 ? 1 : 0;
        }

        List<Kept> kept = kept(need, small, frontier);

        Kept naive = way(kept, Way.NAIVE);
        Kept proven = way(kept, Way.PROVEN);
        assertThat(naive.missed().value()).isBetween(.25, .75);
        assertThat(proven.missed().value()).isLessThan(.1);
        assertThat(way(kept, Way.WORSE).missed().value()).isLessThan(.1);
        assertThat(proven.share().value()).isGreaterThan(naive.share().value());
    }

    @Test
    void aUselessSmallModelIsNeverKept() {
        double[] need = new SplittableRandom(1).doubles(ROWS).toArray();
        double[] right = new double[ROWS];
        java.util.Arrays.fill(right, 1);

        Kept proven = way(kept(need, new double[ROWS], right), Way.PROVEN);

        assertThat(proven.missed().value()).isZero();
        assertThat(proven.share().value()).isGreaterThan(.95);
    }
}
