package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made of what tools say on machines of all kinds.
class DetectionTest {
    private static final Offset<Double> NEAR = within(0.01);

    @Test
    void cardHasWhatIsFreeLessOneGibibyte() {
        Machine machine = read("rtx-4090");

        assertThat(machine.name()).isEqualTo("NVIDIA GeForce RTX 4090");
        Device card = machine.devices().getFirst();
        assertThat(card.kind()).isEqualTo(Device.Kind.DISCRETE);
        assertThat(mebibytes(card.memory())).isEqualTo(24564, NEAR);
        assertThat(mebibytes(card.budget())).isEqualTo(23910 - 1024, NEAR);
        assertThat(value(card.bandwidth())).isEqualTo(1008e9);
        assertThat(figure(card.memory()).origin()).isEqualTo(Figure.Origin.MEASURED);
        assertThat(figure(card.bandwidth()).origin()).isEqualTo(Figure.Origin.PUBLISHED);
        assertThat(machine.cores()).isEqualTo(32);
        assertThat(machine.notes()).isEmpty();
    }

    @Test
    void processorIsTheLastDevice() {
        Device processor = read("rtx-4090").devices().getLast();

        assertThat(processor.name()).isEqualTo("13th Gen Intel Core i9-13900K");
        assertThat(processor.kind()).isEqualTo(Device.Kind.CPU);
        assertThat(mebibytes(processor.memory())).isEqualTo(65643340 / 1024.0, NEAR);
        assertThat(mebibytes(processor.budget())).isEqualTo(59873424 / 1024.0 - 2048, NEAR);
        assertThat(processor.bandwidth()).isNull();
    }

    @Test
    void cardsAreNotAddedUp() {
        Machine machine = read("rtx-3090-two");

        assertThat(machine.name()).isEqualTo("2 × NVIDIA GeForce RTX 3090");
        assertThat(machine.devices()).hasSize(3);
        assertThat(mebibytes(machine.devices().get(0).budget())).isEqualTo(24245 - 1024, NEAR);
        assertThat(mebibytes(machine.devices().get(1).budget())).isEqualTo(11382 - 1024, NEAR);
        assertThat(machine.notes()).anyMatch(note -> note.contains("one by one"));
    }

    @Test
    void olderToolIsAskedWithoutTheFieldItDoesNotKnow() {
        Machine machine = read("gtx-1070-old-driver");

        Device card = machine.devices().getFirst();
        assertThat(card.name()).isEqualTo("NVIDIA GeForce GTX 1070");
        assertThat(mebibytes(card.memory())).isEqualTo(8119, NEAR);
        assertThat(card.bandwidth()).isNull();
        assertThat(machine.notes())
                .containsExactly(
                        "no bandwidth is published here for NVIDIA GeForce GTX 1070: say it with"
                                + " --bandwidth 400 (GB/s; its maker's page has it)");
    }

    @Test
    void chipWithoutMemoryOfItsOwnHasTheMainMemory() {
        Machine machine = read("dgx-spark");

        Device chip = machine.devices().getFirst();
        assertThat(chip.name()).isEqualTo("NVIDIA GB10");
        assertThat(chip.kind()).isEqualTo(Device.Kind.UNIFIED);
        assertThat(mebibytes(chip.memory()) / 1024).isEqualTo(121.63, NEAR);
        assertThat(mebibytes(chip.budget())).isEqualTo(41203340 / 1024.0 - 2048, NEAR);
        assertThat(value(chip.bandwidth())).isEqualTo(273e9);
        assertThat(mebibytes(machine.available())).isEqualTo(41203340 / 1024.0, NEAR);
        assertThat(mebibytes(machine.reclaimable()))
                .isEqualTo((33123432 - 1402344 + 512344 + 912332) / 1024.0, NEAR);
        assertThat(machine.notes()).anyMatch(note -> note.contains("shares the main memory"));
    }

    @Test
    void macMayGiveThreeQuartersToGraphics() {
        Machine machine = read("m5-pro-48");

        Device chip = machine.devices().getFirst();
        assertThat(chip.name()).isEqualTo("Apple M5 Pro");
        assertThat(chip.kind()).isEqualTo(Device.Kind.UNIFIED);
        assertThat(mebibytes(chip.memory())).isEqualTo(48 * 1024, NEAR);
        double available = (1423340 + 703112 + 52310) * 16384.0 / (1 << 20);
        assertThat(mebibytes(machine.available())).isEqualTo(available, NEAR);
        assertThat(mebibytes(chip.budget())).isEqualTo(available - 2048, NEAR);
        assertThat(value(chip.bandwidth())).isEqualTo(307e9);
        assertThat(machine.cores()).isEqualTo(15);
        assertThat(machine.notes()).isEmpty();
    }

    @Test
    void smallMacWithoutTheSwitchHasTwoThirdsAtMost() {
        Machine machine = read("m1-8");

        Device chip = machine.devices().getFirst();
        double available = (12340 + 123112 + 2310) * 16384.0 / (1 << 20);
        assertThat(mebibytes(chip.memory())).isEqualTo(8192, NEAR);
        assertThat(mebibytes(chip.budget())).isEqualTo(available - 512, NEAR);
        assertThat(value(chip.bandwidth())).isEqualTo(68e9);
    }

    @Test
    void limitThatWasSetCountsMoreThanTheDefault() {
        Device chip = read("m4-max-128-wired").devices().getFirst();

        double available = (5423340 + 1703112 + 152310) * 16384.0 / (1 << 20);
        assertThat(available).isLessThan(114688);
        assertThat(mebibytes(chip.budget())).isEqualTo(available - 2048, NEAR);
        assertThat(value(chip.bandwidth())).isEqualTo(546e9);
    }

    @Test
    void defaultOfMetalHoldsWhereMoreIsAvailable() {
        Figure large = Budget.metalLimit(48 * Size.GIB);
        Figure small = Budget.metalLimit(24 * Size.GIB);

        assertThat(large.value()).isEqualTo(36 * Size.GIB);
        assertThat(small.value()).isEqualTo(16 * Size.GIB);
    }

    @Test
    void macUnderRosettaHasTheNameOfItsGraphics() {
        assertThat(read("m1-rosetta").devices().getFirst().name()).isEqualTo("Apple M1");
    }

    @Test
    void driverTellsWhichOfTwoCardsOfAmdItIs() {
        Machine machine = read("rx-7900-xtx");

        Device card = machine.devices().getFirst();
        assertThat(card.name()).isEqualTo("AMD Radeon RX 7900 XTX");
        assertThat(card.kind()).isEqualTo(Device.Kind.DISCRETE);
        assertThat(value(card.memory())).isEqualTo(25753026560.0);
        assertThat(value(card.budget())).isEqualTo(25753026560.0 - 1423314944.0 - Size.GIB);
        assertThat(value(card.bandwidth())).isEqualTo(960e9);
        assertThat(machine.devices()).hasSize(2);
        assertThat(machine.notes())
                .containsExactly(
                        "AMD Radeon Graphics inside the processor is left out, because there is a"
                                + " card");
    }

    @Test
    void memoryTellsItWhereOnlyTheToolIsThere() {
        Device card = read("rx-7900-xtx-container").devices().getFirst();

        assertThat(card.name()).isEqualTo("AMD Radeon RX 7900 XTX");
        assertThat(value(card.memory())).isEqualTo(25753026560.0);
        assertThat(value(card.bandwidth())).isEqualTo(960e9);
    }

    @Test
    void graphicsInsideAProcessorOfAmdHaveCarveOutAndGtt() {
        Machine machine = read("strix-halo");

        Device chip = machine.devices().getFirst();
        assertThat(chip.name()).isEqualTo("AMD Radeon 8060S Graphics");
        assertThat(chip.kind()).isEqualTo(Device.Kind.UNIFIED);
        assertThat(value(chip.memory())).isEqualTo(536870912.0 + 115964116992.0);
        double free = 536870912.0 - 201326592.0;
        assertThat(value(chip.budget()))
                .isEqualTo(free + 112873424.0 * 1024 - 2 * Size.GIB, within(1.0));
        assertThat(value(chip.bandwidth())).isEqualTo(256e9);
    }

    @Test
    void limitOfAContainerStandsForTheMachine() {
        Machine machine = read("xeon-container");

        assertThat(value(machine.memory())).isEqualTo(8 * Size.GIB);
        assertThat(value(machine.available()))
                .isEqualTo(8 * Size.GIB - 3758096384.0 + 2147483648.0);
        assertThat(value(machine.reclaimable())).isEqualTo(2147483648.0);
        assertThat(machine.cores()).isEqualTo(4);
        assertThat(value(machine.devices().getLast().budget()))
                .isEqualTo(value(machine.available()) - Size.GIB / 2);
        assertThat(machine.notes()).anyMatch(note -> note.contains("limit of 8.0 GiB"));
    }

    @Test
    void limitsOfTheFirstVersionCountToo() {
        Machine machine = read("cgroup-v1");

        assertThat(value(machine.memory())).isEqualTo(4 * Size.GIB);
        assertThat(value(machine.available())).isEqualTo(4 * Size.GIB - 1610612736.0 + 536870912.0);
        assertThat(machine.cores()).isEqualTo(2);
    }

    @Test
    void machineWithoutLimitsIsItself() {
        Machine machine = read("xeon");

        assertThat(machine.name()).isEqualTo("Intel Xeon Platinum 8375C @ 2.90GHz");
        assertThat(value(machine.memory())).isEqualTo(518981204.0 * 1024);
        assertThat(machine.cores()).isEqualTo(64);
        assertThat(machine.notes()).singleElement().asString().contains("--bandwidth");
    }

    @Test
    void toolThatFailsIsQuotedWithARemedy() {
        Machine machine = read("nvml-failing");

        assertThat(machine.devices()).hasSize(1);
        assertThat(machine.notes().getFirst())
                .contains("exit 18")
                .contains("`Failed to initialize NVML: Driver/library version mismatch`")
                .contains("--memory 24G --bandwidth 400");
    }

    @Test
    void toolThatHangsIsSaidToHang() {
        Machine machine = read("nvidia-smi-hanging");

        assertThat(machine.devices()).hasSize(1);
        assertThat(machine.notes().getFirst()).contains("did not answer within 2000 ms");
    }

    @Test
    void cardWithoutItsToolIsToldOf() {
        assertThat(read("nouveau").notes().getFirst())
                .startsWith("there is an NVIDIA card, but no nvidia-smi to ask");
    }

    @Test
    void windowsTellsOfCardsOfOneMakerOnly() {
        Machine machine = read("windows");

        assertThat(machine.name()).isEqualTo("NVIDIA GeForce RTX 4070 SUPER");
        assertThat(value(machine.memory())).isEqualTo(33371684.0 * 1024);
        assertThat(value(machine.devices().getFirst().bandwidth())).isEqualTo(504e9);
        assertThat(machine.cores()).isEqualTo(20);
    }

    @Test
    void unknownSystemIsAMachineOfWhichNothingIsKnown() {
        Machine machine =
                Detection.of(new Replay("system: Plan 9\n"), Detection.Effort.READ).machine();

        assertThat(machine.devices()).singleElement().extracting(Device::memory).isNull();
        assertThat(machine.memory()).isNull();
        assertThat(machine.notes().getFirst()).contains("nothing is read on Plan 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void machineThatAnswersNothingHasNoFigures(String system) {
        Machine machine =
                Detection.of(new Replay("system: " + system + "\n"), Detection.Effort.READ)
                        .machine();

        assertThat(machine.memory()).isNull();
        assertThat(machine.available()).isNull();
        assertThat(machine.devices())
                .allSatisfy(device -> assertThat(device.budget()).isNull())
                .isNotEmpty();
        assertThat(machine.notes()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtx-4090",
                "rtx-3090-two",
                "gtx-1070-old-driver",
                "dgx-spark",
                "m5-pro-48",
                "m1-8",
                "m4-max-128-wired",
                "m1-rosetta",
                "rx-7900-xtx",
                "rx-7900-xtx-container",
                "strix-halo",
                "xeon",
                "xeon-container",
                "cgroup-v1",
                "nvml-failing",
                "nvidia-smi-hanging",
                "nouveau",
                "windows"
            })
    void reportOfAMachineReadsAsTheMachine(String platform) {
        Detection first = Detection.of(Replay.of(platform), Detection.Effort.READ);

        Detection again = Detection.of(new Replay(first.raw().text()), Detection.Effort.READ);

        assertThat(again.machine()).isEqualTo(first.machine());
        assertThat(again.raw().text()).isEqualTo(first.raw().text());
    }

    @Test
    void noBudgetIsMoreThanTheMemory() {
        List<String> all = List.of("rtx-4090", "dgx-spark", "m5-pro-48", "strix-halo", "cgroup-v1");

        assertThat(all.stream().flatMap(it -> read(it).devices().stream()))
                .allSatisfy(device ->
                        assertThat(value(device.budget())).isBetween(0.0, value(device.memory())));
    }

    private static Machine read(String platform) {
        return Detection.of(Replay.of(platform), Detection.Effort.READ).machine();
    }

    private static Figure figure(@Nullable Figure figure) {
        return Objects.requireNonNull(figure);
    }

    private static double value(@Nullable Figure figure) {
        return figure(figure).value();
    }

    private static double mebibytes(@Nullable Figure figure) {
        return value(figure) / Size.MIB;
    }
}
