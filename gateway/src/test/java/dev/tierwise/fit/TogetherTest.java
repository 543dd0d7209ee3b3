package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Together.Verdict.Fits;
import dev.tierwise.fit.Together.Verdict.Less;
import dev.tierwise.fit.Together.Verdict.TooBig;
import dev.tierwise.fit.Together.Verdict.Unknown;
import dev.tierwise.machine.Device;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final Shapes shapes = Shapes.load();
    private final Load large = Load.usual(shape("llama-3.1-8b"));
    private final Load small = Load.usual(shape("llama-3.2-1b"));

    @Test
    void modelsShareABudget() {
        Figure embedder = Figure.given(.3e9);

        Together both = Together.on(card(12e9), List.of(large, small), embedder);

        double sum = total(large) + total(small) + .3e9;
        assertThat(Objects.requireNonNull(both.needed()).value()).isCloseTo(sum, within(1.0));
        assertThat(both.verdict()).isInstanceOf(Fits.class);
        assertThat(((Fits) both.verdict()).left().value()).isCloseTo(12e9 - sum, within(1.0));
        assertThat(both.verdict().says()).startsWith("fits, ").endsWith(" GB left");
    }

    @Test
    void shorterContextOrFewerSlotsAreOfferedAndFit() {
        Load asked = large.withContext(32_768).withSlots(4);
        Device card = card(16e9);

        Together verdict = Together.on(card, asked);

        assertThat(verdict.verdict()).isInstanceOf(Less.class);
        Less less = (Less) verdict.verdict();
        assertThat(less.instead()).hasSize(2);
        for (Load instead : less.instead()) {
            assertThat(Together.on(card, instead).verdict()).isInstanceOf(Fits.class);
        }
        assertThat(less.instead().getFirst().slots()).isEqualTo(4);
        assertThat(less.instead().getLast().context()).isEqualTo(32_768);
        assertThat(verdict.verdict().says()).contains("fits with llama-3.1-8b with a context of ");
    }

    @Test
    void offeredContextIsTheLongestThatFits() {
        Load asked = large.withContext(131_072);
        Device card = card(12e9);

        Less less = (Less) Together.on(card, asked).verdict();

        Load instead = less.instead().getFirst();
        Load longer = instead.withContext(instead.context() + 256);
        assertThat(Together.on(card, longer).verdict()).isNotInstanceOf(Fits.class);
    }

    @Test
    void tooBigSaysByHowMuch() {
        Together verdict = Together.on(card(4e9), large);

        assertThat(verdict.verdict()).isInstanceOf(TooBig.class);
        assertThat(((TooBig) verdict.verdict()).over().value())
                .isCloseTo(total(large) - 4e9, within(1.0));
    }

    @Test
    void unknownBudgetAndUnknownModelAreSaid() {
        assertThat(Together.on(card(null), large).verdict())
                .isEqualTo(
                        new Unknown("the memory of card could not be read: say it with --memory"));
        assertThat(
                        Together.on(card(8e9), Load.usual(ShapesTest.sizeOnly("gemma-4-31b")))
                                .verdict()
                                .says())
                .startsWith("unknown: Not known of gemma-4-31b");
    }

    private static Device card(@Nullable Double budget) {
        return new Device(
                "card",
                Device.Kind.DISCRETE,
                null,
                budget == null ? null : Figure.given(budget),
                null);
    }

    private static double total(Load load) {
        return Objects.requireNonNull(MemoryPlan.of(load).total()).value();
    }

    private ModelShape shape(String name) {
        return shapes.named(name).orElseThrow();
    }
}
