package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads lines of `nvidia-smi`, whole and broken ones.
class NvidiaTest {
    private static final Host HOST = new Host("", null, null, null, 0, List.of());

    @Test
    void nameMayHoldAComma() {
        var cards = Nvidia.cards("81559, 81000, 570.1, None, NVIDIA Odd, Special Edition");

        assertThat(cards)
                .singleElement()
                .extracting("name")
                .isEqualTo("NVIDIA Odd, Special Edition");
    }

    @Test
    void memoryThatMayNotBeSeenIsMissing() {
        var answer = new Nvidia.Answer(Nvidia.cards("[N/A], [N/A], 535.1, None, NVIDIA A10"), "");
        var part = new Part();

        Nvidia.describe(answer, HOST, part);

        assertThat(part.devices())
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.kind()).isEqualTo(Device.Kind.DISCRETE);
                    assertThat(device.memory()).isNull();
                    assertThat(device.budget()).isNull();
                });
        assertThat(part.notes())
                .containsExactly(
                        "nvidia-smi does not say the memory of NVIDIA A10; say what it has with"
                                + " --memory 24G --bandwidth 400 (GB/s)");
    }

    @Test
    void cardIsNeverLeftLessThanNothing() {
        var answer = new Nvidia.Answer(Nvidia.cards("8192, 512, 535.1, None, NVIDIA T4"), "");
        var part = new Part();

        Nvidia.describe(answer, HOST, part);

        assertThat(part.devices().getFirst().budget()).extracting(Figure::value).isEqualTo(0.0);
    }

    @Test
    void brokenLinesAreNeverNegativeAndNeverThrow() {
        var random = new Random(7);
        String letters = "0123456789,,,,  -.[]N/AeE+\n\r\t\"NVIDIA RTX 4090 GB10 ATS\u0000é";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(90); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var part = new Part();

            Nvidia.describe(new Nvidia.Answer(Nvidia.cards(text.toString()), ""), HOST, part);

            assertThat(part.devices())
                    .flatMap(NvidiaTest::figures)
                    .allSatisfy(figure -> assertThat(figure.value()).isNotNegative().isFinite());
        }
    }

    private static List<Figure> figures(Device device) {
        return Stream.of(device.memory(), device.budget(), device.bandwidth())
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
