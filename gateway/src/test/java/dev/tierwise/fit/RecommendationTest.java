package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.evidence.Comparison;
import dev.tierwise.evidence.Evidence;
import dev.tierwise.evidence.Licence;
import dev.tierwise.evidence.Profile;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecommendationTest {
    private static final Advice.Wish WISH = new Advice.Wish(8192, 1, KvCache.Type.F16);

    private final Shapes shapes = Shapes.load();
    private final Evidence evidence = Evidence.load();
    private final Speed speed = Speed.load(Map.of());
    private final Hardware hardware = Hardware.load();

    @Test
    void aSmallerModelIsPreferredWhereEvidenceSaysSo() {
        // on some card between these sizes a larger model fits and is not taken
        Recommendation set =
                DoubleStream.iterate(5e9, memory -> memory < 10e9, memory -> memory + 1e8)
                        .mapToObj(memory -> recommended(evidence, memory))
                        .filter(it -> it.reason().says().equals("better than larger ones that fit"))
                        .findFirst()
                        .orElseThrow();

        assertThat(set.local().model().id()).isEqualTo("qwen3-4b");
        Comparison first = set.reason().comparisons().getFirst();
        assertThat(first.one()).isEqualTo("qwen2.5-7b");
        assertThat(first.better()).isTrue();
    }

    @Test
    void withoutComparableEvidenceTheLargestIsTaken() {
        Recommendation set = recommended(evidence, 3e9);

        assertThat(set.reason().says()).isEqualTo("the largest that fits; no comparable evidence");
        assertThat(set.reason().comparisons()).isEmpty();
    }

    @Test
    void evidenceForTheLargestIsShown() {
        Recommendation set = recommended(evidence, 24e9);

        assertThat(set.local().model().id()).isEqualTo("qwen3-14b");
        assertThat(set.reason().says()).isEqualTo("the largest that fits");
        assertThat(set.reason().comparisons())
                .extracting(Comparison::one)
                .startsWith("phi-4-14b", "gemma-3-12b");
    }

    @Test
    void whatMayNotBeUsedCommerciallyIsNotRecommended() {
        for (double memory = 2e9; memory < 30e9; memory += 1e9) {
            Recommendation set = recommended(evidence, memory);

            assertThat(models(set))
                    .noneMatch(model -> evidence.profile(model.id()).barred())
                    .isNotEmpty();
        }
        Evidence barred = evidence.with(List.of(barred("qwen3-14b")));
        assertThat(recommended(barred, 24e9).local().model().id()).isNotEqualTo("qwen3-14b");
    }

    @Test
    void whereNothingElseFitsABarredModelIsNamed() {
        Evidence all = evidence.with(shapes.all().stream().map(it -> barred(it.id())).toList());

        Recommendation set = recommended(all, 24e9);

        assertThat(all.profile(set.local().model().id()).barred()).isTrue();
        assertThat(set.second()).isNull();
    }

    @Test
    void anOlderGenerationIsTakenOnlyWhereTheLaterOneDoesNotFit() {
        for (double memory = 2e9; memory < 30e9; memory += 1e9) {
            assertThat(recommended(evidence, memory).local().model().id())
                    .isNotIn("mistral-7b-v0.3", "llama-3.1-8b", "gemma-2-9b");
        }
    }

    private static Stream<ModelShape> models(Recommendation set) {
        return Stream.of(set.local(), set.second())
                .filter(Objects::nonNull)
                .map(load -> Objects.requireNonNull(load).model());
    }

    private static Profile barred(String id) {
        var licence = new Licence("mrl", Licence.Use.RESEARCH, "a test");
        return new Profile(id, "-", licence, null, List.of(), "-");
    }

    private Recommendation recommended(Evidence known, double memory) {
        var advice = new Advice(shapes, speed, hardware, known);
        var card =
                new Device(
                        "card",
                        Device.Kind.DISCRETE,
                        Figure.given(memory),
                        Figure.given(memory),
                        Figure.given(400e9));
        var machine = new Machine("test", List.of(card), null, null, null, 4, List.of());
        return advice.recommended(machine, WISH).orElseThrow();
    }
}
