package dev.tierwise.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Price;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPricesTest {
    private static final LocalDate NOON = LocalDate.of(2026, 11, 30);

    private static OwnPrices.Row row(String model, LocalDate from, String input, String output) {
        return new OwnPrices.Row(
                "openai", model, OwnPrices.price(from, List.of(input, input, output)), "you", NOON);
    }

    @Test
    void whatIsWrittenIsRead() {
        var random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            var rows = new ArrayList<OwnPrices.Row>();
            for (int i = random.nextInt(6); i > 0; i--) {
                String amount = random.nextInt(1_000_000) + "." + random.nextInt(1_000_000_000);
                rows.add(
                        row(
                                "model-" + i,
                                NOON.plusDays(random.nextInt(900) - 400),
                                amount,
                                "0." + random.nextInt(1000)));
            }
            var prices = new OwnPrices(rows);

            assertThat(OwnPrices.read(prices.text()))
                    .isInstanceOfSatisfying(
                            OwnPrices.Made.Good.class,
                            good ->
                                    assertThat(good.prices().rows())
                                            .containsExactlyInAnyOrderElementsOf(rows));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai;m;2026-11-31;1;1;1;you;2026-11-30|line 1: '2026-11-31' is no date",
                "openai;m;2026-11-30;x;1;1;you;2026-11-30|line 1: 'x' is no amount",
                "openai;m;2026-11-30;-1;1;1;you;2026-11-30|line 1: '-1' is no amount",
                "openai;m;2026-11-30;1e99;1;1;you;2026-11-30|line 1: '1e99' is no amount",
                "openai;m;2026-11-30;1;1;1;you|line 1: 7 columns in the place of 8",
                ";m;2026-11-30;1;1;1;you;2026-11-30|line 1: no backend, or no model",
            })
    void whatIsWrongIsToldWithItsLine(String line, String problem) {
        assertThat(OwnPrices.read(line.replace(';', '\t')))
                .isInstanceOfSatisfying(
                        OwnPrices.Made.Bad.class,
                        bad -> assertThat(bad.problem()).startsWith(problem));
    }

    @Test
    void nothingThatIsReadThrows() {
        var random = new SplittableRandom(9);
        String signs = "openai\t1.e-+9\n#2026-11\r";
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(OwnPrices.read(text.toString())).isNotNull();
        }
    }

    @Test
    void anOwnPriceHoldsFromItsDayOn() {
        List<Price> shipped =
                Catalogue.load().cloud("openai", "gpt-5.4-mini").orElseThrow().prices();
        Price before = Price.on(NOON.minusDays(1), shipped).orElseThrow();
        OwnPrices own = OwnPrices.NONE.with(row("gpt-5.4-mini", NOON, "0.5", "9"));

        List<Price> prices =
                Catalogue.load(own).cloud("openai", "gpt-5.4-mini").orElseThrow().prices();

        assertThat(Price.on(NOON.minusDays(1), prices)).hasValue(before);
        assertThat(Price.on(NOON, prices).orElseThrow().output()).isEqualTo(9_000_000_000L);
    }

    @Test
    void aModelThatIsNotKnownHasItsOwnPrice() {
        OwnPrices own = OwnPrices.NONE.with(row("house-model", NOON, "1", "2"));

        assertThat(Catalogue.load().cloud("openai", "house-model")).isEmpty();
        assertThat(Catalogue.load(own).cloud("openai", "house-model").orElseThrow().prices())
                .hasSize(1);
    }

    @Test
    void aPriceTakesThePlaceOfOneOfTheSameDay() {
        OwnPrices own =
                OwnPrices.NONE
                        .with(row("m", NOON, "1", "2"))
                        .with(row("m", NOON, "3", "4"))
                        .with(row("m", NOON.plusDays(1), "5", "6"));

        assertThat(own.of("openai", "m")).hasSize(2);
        assertThat(own.without("openai", "m").rows()).isEmpty();
    }
}
