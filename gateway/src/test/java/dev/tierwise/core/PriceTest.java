package dev.tierwise.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 7, 30);

    @Test
    void theLatestPriceThatHasBegunHolds() {
        Price old = new Price(DAY.minusDays(30), 1, 1, 1);
        Price now = new Price(DAY, 2, 2, 2);
        Price later = new Price(DAY.plusDays(1), 3, 3, 3);

        assertThat(Price.on(DAY, List.of(later, old, now))).contains(now);
        assertThat(Price.on(DAY.minusDays(1), List.of(later, old, now))).contains(old);
        assertThat(Price.on(DAY.minusDays(31), List.of(later, old, now))).isEmpty();
    }

    @Test
    void costIsExactToABillionth() {
        var random = new Random(11);
        for (int round = 0; round < 10_000; round++) {
            var usage =
                    new Usage(
                            random.nextInt(1_000_000),
                            random.nextInt(500_000),
                            random.nextInt(100_000),
                            false);
            var price =
                    new Price(
                            DAY,
                            random.nextLong(100_000_000_000L),
                            random.nextLong(10_000_000_000L),
                            random.nextLong(200_000_000_000L));

            Money cost = price.of(usage);

            BigDecimal exact =
                    BigDecimal.valueOf(usage.input() - usage.cachedInput())
                            .multiply(BigDecimal.valueOf(price.input()))
                            .add(
                                    BigDecimal.valueOf(usage.cachedInput())
                                            .multiply(BigDecimal.valueOf(price.cachedInput())))
                            .add(
                                    BigDecimal.valueOf(usage.output())
                                            .multiply(BigDecimal.valueOf(price.output())))
                            .movePointLeft(6)
                            .setScale(0, RoundingMode.HALF_UP);
            assertThat(BigDecimal.valueOf(cost.nanos())).isEqualByComparingTo(exact);
        }
    }

    @Test
    void dollarsArePlainDecimals() {
        assertThat(new Money(420_000).dollars()).isEqualTo("0.00042");
        assertThat(new Money(12_000_000_000L).dollars()).isEqualTo("12");
        assertThat(Money.ZERO.dollars()).isEqualTo("0");
    }
}
