package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private final Shapes shapes = Shapes.load();

    @Test
    void totalIsTheSumOfItsParts() {
        for (MemoryPlan plan : plans()) {
            double sum =
                    Stream.of(plan.weights(), plan.cache(), plan.compute(), plan.headroom())
                            .mapToDouble(it -> Objects.requireNonNull(it).value())
                            .sum();

            assertThat(total(plan)).isCloseTo(sum, within(1.0));
        }
    }

    @Test
    void planGrowsWithContextSlotsAndBits() {
        Random random = new Random(22);
        for (MemoryPlan plan : plans()) {
            Load load = plan.load();
            int context = 1 + random.nextInt(100_000);
            int more = context + random.nextInt(100_000);
            int slots = 1 + random.nextInt(8);

            assertThat(total(MemoryPlan.of(load.withContext(more))))
                    .isGreaterThanOrEqualTo(total(MemoryPlan.of(load.withContext(context))));
            assertThat(total(MemoryPlan.of(load.withSlots(slots + 1))))
                    .isGreaterThan(total(MemoryPlan.of(load.withSlots(slots))));
            if (load.quantisation() == Quantisation.Q4_K_M) {
                assertThat(total(MemoryPlan.of(load.withQuantisation(Quantisation.Q8_0))))
                        .isGreaterThan(total(plan));
            }
        }
    }

    /// llama.cpp printed 517 MiB for this model.
    @Test
    void computationIsLittleMoreThanLlamaCppPrints() {
        Figure compute = MemoryPlan.of(Load.usual(shape("gemma-3-4b"))).compute();

        assertThat(Objects.requireNonNull(compute).value() / (1 << 20)).isBetween(517.0, 620.0);
    }

    @Test
    void ruleOfThumbHoldsForALargeModelAndFailsForASmallOne() {
        MemoryPlan large = MemoryPlan.of(Load.usual(shape("llama-3.3-70b")));
        MemoryPlan small = MemoryPlan.of(Load.usual(shape("llama-3.2-1b")));

        assertThat(large.rule().orElseThrow().says())
                .isEqualTo("The rule of thumb, 42.3 to 56.4 GB, holds here.");
        assertThat(small.rule().orElseThrow().says())
                .startsWith("The rule of thumb says 0.7 to 1.0 GB: ")
                .contains("GB too little here");
    }

    @Test
    void ruleOfThumbFailsForALongContext() {
        MemoryPlan plan = MemoryPlan.of(Load.usual(shape("llama-3.1-8b")).withContext(131_072));

        assertThat(plan.rule().orElseThrow().says()).contains("too little");
    }

    @Test
    void whatIsUnknownIsSaid() {
        MemoryPlan plan = MemoryPlan.of(Load.usual(ShapesTest.sizeOnly("ministral-3-8b")));

        assertThat(plan.weights()).isNotNull();
        assertThat(plan.total()).isNull();
        assertThat(plan.notes())
                .containsExactly(
                        "Not known of ministral-3-8b: the layout of its cache, its vocabulary. The"
                                + " header of its GGUF file has the figures.");
    }

    @Test
    void contextBeyondTheModelsIsSaid() {
        Load load = Load.usual(shape("phi-4-14b")).withContext(32_768);

        assertThat(MemoryPlan.of(load).notes().getFirst())
                .isEqualTo(
                        "phi-4-14b was made for 16384 tokens, not for 32768: plan with 16384 or"
                                + " fewer.");
    }

    private List<MemoryPlan> plans() {
        return shapes.all().stream()
                .map(Load::usual)
                .map(MemoryPlan::of)
                .filter(it -> it.total() != null)
                .toList();
    }

    private static double total(MemoryPlan plan) {
        return Objects.requireNonNull(plan.total()).value();
    }

    private ModelShape shape(String name) {
        return shapes.named(name).orElseThrow();
    }
}
