package dev.tierwise.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShippedWeightsTest {
    private static byte[] file(String name) throws IOException {
        try (InputStream in = Prior.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    @Test
    void bothFilesCanBeReadAndAreSmall() throws IOException {
        assertThat(Prior.read(file("prior.bin"))).isInstanceOf(Prior.Made.Good.class);
        assertThat(AnswerHead.read(file("judge.bin"))).isInstanceOf(AnswerHead.Made.Good.class);
        assertThat(file("prior.bin").length).isLessThan(1_500_000);
        assertThat(file("judge.bin").length).isLessThan(1_500_000);
    }

    @Test
    void damageIsTold() throws IOException {
        var random = new SplittableRandom(3);
        byte[] prior = file("prior.bin");
        byte[] judge = file("judge.bin");

        for (int i = 0; i < 40; i++) {
            byte[] prior1 = damaged(prior, i < 20 ? i : random.nextInt(prior.length));
            byte[] judge1 = damaged(judge, i < 20 ? i : random.nextInt(judge.length));
            byte[] cut = Arrays.copyOf(judge, random.nextInt(judge.length));

            assertThat(Prior.read(prior1)).isInstanceOf(Prior.Made.Bad.class);
            assertThat(AnswerHead.read(judge1)).isInstanceOf(AnswerHead.Made.Bad.class);
            assertThat(AnswerHead.read(cut)).isInstanceOf(AnswerHead.Made.Bad.class);
        }
    }

    private static byte[] damaged(byte[] file, int at) {
        byte[] other = file.clone();
        other[at] ^= 0x10;
        return other;
    }

    @Test
    void aFileWrittenIsTheFileRead() throws IOException {
        byte[] file = file("prior.bin");

        assertThat(Prior.read(file))
                .isInstanceOfSatisfying(
                        Prior.Made.Good.class,
                        made -> assertThat(made.prior().bytes()).isEqualTo(file));
    }

    @Test
    void hardPromptsNeedMoreThanEasyOnes() {
        Prior prior = Prior.shipped();
        double[] easy = prior.traits(Eye.see("What is the capital of France?"));
        double[] hard =
                prior.traits(
                        Eye.see(
                                "Let $f$ be a polynomial of degree 7 with \\[f(k)=\\frac{1}{k}\\]"
                                        + " for $k=1,\\dots,8$. Find $f(9)$ modulo 17."));

        assertThat(prior.good(SizeClass.MEDIUM, easy))
                .isGreaterThan(prior.good(SizeClass.MEDIUM, hard));
        for (SizeClass size : SizeClass.values()) {
            assertThat(prior.good(size, hard)).isBetween(.02, .98);
        }
    }
}
