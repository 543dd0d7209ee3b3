package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattTest {
    private final Random random = new Random(9);

    @Test
    void curveThatMadeTheRowsIsFound() {
        for (double unit : new double[] {1e-4, 1, 1e4}) {
            var scores = new double[20_000];
            var outcomes = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                double x = random.nextGaussian() + 3;
                scores[i] = x * unit;
                outcomes[i] = random.nextDouble() < 1 / (1 + Math.exp(4 - 1.5 * x)) ? 1 : 0;
            }

            var curve = Platt.fit(scores, outcomes);

            assertThat(curve.slope() * unit).isCloseTo(1.5, within(0.1));
            assertThat(curve.offset()).isCloseTo(-4, within(0.25));
        }
    }

    @Test
    void rowsThatAScorePartsFullyDoNotMakeItSureForEver() {
        double[] scores = {1, 2, 3, 4};
        double[] outcomes = {0, 0, 1, 1};

        var curve = Platt.fit(scores, outcomes);

        assertThat(curve.at(1)).isBetween(0.05, 0.4);
        assertThat(curve.at(4)).isBetween(0.6, 0.95);
        assertThat(curve.at(2.5)).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void constantScoreOrOutcomeGivesTheSmoothedRate() {
        var same = Platt.fit(new double[] {7, 7, 7}, new double[] {1, 0, 1});
        var right = Platt.fit(new double[] {1, 2, 3}, new double[] {1, 1, 1});

        assertThat(same.at(7)).isCloseTo(2 / 3.0 * 0.75 + 1 / 3.0 * 1 / 3, within(1e-6));
        assertThat(right.at(2)).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void logitsOfProbabilitiesAreScaled() {
        var logits = new double[10_000];
        var outcomes = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            double said = 0.01 + 0.98 * random.nextDouble();
            logits[i] = Platt.logit(said);
            outcomes[i] = random.nextDouble() < 1 / (1 + Math.exp(-logits[i] / 2)) ? 1 : 0;
        }

        var curve = Platt.fit(logits, outcomes);

        assertThat(curve.slope()).isCloseTo(0.5, within(0.04));
        assertThat(curve.offset()).isCloseTo(0, within(0.06));
        assertThat(Platt.logit(0.5)).isZero();
        assertThat(Platt.logit(1)).isFinite();
    }

    @Test
    void whatCannotBeLearntFromIsRefused() {
        assertThatThrownBy(() -> Platt.fit(new double[0], new double[0]))
                .hasMessageContaining("no row");
        assertThatThrownBy(() -> Platt.fit(new double[] {Double.NaN}, new double[1]))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Platt.logit(-0.1)).hasMessageContaining("-0.1");
    }
}
