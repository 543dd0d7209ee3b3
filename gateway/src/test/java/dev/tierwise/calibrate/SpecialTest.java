package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpecialTest {
    @Test
    void binomialIsTheSumOfItsTerms() {
        for (double p : new double[] {0.01, 0.3, 0.95}) {
            double sum = 0;
            double term = Math.pow(1 - p, 40);
            for (int k = 0; k < 40; k++) {
                sum += term;
                assertThat(Special.binomialAtMost(k, 40, p)).isCloseTo(sum, within(1e-9));
                term *= (40.0 - k) / (k + 1) * p / (1 - p);
            }
            assertThat(Special.binomialAtMost(40, 40, p)).isEqualTo(1);
            assertThat(Special.binomialAtMost(-1, 40, p)).isZero();
        }
    }

    @Test
    void largeBinomialsKeepTheirPrecision() {
        // Around the mean a binomial is symmetric: half of the middle term lies above one half.
        assertThat(Special.binomialAtMost(49_999, 100_000, 0.5)).isCloseTo(0.49874, within(1e-5));
    }

    @Test
    void quantilesAreThoseOfTheTables() {
        assertThat(Special.normalQuantile(0.975)).isCloseTo(1.959963985, within(1e-8));
        assertThat(Special.normalQuantile(0.001)).isCloseTo(-3.090232306, within(1e-8));
        assertThat(Special.chiSquaredQuantile(0.95, 9)).isCloseTo(16.9189776, within(1e-6));
        assertThat(Special.chiSquaredQuantile(0.999, 4)).isCloseTo(18.4668270, within(1e-6));
        assertThat(Special.normal(50)).isEqualTo(1);
    }
}
