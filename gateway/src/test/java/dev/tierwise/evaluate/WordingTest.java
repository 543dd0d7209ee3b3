package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {
    private static final String STEM =
            "Which of these planets of our solar system has the largest mass of all of them?";

    @Test
    void marksAndCaseDoNotCount() {
        assertThat(Wording.of("What is  2 + 2?")).isEqualTo(Wording.of("what is 2+2"));
        assertThat(Wording.of("What is 2 + 3?")).isNotEqualTo(Wording.of("What is 2 + 2?"));
    }

    @Test
    void aQuestionIsKnownWithOtherOptions() {
        Wording four = Wording.of(STEM + "\nA. Mars\nB. Jupiter");
        Wording ten = Wording.of(STEM + "\n(A) Venus\n(B) Mars\n(C) Jupiter");

        assertThat(four.whole()).isNotEqualTo(ten.whole());
        assertThat(four.stem()).isEqualTo(ten.stem()).isEqualTo(Wording.of(STEM).whole());
    }

    @Test
    void aShortStemSaysNothing() {
        assertThat(Wording.of("Which is true?\nA. This\nB. That").stem())
                .isNotEqualTo(Wording.of("Which is true?\nA. One\nB. Two").stem());
    }
}
