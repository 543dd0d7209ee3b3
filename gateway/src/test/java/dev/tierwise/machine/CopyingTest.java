package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The measurement of bandwidth runs and says what it is; how fast is the machine's matter.
class CopyingTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void copyingGivesAMeasuredFigure() {
        Figure figure = Copying.measure(2, 64 * Size.MIB, SHORT).orElseThrow();

        assertThat(figure.value()).isPositive().isFinite();
        assertThat(figure.origin()).isEqualTo(Figure.Origin.MEASURED);
        assertThat(figure.source()).isEqualTo("copied for 1 ms, threads: 2");
    }

    @Test
    void moreThanEightThreadsAreNotTaken() {
        Figure figure = Copying.measure(200, 64 * Size.MIB, SHORT).orElseThrow();

        assertThat(figure.source()).endsWith("threads: 8");
    }

    @Test
    void nothingIsMeasuredWithoutRoom() {
        assertThat(Copying.measure(4, 16 * Size.MIB, SHORT)).isEmpty();
    }
}
