package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static final double[] FORETOLD = {0.1, 0.2, 0.9, 1.0};
    private static final double[] CAME = {0, 1, 1, 1};

    @Test
    void errorIsTheOneComputedByHand() {
        double error = Reliability.ece(FORETOLD, CAME, 2);

        assertThat(error).isCloseTo(0.5 * 0.35 + 0.5 * 0.05, within(1e-12));
        assertThat(Reliability.brier(FORETOLD, CAME))
                .isCloseTo((0.01 + 0.64 + 0.01) / 4, within(1e-12));
    }

    @Test
    void binsWithoutRowsAreLeftOut() {
        assertThat(Reliability.bins(FORETOLD, CAME, 4))
                .extracting(Reliability.Bin::rows)
                .containsExactly(2, 2);
    }

    @Test
    void noRowsAreNoError() {
        assertThat(Reliability.ece(new double[0], new double[0], 10)).isZero();
        assertThat(Reliability.brier(new double[0], new double[0])).isZero();
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThatThrownBy(() -> Reliability.ece(new double[] {1.2}, new double[1], 10))
                .hasMessageContaining("1.2");
        assertThatThrownBy(() -> Reliability.ece(FORETOLD, CAME, 0)).hasMessageContaining("above");
    }
}
