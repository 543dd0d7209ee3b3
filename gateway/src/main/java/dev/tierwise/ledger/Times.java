package dev.tierwise.ledger;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A set of times in microseconds, four bytes each, so that millions of requests fit in the memory
/// of a report. Times above 35 minutes count as 35 minutes.
final class Times {
    private int[] micros = new int[16];
    private int count;

    void add(long time) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, Math.multiplyExact(count, 2));
        }
        micros[count++] = (int) Math.min(time, Integer.MAX_VALUE);
    }

    /// The median and the tail; null when there are no times.
    Totals.@Nullable Quantiles quantiles() {
        if (count == 0) {
            return null;
        }
        Arrays.sort(micros, 0, count);
        return new Totals.Quantiles(count, share(50), share(95));
    }

    private Duration share(int percent) {
        long rank = Math.ceilDiv((long) count * percent, 100);
        return Duration.of(micros[(int) rank - 1], ChronoUnit.MICROS);
    }
}
