package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Together.Verdict.Fits;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final Advice.Wish WISH = new Advice.Wish(8192, 2, KvCache.Type.F16);

    private final Shapes shapes = Shapes.load();
    private final Advice advice = Advice.load();

    @Test
    void everyChoiceFitsAndAFinerOneWouldNot() {
        Machine machine = machine(16e9);

        List<Advice.Choice> choices = advice.choices(machine, WISH);

        assertThat(choices).isNotEmpty();
        for (Advice.Choice choice : choices) {
            Load load = choice.load();
            assertThat(choice.together().verdict()).isInstanceOf(Fits.class);
            Quantisation.choices(load.model()).stream()
                    .takeWhile(it -> it != load.quantisation())
                    .forEach(finer ->
                            assertThat(
                                            Together.on(
                                                            choice.device(),
                                                            load.withQuantisation(finer))
                                                    .verdict())
                                    .isNotInstanceOf(Fits.class));
        }
    }

    @Test
    void largestComesFirst() {
        List<Long> parameters =
                advice.choices(machine(24e9), WISH).stream()
                        .map(it -> Objects.requireNonNullElse(it.load().model().parameters(), 0L))
                        .toList();

        assertThat(parameters).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void moreMemoryHoldsAllThatLessHolds() {
        Set<String> before = Set.of();
        for (double memory = 2e9; memory < 100e9; memory *= 1.5) {
            Set<String> now =
                    advice.choices(machine(memory), WISH).stream()
                            .map(it -> it.load().model().id())
                            .collect(Collectors.toSet());

            assertThat(now).containsAll(before);
            before = now;
        }
        assertThat(before).contains("llama-3.3-70b", "gpt-oss-120b");
    }

    @Test
    void secondDeviceIsTakenWhenTheFirstHasNoRoom() {
        Device card = new Device("card", Device.Kind.DISCRETE, null, Figure.given(4e9), null);
        Device processor = new Device("cpu", Device.Kind.CPU, null, Figure.given(64e9), null);
        Machine machine = new Machine("two", List.of(card, processor), null, null, 8, List.of());

        Advice.Choice small = advice.best(machine, shape("llama-3.2-1b"), WISH).orElseThrow();
        Advice.Choice large = advice.best(machine, shape("qwen3-14b"), WISH).orElseThrow();

        assertThat(small.device()).isEqualTo(card);
        assertThat(large.device()).isEqualTo(processor);
        assertThat(large.one()).isNull();
    }

    @Test
    void whatIsWantedIsEnough() {
        Load load = Load.usual(shape("llama-3.1-8b"));

        Advice.Wanted wanted = advice.wanted(load, 40);

        double memory = Objects.requireNonNull(wanted.memory()).value();
        double bandwidth = Objects.requireNonNull(wanted.bandwidth()).value();
        Device least =
                new Device(
                        "something new",
                        Device.Kind.DISCRETE,
                        null,
                        Figure.given(memory),
                        Figure.given(bandwidth));
        assertThat(Together.on(least, load).verdict()).isInstanceOf(Fits.class);
        assertThat(Speed.load(Map.of()).one(least, load, load.context() / 2).orElseThrow().value())
                .isGreaterThan(39.99);
        assertThat(wanted.enough().stream().map(Hardware.Known::name)).contains("m4 pro", "3090");
        assertThat(wanted.enough())
                .allMatch(it -> Objects.requireNonNull(it.memory()).value() >= memory);
        assertThat(wanted.enough().stream().map(Hardware.Known::name)).doesNotContain("m1", "m4");
    }

    @Test
    void noBandwidthIsNamedWhenNoneIsEnough() {
        Advice.Wanted wanted = advice.wanted(Load.usual(shape("llama-3.3-70b")), 500);

        assertThat(wanted.bandwidth()).isNull();
        assertThat(wanted.enough()).isEmpty();
        assertThat(wanted.fast()).isEmpty();
    }

    private static Machine machine(double budget) {
        Device card =
                new Device(
                        "NVIDIA GeForce RTX 3090",
                        Device.Kind.DISCRETE,
                        Figure.given(budget),
                        Figure.given(budget),
                        null);
        return new Machine("one card", List.of(card), null, null, 8, List.of());
    }

    private ModelShape shape(String name) {
        return shapes.named(name).orElseThrow();
    }
}
