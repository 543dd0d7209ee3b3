package dev.tierwise.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Money;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final ModelCard MODEL =
            new ModelCard(
                    "m",
                    "u",
                    "m",
                    Tier.MID,
                    DataClass.INTERNAL,
                    ModelCard.CLOUD,
                    0,
                    Set.of(),
                    Price.FREE);

    private final Meter meter = new Meter();

    @Test
    void everySeriesOfTheReferenceIsOnThePage() {
        meter.begin();
        meter.begin();
        meter.decided(Duration.ofNanos(5));
        meter.failedTry("u", "rate_limit_exceeded");
        meter.answered(MODEL, new Usage(3, 0, 2, false), Duration.ofMillis(5), Duration.ZERO);
        meter.priced("mid", new Money(1_500_000_000), new Money(2_000_000_000));
        meter.priced("mid", null, new Money(2));
        meter.end("mid", "answered");
        meter.judged(Tier.LOCAL, "climb");
        meter.held(Duration.ofMillis(3));
        meter.rated("mid", "down");
        meter.drifted("rate");
        meter.follow("box", new Meter.Lender(() -> 9, () -> 9));
        meter.follow("box", new Meter.Lender(() -> 2, () -> 7));

        String page = meter.page();

        for (Series series : Series.values()) {
            assertThat(page)
                    .as(series.name())
                    .contains("# TYPE " + series.shown() + " " + series.type() + "\n");
        }
        assertThat(page)
                .contains("tierwise_requests_total{outcome=\"answered\",tier=\"mid\"} 1.0")
                .contains("tierwise_requests_in_flight 1.0")
                .contains("tierwise_runtime_waiting{upstream=\"box\"} 2.0")
                .contains("tierwise_runtime_loads_total{upstream=\"box\"} 7.0")
                .contains("tierwise_cost_usd_total{tier=\"mid\"} 1.5")
                .contains("tierwise_counterfactual_cost_usd_total 2.0")
                .contains("tierwise_unpriced_requests_total{tier=\"mid\"} 1.0");
    }
}
