package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void priorAnswersBeforeAnythingIsSeen() {
        var quantiles = Quantiles.expecting(0, 1, 10);

        assertThat(quantiles.quantile(0.25)).isCloseTo(0.5, within(0.1));
        assertThat(quantiles.quantile(0.75)).isCloseTo(5.5, within(0.7));
        assertThat(quantiles.rank(1)).isCloseTo(0.5, within(0.05));
        assertThat(quantiles.rank(-3)).isZero();
        assertThat(quantiles.rank(11)).isEqualTo(1);
    }

    @Test
    void priorIsOutweighedByAFewHundredObservations() {
        var quantiles = Quantiles.expecting(100);
        var random = new Random(1);

        for (int i = 0; i < 1000; i++) {
            quantiles.add(random.nextDouble());
        }

        assertThat(quantiles.quantile(0.9)).isCloseTo(0.9, within(0.04));
    }

    @Test
    void ranksAndQuantilesAgreeWithAPlainSumOverWeights() {
        var random = new Random(2);
        var quantiles = Quantiles.expecting(0);
        var scores = new double[3000];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(50) / 10.0;
            quantiles.add(scores[i]);
        }

        for (double score : new double[] {-1, 0, 1.2, 2.55, 4.9, 7}) {
            double below = 0;
            double all = 0;
            for (int age = 0; age < 2048; age++) {
                double weight = Math.exp(-age / 512.0);
                all += weight;
                double other = scores[scores.length - 1 - age];
                below += other < score ? weight : other == score ? weight / 2 : 0;
            }
            assertThat(quantiles.rank(score)).isCloseTo(below / all, within(1e-9));
        }
        for (double p = 0.01; p < 1; p += 0.07) {
            double score = quantiles.quantile(p);
            assertThat(quantiles.rank(score, 0)).isLessThan(p);
            assertThat(quantiles.rank(score, 1)).isGreaterThanOrEqualTo(p - 1e-12);
        }
    }

    @Test
    void driftIsFollowedWithinTheMemory() {
        var quantiles = Quantiles.expecting(0, 1);
        var random = new Random(3);

        for (int i = 0; i < 4000; i++) {
            quantiles.add(random.nextGaussian() + (i < 2000 ? 0 : 10));
        }

        assertThat(quantiles.quantile(0.5)).isCloseTo(10, within(0.2));
    }

    @Test
    void constantStreamHasOneQuantileAndEvenRanks() {
        var quantiles = Quantiles.expecting(0.5);
        for (int i = 0; i < 5000; i++) {
            quantiles.add(0.5);
        }

        assertThat(quantiles.quantile(0)).isEqualTo(0.5);
        assertThat(quantiles.quantile(1)).isEqualTo(0.5);
        assertThat(quantiles.rank(0.5, 0.3)).isCloseTo(0.3, within(1e-9));
        assertThat(quantiles.rank(0.4, 1)).isZero();
    }

    @Test
    void weightsDoNotOverflowOnALongStream() {
        var quantiles = Quantiles.expecting(0);

        for (int i = 0; i < 300_000; i++) {
            quantiles.add(i % 10);
        }

        assertThat(quantiles.rank(4.5)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void bothZerosAreOneScoreAndInfinitiesAreScores() {
        var quantiles = Quantiles.expecting(-0.0);
        for (int i = 0; i < 3000; i++) {
            quantiles.add(i % 2 == 0 ? 0.0 : -0.0);
        }
        quantiles.add(Double.POSITIVE_INFINITY);

        assertThat(quantiles.rank(-0.0, 0)).isZero();
        assertThat(quantiles.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void restoredOnesGiveTheSameAnswers() {
        var quantiles = Quantiles.expecting(0, 1);
        var random = new Random(4);
        for (int i = 0; i < 5000; i++) {
            quantiles.add(random.nextGaussian());
        }

        var restored = Quantiles.restore(quantiles.state());

        for (int i = 0; i < 100; i++) {
            double score = random.nextGaussian();
            assertThat(restored.rank(score)).isCloseTo(quantiles.rank(score), within(1e-9));
            restored.add(score);
            quantiles.add(score);
        }
        assertThat(restored.state()).isEqualTo(quantiles.state());
    }

    @Test
    void whatIsNoNumberIsRefused() {
        var quantiles = Quantiles.expecting(0);

        assertThatThrownBy(() -> quantiles.add(Double.NaN)).hasMessageContaining("number");
        assertThatThrownBy(() -> quantiles.rank(Double.NaN)).hasMessageContaining("number");
        assertThatThrownBy(() -> quantiles.quantile(1.1)).hasMessageContaining("1.1");
        assertThatThrownBy(Quantiles::expecting).hasMessageContaining("one score");
        assertThatThrownBy(() -> Quantiles.expecting(Double.NaN)).hasMessageContaining("number");
        assertThatThrownBy(() -> new Quantiles.State(List.of())).hasMessageContaining("one score");
    }
}
