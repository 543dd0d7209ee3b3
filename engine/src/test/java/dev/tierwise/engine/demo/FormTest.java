package dev.tierwise.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.engine.grammar.Grammar;
import dev.tierwise.engine.grammar.Matcher;
import dev.tierwise.engine.grammar.TokenTrie;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormTest {
    private static final String MESSAGE =
            "Hi, Dr. Oskar Lindqvist here (order #90817). I paid 1,250.00 EUR! Ask \"Eve\" \\o/";
    private static final int END = 256;

    /// One token for each byte, and one that ends.
    private static final TokenTrie BYTES =
            TokenTrie.of(257, id -> id == END ? new byte[0] : new byte[] {(byte) id}, END);

    private static boolean allows(String message, String answer) {
        Grammar grammar = Form.of(message).orElseThrow();
        Matcher matcher = grammar.matcher(BYTES);
        for (byte b : answer.getBytes(StandardCharsets.UTF_8)) {
            if (!bit(matcher.allowed(), b & 0xff)) {
                return false;
            }
            matcher.accept(new byte[] {b});
        }
        return bit(matcher.allowed(), END);
    }

    private static boolean bit(long[] set, int at) {
        return (set[at >> 6] >>> at & 1) == 1;
    }

    private static String fields(String name, String order, String amount) {
        return "{\"name\":" + name + ",\"order\":" + order + ",\"amount\":" + amount + "}";
    }

    @Test
    void whatStandsInTheMessageMayBeQuoted() {
        assertThat(
                        allows(
                                MESSAGE,
                                fields("\"Dr. Oskar Lindqvist\"", "\"90817\"", "\"1,250.00 EUR\"")))
                .isTrue();
        assertThat(allows(MESSAGE, fields("\"Lindqvist\"", "null", "null"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Oskar Lindvist",
                "Oskar Lindq",
                "skar Lindqvist",
                "0817",
                "#90817",
                "90817)",
                "Lindqvist Oskar",
                "",
                "Eve\\\" \\\\o/"
            })
    void nothingElseMay(String value) {
        assertThat(allows(MESSAGE, fields("\"" + value + "\"", "null", "null"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | {\"label\":\"billing\"}",
                "true | {\"label\":\"unknown\"}",
                "true | {\"sentiment\":\"neutral\"}",
                "false | {\"label\":\"weather\"}",
                "false | {\"sentiment\":\"billing\"}",
                "false | Roses are red",
            })
    void onlyLabelsOfTheTasksAreAllowed(boolean allowed, String answer) {
        assertThat(allows("a", answer)).isEqualTo(allowed);
    }

    @Test
    void anOwnersNameEndsBeforeItsS() {
        assertThat(allows("It is Anna's lamp", fields("\"Anna\"", "null", "null"))).isTrue();
    }

    @Test
    void aQuoteNeverRunsOverALine() {
        String message = "from Anna\nBerg";

        assertThat(allows(message, fields("\"Anna\"", "null", "null"))).isTrue();
        assertThat(allows(message, fields("\"Anna\\nBerg\"", "null", "null"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"\"", "\\", "\n\n", "😀", "###"})
    void oddMessagesHaveAFormToo(String message) {
        assertThat(allows(message, fields("null", "null", "null"))).isTrue();
    }

    @Test
    void aMessageThatIsLongerThanAnyLearnedHasNoForm() {
        assertThat(Form.of("word ".repeat(1_000))).isEqualTo(Optional.empty());
    }
}
