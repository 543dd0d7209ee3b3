package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tools of other versions, cut off, or gone mad: whatever they say, there is a machine, and no
/// figure of it is below zero or endless.
class DamagedReadingsTest {
    private static final int ROUNDS = 150;
    private static final String LETTERS = "0123456789,.:-[]() NAaeEx\"\t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtx-4090", "gtx-1070-old-driver", "dgx-spark", "m5-pro-48", "rx-7900-xtx",
                "rx-7900-xtx-container", "strix-halo", "xeon-container", "cgroup-v1", "windows"
            })
    void damagedReadingsGiveAMachineWithoutImpossibleFigures(String platform) {
        List<String> lines =
                Detection.of(Replay.of(platform), Detection.Effort.READ)
                        .raw()
                        .text()
                        .lines()
                        .toList();
        var random = new Random(platform.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            String text = damaged(lines, random);

            Machine machine = Detection.of(new Replay(text), Detection.Effort.READ).machine();

            assertThat(machine.devices()).as(text).isNotEmpty();
            assertThat(machine.cores()).isNotNegative();
            assertThat(figures(machine))
                    .as(text)
                    .allSatisfy(figure -> assertThat(figure.value()).isNotNegative().isFinite());
        }
    }

    private static List<Figure> figures(Machine machine) {
        var figures = new ArrayList<Figure>();
        Stream.of(machine.memory(), machine.available(), machine.reclaimable())
                .flatMap(Stream::ofNullable)
                .forEach(figures::add);
        for (Device device : machine.devices()) {
            Stream.of(device.memory(), device.budget(), device.bandwidth())
                    .flatMap(Stream::ofNullable)
                    .forEach(figures::add);
        }
        return figures;
    }

    private static String damaged(List<String> lines, Random random) {
        var damaged = new ArrayList<String>();
        for (String line : lines) {
            if (!line.startsWith("| ") || random.nextInt(4) > 0) {
                damaged.add(line);
            } else if (random.nextBoolean()) {
                var changed = new StringBuilder(line);
                for (int i = random.nextInt(6); i >= 0; i--) {
                    int at = 2 + random.nextInt(Math.max(1, changed.length() - 2));
                    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
                    changed.replace(Math.min(at, changed.length()), at + 1, String.valueOf(letter));
                }
                damaged.add(changed.toString());
            }
        }
        return String.join("\n", damaged);
    }
}
