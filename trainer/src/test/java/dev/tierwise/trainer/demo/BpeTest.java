package dev.tierwise.trainer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BpeTest {
    private static final List<String> TEXTS =
            List.of("my parcel is late", "the parcel is late again", "a late parcel, order 4711");

    @Test
    void frequentWordsBecomeOneToken() {
        Bpe bpe = Bpe.learn(TEXTS, 300);

        List<Integer> tokens = bpe.encode(" parcel", 0, new Random(1));

        assertThat(tokens).hasSize(1);
    }

    @Test
    void everyDigitStaysAToken() {
        Bpe bpe = Bpe.learn(List.of("4711 4711 4711", "4711 4711"), 300);

        List<Integer> tokens = bpe.encode("4711", 0, new Random(1));

        assertThat(tokens).hasSize(4);
    }

    @Test
    void aNameIsTheSameTokensAfterASpaceAndAfterAQuote() {
        Bpe bpe = Bpe.learn(List.of("I am Anna", "I am Anna", "\"Anna\""), 300);

        List<Integer> afterSpace = bpe.encode("am Anna", 0, new Random(1));
        List<Integer> afterQuote = bpe.encode("\"Anna", 0, new Random(1));

        assertThat(afterSpace.getLast()).isEqualTo(afterQuote.getLast());
    }

    @Test
    void chatMarksAreSingleTokens() {
        Bpe bpe = Bpe.learn(TEXTS, 300);

        List<Integer> tokens = bpe.encode("<|im_start|><|im_end|>", 0, new Random(1));

        assertThat(tokens).containsExactly(Bpe.START, Bpe.END);
    }

    @Test
    void leavingOutMergesKeepsTheText() {
        Bpe bpe = Bpe.learn(TEXTS, 300);

        List<Integer> tokens = bpe.encode("my parcel is late", 0.5, new Random(1));

        var text = new StringBuilder();
        tokens.forEach(token -> text.append(bpe.tokens().get(token)));
        assertThat(text).hasToString(Bpe.letters("my parcel is late"));
    }

    @Test
    void noTokenIsThereTwice() {
        Bpe bpe = Bpe.learn(TEXTS, 320);

        assertThat(bpe.tokens()).doesNotHaveDuplicates();
    }
}
