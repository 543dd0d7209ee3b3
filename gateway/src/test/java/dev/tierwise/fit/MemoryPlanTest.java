package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /// Printed by llama-server 0.5.0-dev (0c1e570) for files with these models' heads.
    @ParameterizedTest
    @CsvSource({
        "llama-3.2-3b, 4096, 1, 76.01",
        "llama-3.2-3b, 32768, 1, 104.01",
        "llama-3.2-3b, 1024, 4, 73.01",
        "llama-3.3-70b, 4096, 1, 236.01",
        "qwen3-4b, 4096, 1, 84.01",
        "gemma-2-9b, 4096, 1, 121.02",
        "gemma-3-4b, 32768, 1, 112.52",
        "gemma-3-12b, 1024, 4, 122.52",
        "gpt-oss-20b, 4096, 1, 97.14",
    })
    void computationIsWhatLlamaServerPrints(
            String model, int context, int slots, double mebibytes) {
        Load load = Load.usual(shape(model)).withContext(context).withSlots(slots);

        Figure compute = Objects.requireNonNull(MemoryPlan.of(load).compute());

        assertThat(compute.value() / (1 << 20)).isCloseTo(mebibytes, within(.03));
    }

    /// Where each expert asked has a result of its own, and where queries, keys and values are one
    /// matrix, a little more than llama-server printed.
    @Test
    void computationOfMixturesIsNotTooLittle() {
        Load mixture = Load.usual(shape("qwen3-30b-a3b")).withContext(4096);
        Load fused = Load.usual(shape("phi-4-14b")).withContext(4096);

        assertThat(compute(mixture)).isBetween(92.01, 101.0);
        assertThat(compute(fused)).isBetween(139.01, 150.0);
    }

    /// llama.cpp printed 517 MiB for this model while servers kept the logits of a whole batch.
    @Test
    void computationWithAllAnswersIsWhatOlderServersPrinted() {
        Load load = Load.usual(shape("gemma-3-4b"));

        Figure compute = Objects.requireNonNull(Computation.answered(load));

        assertThat(compute.value() / (1 << 20)).isBetween(517.0, 523.0);
    }

    @Test
    void computationOfUnknownWidthsIsSaidToBe() {
        Figure compute = MemoryPlan.of(Load.usual(shape("qwen3.5-9b"))).compute();

        assertThat(Objects.requireNonNull(compute).source()).contains("widths are not known");
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
                        "Not known of ministral-3-8b: the layout of its cache. The"
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

    private static double compute(Load load) {
        return Objects.requireNonNull(MemoryPlan.of(load).compute()).value() / (1 << 20);
    }

    private ModelShape shape(String name) {
        return shapes.named(name).orElseThrow();
    }
}
