package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which row of the table a name finds.
class BandwidthsTest {
    @ParameterizedTest
    @CsvSource({
        "NVIDIA GeForce RTX 5070 Ti, 0, 896",
        "NVIDIA GeForce RTX 5070, 0, 672",
        "NVIDIA GeForce RTX 4070 Ti SUPER, 0, 672",
        "NVIDIA GeForce RTX 3080, 10, 760",
        "NVIDIA GeForce RTX 3080, 12, 912",
        "NVIDIA GB10, 0, 273",
        "NVIDIA H100 80GB HBM3, 80, 3350",
        "NVIDIA H100 PCIe, 80, 2039",
        "NVIDIA A100-SXM4-40GB, 40, 1555",
        "NVIDIA A100-SXM4-80GB, 80, 2039",
        "Tesla T4, 16, 320",
        "NVIDIA L4, 24, 300",
        "NVIDIA L40S, 48, 864",
        "AMD Radeon RX 7900 XT, 20, 800",
        "AMD Radeon RX 7900 XTX, 24, 960",
        "AMD Radeon(TM) 8060S Graphics, 0, 256",
        "Apple M5, 24, 153.6",
        "Apple M5 Pro, 48, 307",
        "Apple M5 Max, 128, 614",
        "Apple M4 Max, 128, 546",
        "Apple M4 Max, 36, 410",
        "Apple M3 Max, 96, 300",
        "Apple M3 Max, 64, 400",
        "Apple M1, 8, 68",
    })
    void nameFindsItsRow(String name, double gigabytes, double expected) {
        Figure figure = Bandwidths.of(name, gigabytes * Size.GIB).orElseThrow();

        assertThat(figure.value()).isEqualTo(expected * 1e9);
        assertThat(figure.origin()).isEqualTo(Figure.Origin.PUBLISHED);
        assertThat(figure.source()).isNotBlank();
    }

    /// Names in which the words of rows occur, but not as words of their own, or of another chip.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tesla M40",
                "Tesla M10",
                "NVIDIA T400",
                "NVIDIA RTX A1000",
                "NVIDIA A1000",
                "NVIDIA GeForce RTX 4090 Laptop GPU",
                "NVIDIA GeForce GTX 1650 with Max-Q Design",
                "NVIDIA GeForce GTX 1070",
                "AMD Radeon Graphics",
                "Intel(R) UHD Graphics 770",
                ""
            })
    void otherNamesFindNone(String name) {
        assertThat(Bandwidths.of(name, 0)).isEmpty();
    }

    @Test
    void everyRowIsReachedByItsOwnWords() {
        assertThat(Words.rows("bandwidths.tsv", 4))
                .hasSizeGreaterThan(90)
                .allSatisfy(row -> {
                    double memory = row[2].isEmpty() ? 0 : Double.parseDouble(row[2]) * Size.GIB;
                    assertThat(Bandwidths.of(row[0], memory))
                            .get()
                            .extracting(Figure::value)
                            .isEqualTo(Double.parseDouble(row[1]) * 1e9);
                    assertThat(row[3]).isNotBlank();
                });
    }
}
