package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Machines by name and by numbers.
class DescribedTest {
    @ParameterizedTest
    @CsvSource({
        "RTX 4090, DISCRETE, 24, 23, 1008",
        "nvidia geforce rtx 4090, DISCRETE, 24, 23, 1008",
        "RTX 3080 12GB, DISCRETE, 12, 11, 912",
        "RX 7900 XTX, DISCRETE, 24, 23, 960",
        "M5 Pro 48G, UNIFIED, 48, 34, 307",
        "MacBook Pro M4 Max 36GB, UNIFIED, 36, 22, 410",
        "Mac Studio M3 Ultra 256G, UNIFIED, 256, 190, 800",
        "Mac mini (M4 Pro 64GB), UNIFIED, 64, 46, 273",
        "Framework Desktop 128G, UNIFIED, 128, 94, 256",
    })
    void productHasItsFigures(
            String name, Device.Kind kind, double memory, double budget, double bandwidth) {
        Machine machine = known(Described.of(name));

        Device device = machine.devices().getFirst();
        assertThat(device.kind()).isEqualTo(kind);
        assertThat(figure(device.memory()).origin()).isEqualTo(Figure.Origin.PUBLISHED);
        assertThat(figure(device.memory()).value()).isEqualTo(memory * Size.GIB);
        assertThat(figure(device.budget()).value()).isEqualTo(budget * Size.GIB);
        assertThat(figure(device.bandwidth()).value()).isEqualTo(bandwidth * 1e9);
        assertThat(machine.devices().getLast().kind()).isEqualTo(Device.Kind.CPU);
        assertThat(machine.notes()).anyMatch(note -> note.startsWith("described, not read"));
    }

    @Test
    void sparkHasWhatItsSystemShows() {
        Device device = known(Described.of("dgx spark")).devices().getFirst();

        assertThat(figure(device.memory()).value()).isEqualTo(121.6 * Size.GIB);
        assertThat(figure(device.bandwidth()).value()).isEqualTo(273e9);
    }

    @Test
    void cardsCanBeCounted() {
        Machine machine = known(Described.of("2x RTX 3090"));

        assertThat(machine.name()).isEqualTo("2 × RTX 3090");
        assertThat(machine.devices()).hasSize(3);
    }

    @Test
    void sizeIsAskedForWhereThereAreSeveral() {
        assertThat(unclear(Described.of("M5 Pro")).problem())
                .isEqualTo("the M5 Pro comes with 24G, 48G, 64G: say which, as in `M5 Pro 64G`");
    }

    @Test
    void sizeThatIsNotSoldIsTakenAsGiven() {
        Machine machine = known(Described.of("RTX 4090 48G"));

        assertThat(figure(machine.devices().getFirst().memory()).origin())
                .isEqualTo(Figure.Origin.GIVEN);
        assertThat(machine.notes()).contains("the RTX 4090 is not known with 48.0 GiB");
    }

    @Test
    void unknownNameIsAnsweredWithNearOnes() {
        Described.Unclear unclear = unclear(Described.of("RTX 4091"));

        assertThat(unclear.near()).first().isEqualTo("RTX 4090");
        assertThat(unclear.problem()).contains("`RTX 4091`", "Did you mean `RTX 4090`", "--memory");
    }

    @Test
    void chipForLaptopsIsNotTakenForTheCard() {
        assertThat(unclear(Described.of("RTX 4090 Laptop")).problem()).contains("for laptops");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "nvidia", "2x M5 Pro 48G", "0x RTX 3090", "24G", "\u0000", "x"})
    void textThatNamesNothingIsUnclear(String text) {
        assertThat(unclear(Described.of(text)).problem()).isNotBlank();
    }

    @Test
    void anyTextIsKnownOrUnclear() {
        var random = new Random(11);
        String[] words = {
            "RTX", "4090", "M5", "Pro", "48G", "2x", "x", "0.0G", "999999999T", "(", "Max"
        };
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }

            Described described = Described.of(text.toString());

            if (described instanceof Described.Known(Machine machine)) {
                assertThat(figure(machine.devices().getFirst().memory()).value()).isPositive();
            }
        }
    }

    @Test
    void numbersMakeACard() {
        var numbers = new Described.Numbers("24G", "400", "64GiB", "8");

        Machine machine = known(Described.of(numbers));

        Device card = machine.devices().getFirst();
        assertThat(card.kind()).isEqualTo(Device.Kind.DISCRETE);
        assertThat(card.memory()).isEqualTo(Figure.given(24 * Size.GIB));
        assertThat(figure(card.budget()).value()).isEqualTo(23 * Size.GIB);
        assertThat(card.bandwidth()).isEqualTo(Figure.given(400e9));
        assertThat(machine.memory()).isEqualTo(Figure.given(64 * Size.GIB));
        assertThat(machine.cores()).isEqualTo(8);
        assertThat(figure(machine.devices().getLast().budget()).value()).isEqualTo(62 * Size.GIB);
    }

    @Test
    void mainMemoryAloneIsTheProcessors() {
        Machine machine = known(Described.of(new Described.Numbers(null, "50", "16G", null)));

        assertThat(machine.devices())
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.kind()).isEqualTo(Device.Kind.CPU);
                    assertThat(figure(device.budget()).value()).isEqualTo(15 * Size.GIB);
                    assertThat(device.bandwidth()).isEqualTo(Figure.given(50e9));
                });
    }

    @Test
    void everyWrongNumberIsNamed() {
        var numbers = new Described.Numbers("24", "fast", "64Q", "0");

        assertThat(unclear(Described.of(numbers)).problem())
                .isEqualTo(
                        "--memory is `24`, but a size is said as 24G or 512M;"
                                + " --ram is `64Q`, but a size is said as 24G or 512M;"
                                + " --bandwidth is `fast`, but it is said as a number of GB/s, such"
                                + " as 400; --cores is `0`, but it is said as a number, such as 8");
    }

    @Test
    void memoryHasToBeSaid() {
        assertThat(unclear(Described.of(new Described.Numbers(null, "400", null, null))).problem())
                .startsWith("no memory is said");
    }

    @Test
    void numbersReplaceWhatWasRead() {
        Machine read =
                Detection.of(Replay.of("gtx-1070-old-driver"), Detection.Effort.READ).machine();

        Machine machine =
                known(Described.over(read, new Described.Numbers(null, "256", null, null)));

        Device card = machine.devices().getFirst();
        assertThat(card.bandwidth()).isEqualTo(Figure.given(256e9));
        assertThat(card.memory()).isEqualTo(read.devices().getFirst().memory());
        assertThat(machine.notes()).isEmpty();
    }

    private static Machine known(Described described) {
        assertThat(described).isInstanceOf(Described.Known.class);
        return ((Described.Known) described).machine();
    }

    private static Described.Unclear unclear(Described described) {
        assertThat(described).isInstanceOf(Described.Unclear.class);
        return (Described.Unclear) described;
    }

    private static Figure figure(@Nullable Figure figure) {
        return Objects.requireNonNull(figure);
    }
}
