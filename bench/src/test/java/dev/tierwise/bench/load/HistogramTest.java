package dev.tierwise.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void quantilesAreCloseToTheSortedValues(long seed) {
        var random = new Random(seed);
        long[] values =
                random.longs(5_000, 0, 40).map(bits -> 1 + random.nextLong(1L << bits)).toArray();
        var histogram = new Histogram();

        Arrays.stream(values).forEach(histogram::add);

        Arrays.sort(values);
        assertThat(histogram.total()).isEqualTo(5_000);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.quantile(share)).isCloseTo(exact, withinPercentage(0.11));
        }
    }

    @Test
    void theLongestDurationHasABucket() {
        var histogram = new Histogram();

        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.quantile(1)).isCloseTo(Long.MAX_VALUE, withinPercentage(0.11));
    }

    @Test
    void smallDurationsAreExact() {
        var histogram = new Histogram();

        for (int nanos = 0; nanos < 64; nanos++) {
            histogram.add(nanos);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(31);
        assertThat(histogram.quantile(1)).isEqualTo(63);
    }

    @Test
    void negativeDurationsCountAsZero() {
        var histogram = new Histogram();

        histogram.add(-5);

        assertThat(histogram.total()).isEqualTo(1);
        assertThat(histogram.quantile(1)).isZero();
    }

    @Test
    void nothingCountedIsZero() {
        var histogram = new Histogram();
        histogram.add(7);

        histogram.clear();

        assertThat(histogram.total()).isZero();
        assertThat(histogram.quantile(0.5)).isZero();
    }

    @Test
    void aShareAboveOneIsRefused() {
        assertThatThrownBy(() -> new Histogram().quantile(1.5)).hasMessageContaining("1.5");
    }
}
