package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicTest {
    private final Random random = new Random(3);

    @Test
    void poolsAreThoseComputedByHand() {
        double[] scores = {1, 2, 3, 4, 5, 6};
        double[] outcomes = {0, 1, 0, 0, 1, 1};

        var curve = Isotonic.fit(scores, outcomes);

        // Half a success before the first row, half a failure after the last one:
        // 0.5/1.5, then 1, 0, 0 together 1/3: all four are one pool, 1.5/4.5 at 2.5; and 5, 6.
        assertThat(curve.scores()).containsExactly(2.5, 5.5);
        assertThat(curve.probabilities().get(0)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(curve.probabilities().get(1)).isCloseTo(2 / 2.5, within(1e-12));
        assertThat(curve.at(4)).isCloseTo((1 / 3.0 + 0.8) / 2, within(1e-12));
        assertThat(curve.at(-9)).isEqualTo(curve.probabilities().get(0));
        assertThat(curve.at(99)).isEqualTo(curve.probabilities().get(1));
    }

    @Test
    void curveNeverFallsAndNeverSaysNeverOrAlways() {
        for (int round = 0; round < 200; round++) {
            int rows = 1 + random.nextInt(60);
            var scores = new double[rows];
            var outcomes = new double[rows];
            for (int i = 0; i < rows; i++) {
                scores[i] = random.nextInt(20);
                outcomes[i] = random.nextInt(3) / 2.0;
            }

            var curve = Isotonic.fit(scores, outcomes);

            double before = 0;
            for (double score = -1; score < 21; score += 0.25) {
                double now = curve.at(score);
                assertThat(now).isGreaterThanOrEqualTo(before).isBetween(0.001, 0.999);
                before = now;
            }
        }
    }

    @Test
    void probabilitiesAreCalibratedOnRowsNotSeen() {
        double[][] train = rows(4000);
        double[][] test = rows(20_000);

        var curve = Isotonic.fit(train[0], train[1]);
        var foretold = new double[test[0].length];
        for (int i = 0; i < foretold.length; i++) {
            foretold[i] = curve.at(test[0][i]);
        }

        assertThat(Reliability.ece(foretold, test[1], 10)).isLessThan(0.02);
        assertThat(Reliability.ece(test[0], test[1], 10)).isGreaterThan(0.1);
    }

    @Test
    void equalScoresAreOnePoint() {
        var curve = Isotonic.fit(new double[] {2, 2, 2, 2}, new double[] {1, 0, 1, 0});

        assertThat(curve.scores()).containsExactly(2.0);
        assertThat(curve.at(2)).isEqualTo(0.5);
    }

    @Test
    void whatIsNoCurveIsRefused() {
        var falling = List.of(0.5, 0.4);
        var scores = List.of(1.0, 2.0);

        assertThatThrownBy(() -> new Isotonic(scores, falling)).hasMessageContaining("rises");
        assertThatThrownBy(() -> Isotonic.fit(new double[0], new double[0]))
                .hasMessageContaining("no row");
        assertThatThrownBy(() -> Isotonic.fit(new double[] {1}, new double[] {2}))
                .hasMessageContaining("2.0");
        assertThatThrownBy(() -> Isotonic.fit(new double[] {1}, new double[2]))
                .hasMessageContaining("1 and 2");
    }

    /// Scores that are too sure of themselves: right with the square of the score.
    private double[][] rows(int count) {
        var rows = new double[2][count];
        for (int i = 0; i < count; i++) {
            double score = random.nextDouble();
            rows[0][i] = score;
            rows[1][i] = random.nextDouble() < score * score ? 1 : 0;
        }
        return rows;
    }
}
