package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes as people type them.
class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "24G, 25769803776",
        "24GB, 25769803776",
        "24GiB, 25769803776",
        "24 gb, 25769803776",
        "1.5G, 1610612736",
        "512M, 536870912",
        "1T, 1099511627776"
    })
    void sizesArePowersOfTwo(String text, long bytes) {
        assertThat(Size.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "24", "G", "-1G", "0G", "0.0G", "24X", "1e9G", "NaN", "2000T", "24GG", "٤G"
            })
    void otherTextsAreNone(String text) {
        assertThat(Size.parse(text)).isEmpty();
    }

    @Test
    void anyTextGivesNothingOrSomeBytesUpToAPebibyte() {
        var random = new Random(3);
        String letters = "0123456789..GMTKgmtibB -+eE,\u00a0٤";
        for (int round = 0; round < 50_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(14); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }

            var bytes = Size.parse(text.toString());

            bytes.ifPresent(it -> assertThat(it).as("%s", text).isBetween(1L, 1L << 50));
        }
    }

    @Test
    void moreDigitsGiveMoreBytes() {
        for (int gigabytes = 1; gigabytes < 1000; gigabytes++) {
            assertThat(Size.parse(gigabytes + "G").orElseThrow())
                    .isLessThan(Size.parse(gigabytes + ".5G").orElseThrow())
                    .isEqualTo(Size.parse(gigabytes * 1024L + "M").orElseThrow());
        }
    }

    @Test
    void wordsDoNotFollowTheCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Size.words(1.5 * Size.GIB)).isEqualTo("1.5 GiB");
            assertThat(Size.words(Size.GIB / 4)).isEqualTo("256 MiB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
