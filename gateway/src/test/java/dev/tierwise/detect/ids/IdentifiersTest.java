package dev.tierwise.detect.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Plain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    private static final int SIZE = 50_000;
    private static final int MOST_STEPS_PER_CHARACTER = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 ",
                "1-",
                "1.",
                "a-",
                "a1",
                "@a.",
                "a@",
                "12 Aa ",
                "calle Aa ",
                "MRN 1 ",
                "a:b:",
                "::1",
                "http://a/u/",
                "5 de mayo ",
                "DE89",
                "((1",
                "ID #",
                "aaaa",
                "1111",
                "A A1 "
            })
    void stepsGrowWithTheTextAndNotFaster(String bit) {
        long once = Identifiers.steps(Plain.same(bit.repeat(SIZE / bit.length())));
        long twice = Identifiers.steps(Plain.same(bit.repeat(2 * SIZE / bit.length())));

        assertThat(twice).isLessThanOrEqualTo(2 * once + once / 10);
        assertThat(once).isLessThan((long) SIZE * MOST_STEPS_PER_CHARACTER);
    }
}
