package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.SpeedFit.Constants;
import dev.tierwise.machine.Device;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpeedTest {
    private final Shapes shapes = Shapes.load();
    private final Speed speed = Speed.load(Map.of());

    @Test
    void constantsAreThoseFound() {
        SpeedFit all = new SpeedFit();
        Constants found = SpeedFit.fit(all.fitted());

        assertThat(found.layer()).isCloseTo(Speed.LAYER, within(.1e-6));
        assertThat(found.efficiency()).isCloseTo(Speed.EFFICIENCY, within(.001));
        assertThat(all.experts()).isCloseTo(Speed.EXPERTS, within(.5e-6));
    }

    @Test
    void machinesThatWereLeftOutAreForetold() {
        List<SpeedFit.Machine> machines = new SpeedFit().leftOut();

        assertThat(machines).hasSize(4);
        assertThat(SpeedFit.mean(machines)).isLessThan(.08);
        assertThat(machines).allMatch(it -> it.absolute() < .12);
    }

    /// Each model foretold by others on the same card, on cards that the constants do not know.
    @Test
    void correctionNearlyHalvesTheErrorElsewhere() {
        SpeedFit.Corrected elsewhere = SpeedFit.sum(new SpeedFit().corrected());

        assertThat(elsewhere.count()).isGreaterThan(50);
        assertThat(elsewhere.before()).isGreaterThan(.20);
        assertThat(elsewhere.after()).isLessThan(.13);
    }

    @Test
    void ownMeasurementsComeBeforeOthersAndThoseBeforeEstimates() {
        Load load = Load.usual(shape("llama-3.1-8b"));
        Device card = device("AMD Radeon RX 7900 XT", null);
        Speed mine =
                new Speed(
                        Measured.load(),
                        Hardware.load(),
                        Map.of(
                                new Speed.Own("llama-3.1-8b", Quantisation.Q4_K_M),
                                Figure.measured(99, "own requests")));

        assertThat(mine.one(card, load, 0)).contains(Figure.measured(99, "own requests"));
        Figure others = speed.one(card, load, 0).orElseThrow();
        assertThat(others.origin()).isEqualTo(Figure.Origin.PUBLISHED);
        assertThat(others.value()).isCloseTo(114.7, within(.1));
        Figure estimate =
                speed.one(card, load.withQuantisation(Quantisation.Q8_0), 0).orElseThrow();
        assertThat(estimate.origin()).isEqualTo(Figure.Origin.ESTIMATED);
        assertThat(estimate.source()).contains("800 GB/s").contains("measurements there");
    }

    @Test
    void deeperIsSlowerAndNarrowerIsSlower() {
        Load load = Load.usual(shape("llama-3.1-8b"));
        Device plain = device("something new", 500e9);

        double shallow = speed.one(plain, load, 0).orElseThrow().value();

        assertThat(speed.one(plain, load, 8000).orElseThrow().value()).isLessThan(shallow);
        assertThat(speed.one(device("something new", 250e9), load, 0).orElseThrow().value())
                .isLessThan(shallow);
        assertThat(speed.one(device("something new", null), load, 0)).isEmpty();
    }

    @Test
    void bandwidthForASpeedGivesThatSpeed() {
        for (ModelShape model : shapes.all()) {
            Load load = Load.usual(model);
            speed.bandwidthFor(load, 1000, 20)
                    .ifPresent(needed ->
                            assertThat(
                                            speed.one(device("something new", needed), load, 1000)
                                                    .orElseThrow()
                                                    .value())
                                    .as(model.id())
                                    .isCloseTo(20, within(1e-6)));
        }
    }

    @Test
    void noBandwidthMakesLayersFree() {
        Load load = Load.usual(shape("llama-3.3-70b"));

        assertThat(speed.bandwidthFor(load, 0, 1000)).isEmpty();
    }

    @Test
    void streamsTogetherWriteMoreAndEachLess() {
        Device plain = device("something new", 273e9);
        for (String name : List.of("llama-3.1-8b", "gpt-oss-20b", "qwen3.5-35b-a3b")) {
            Load load = Load.usual(shape(name));
            double before = speed.all(plain, load, 500).orElseThrow().value();
            double each = before;
            for (int slots : List.of(2, 4, 8, 16, 32)) {
                double all = speed.all(plain, load.withSlots(slots), 500).orElseThrow().value();

                assertThat(all).as(name).isGreaterThanOrEqualTo(before * .999);
                assertThat(all / slots).as(name).isLessThan(each);
                before = all;
                each = all / slots;
            }
            assertThat(speed.all(plain, load.withSlots(64), 500).orElseThrow().value())
                    .isEqualTo(before);
        }
    }

    /// llama.cpp's `benches/dgx-spark.md`. With 128 experts, sequences share more of them than
    /// chance would have it: the estimate is too low there, never too high by much.
    @Test
    void severalStreamsAgreeWithLlamaCppsBench() {
        assertThat(SpeedFit.streams()).hasSize(6);
        assertThat(SpeedFit.streams().values()).allMatch(it -> it > -.40 && it < .12);
    }

    @Test
    void processorsGainNothingByStreams() {
        Device processor = new Device("processor", Device.Kind.CPU, null, null, Figure.given(60e9));
        Load load = Load.usual(shape("llama-3.2-3b"));

        assertThat(speed.all(processor, load.withSlots(8), 0))
                .isEqualTo(speed.one(processor, load, 0));
    }

    @Test
    void aDayCountsReadingOnlyWhereItIsKnown() {
        Load load = Load.usual(shape("llama-3.1-8b")).withSlots(4);
        Device plain = device("something new", 500e9);

        Speed.Day writing = speed.day(plain, load, 1000, 200, null).orElseThrow();
        Speed.Day both = speed.day(plain, load, 1000, 200, Figure.given(2000)).orElseThrow();

        assertThat(writing.says()).contains("is not counted");
        assertThat(both.requests().value()).isLessThan(writing.requests().value());
        double perSecond = speed.all(plain, load, 1100).orElseThrow().value();
        assertThat(writing.requests().value()).isEqualTo(Math.floor(86_400 * perSecond / 200));
    }

    @Test
    void portableCardsAndOtherWordsAreNotTakenForKnownOnes() {
        Hardware hardware = Hardware.load();

        assertThat(hardware.named("NVIDIA GeForce RTX 5070 Ti").orElseThrow().name())
                .isEqualTo("5070 ti");
        assertThat(hardware.named("NVIDIA GeForce RTX 4090 Laptop GPU")).isEmpty();
        assertThat(hardware.named("Pi CM5")).isEmpty();
        assertThat(hardware.named("Apple M4 Pro").orElseThrow().name()).isEqualTo("m4 pro");
    }

    private static Device device(String name, @Nullable Double bandwidth) {
        Figure given = bandwidth == null ? null : Figure.given(bandwidth);
        return new Device(name, Device.Kind.DISCRETE, null, null, given);
    }

    private ModelShape shape(String name) {
        return shapes.named(name).orElseThrow();
    }
}
