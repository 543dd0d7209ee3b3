package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalAnswerTest {
    private static final Question CHOICE =
            Question.of("Which is a fruit?\nA. stone\nB. apple\nC. chair\nD. 12 cm");
    private static final Question MATHS = Question.of("How many eggs are left of 20?");
    private static final Question CODE = Question.of("```python\nf(2)\n```\nWhat does it give?");

    @Test
    void letterIsFoundInEachForm() {
        for (String answer :
                List.of(
                        "An apple grows on trees. The answer is (B).",
                        "the answer is B",
                        "Answer: **B**",
                        "**Answer:** B",
                        "B",
                        "(B) apple",
                        "B) apple",
                        "**B**",
                        "It must be $\\boxed{B}$.",
                        "It must be $\\boxed{\\text{B}}$.",
                        "{\"reasoning\": \"it is (A) or so\", \"answer\": \"B\"}",
                        "{\"reasoning\": \"cut off at \"once\"\", \"answer\": \"B",
                        "Not among the options, but the closest is (B).",
                        "Die Antwort ist B.",
                        "La respuesta es (B).",
                        "<think>The answer is (A).</think>The answer is (B).",
                        "The answer is (A). No, wait. The answer is (B).",
                        "The answer is (B).\n\nQuestion: Which is a tool?\nThe answer is (C).")) {
            assertThat(found(answer, CHOICE)).as(answer).isEqualTo("B");
        }
    }

    @Test
    void articleAndPronounAreNoLetters() {
        assertThat(FinalAnswer.of("A dog and a cat met. I am sure of that.", CHOICE)).isEmpty();
    }

    @Test
    void numberIsFoundInEachForm() {
        for (String answer :
                List.of(
                        "So 20 - 2 = 18.\n#### 18",
                        "Thus $\\boxed{18}$ eggs are left, of 20.",
                        "The final answer is 18.",
                        "The answer is that **18** eggs are left of the 20.",
                        "Final answer: $18$",
                        "18",
                        "We begin with 20 eggs and after breakfast with two of them there are 18",
                        "We begin with 20 eggs and two are eaten, so all in all it is **18** of 20.",
                        "{\"reasoning\": \"20 of \\(x\\)\", \"answer\": 18}",
                        "```json\n{\"reasoning\": \"20\",\n \"answer\": \"18\"\n}\n```",
                        "There are **18** eggs left.",
                        "She has 18 eggs left then.",
                        "So the answer is 18.\n\nQ: How many are 2 and 2?\nA: The answer is 4.",
                        "{'answer': 18}")) {
            assertThat(FinalAnswer.same(found(answer, MATHS), "18")).as(answer).isTrue();
        }
    }

    @Test
    void nestedBracesStayWhole() {
        assertThat(found("so \\boxed{\\frac{1}{\\sqrt{2}}}.", MATHS))
                .isEqualTo("\\frac{1}{\\sqrt{2}}");
    }

    @Test
    void formThatWasNotFilledInIsNoAnswer() {
        assertThat(FinalAnswer.of("{\"reasoning\": \"1 and 2\", \"answer\": \"___\"}", MATHS))
                .isEmpty();
    }

    @Test
    void literalOfAProgramIsFoundWithItsQuotes() {
        String answer = "{\"reasoning\": \"it adds\", \"answer\": \"['a', \\\"b\\\"]\"}";

        assertThat(FinalAnswer.same(found(answer, CODE), "[\"a\",\"b\"]", CODE)).isTrue();
    }

    @Test
    void placeIsThatOfTheAnswer() {
        String answer = "Well. The answer is (B).";

        FinalAnswer found = FinalAnswer.of(answer, CHOICE).orElseThrow();

        assertThat(answer.substring(found.start(), found.end())).isEqualTo("B");
    }

    @Test
    void equalAnswersAreTheSame() {
        for (String[] pair :
                new String[][] {
                    {"1,234.50", "1234.5"},
                    {"3/4", ".75"},
                    {"3/4", "\\frac{3}{4}"},
                    {"\\dfrac34", "0.75"},
                    {"$18", "18 dollars"},
                    {"18.", "18"},
                    {"-5", "−5"},
                    {"50%", "50 \\%"},
                    {"50%", "50"},
                    {"1 1/2", "1.5"},
                    {"1\\frac{1}{2}", "3/2"},
                    {"x = 5", "5"},
                    {"**12**", "12"},
                    {"`12`", "12.0"},
                    {"\\text{Monday}", "monday"},
                    {"2\\sqrt{3}", "2√3"},
                    {"\\left(1, 2\\right)", "(1,2)"},
                    {"[1, 2]", "[1,2]"},
                    {"'a'", "\"a\""},
                    {"True", "true"},
                    {"90^\\circ", "90"},
                    {"1.5e3", "1500"},
                    {"2 \\times 10^{5}", "200000"},
                    {"\\frac{\\pi}{4}", "\\dfrac{\\pi}{4}"},
                    {"2, 3", "3 and 2"},
                    {"12 km/h", "12"},
                    {"about 7", "7"},
                    {"1/3", "\\frac{1}{3}"},
                }) {
            assertThat(FinalAnswer.same(pair[0], pair[1])).as(String.join(" ~ ", pair)).isTrue();
        }
    }

    @Test
    void differentAnswersAreNotTheSame() {
        for (String[] pair :
                new String[][] {
                    {"50%", "0.5"}, {"5", "-5"}, {"[1, 2]", "[2, 1]"}, {"(1, 2)", "[1, 2]"},
                    {"2\\pi", "2"}, {"3x", "3"}, {"12", "1,2"}, {"18 million", "18"},
                    {"1/2/2024", "0.5"}, {"10 to 12", "10"}, {"\\sqrt{2}", "2"}, {"x^2", "x2"},
                    {"", "0"}, {"yes", "no"}, {"5 or 6", "5"},
                }) {
            assertThat(FinalAnswer.same(pair[0], pair[1])).as(String.join(" ~ ", pair)).isFalse();
        }
    }

    @Test
    void letterIsTheTextOfItsOption() {
        assertThat(FinalAnswer.same("B", "Apple", CHOICE)).isTrue();
        assertThat(FinalAnswer.same("(b)", "B) apple", CHOICE)).isTrue();
        assertThat(FinalAnswer.same("D", "12 cm", CHOICE)).isTrue();
        assertThat(FinalAnswer.same("A", "apple", CHOICE)).isFalse();
    }

    @Test
    void caseCountsInCodeOnly() {
        assertThat(FinalAnswer.same("'Ab'", "'aB'", CODE)).isFalse();
        assertThat(FinalAnswer.same("'Ab'", "'aB'", MATHS)).isTrue();
        assertThat(FinalAnswer.same("['1']", "[1]", CODE)).isFalse();
    }

    @Test
    void sameIsAnEquivalenceAndNothingThrows() {
        var random = new Random(7);
        String[] pieces = {
            "1",
            "2",
            ",",
            ".",
            "/",
            "-",
            "\\frac{",
            "}",
            "{",
            "(",
            ")",
            "[",
            "]",
            "x",
            "=",
            " ",
            "'",
            "\"",
            "$",
            "%",
            "\\sqrt",
            "^",
            "pi",
            "or",
            "10",
            "e",
            "**",
            "`",
            "answer is",
            "\\boxed{",
            "\"answer\":",
            "####",
            "\n",
            "A",
            "(B)",
            "é",
            "\\",
            "_",
        };
        for (int i = 0; i < 8_000; i++) {
            String one = random(random, pieces);
            String other = random(random, pieces);

            assertThat(FinalAnswer.same(one, one)).isTrue();
            assertThat(FinalAnswer.same(one, other)).isEqualTo(FinalAnswer.same(other, one));
            for (Question question : List.of(CHOICE, MATHS, CODE)) {
                FinalAnswer.of(one + other, question)
                        .ifPresent(found ->
                                assertThat(found.start()).isBetween(0, (one + other).length()));
                FinalAnswer.same(one, other, question);
            }
        }
    }

    @Test
    void longestInputsEnd() {
        for (String hostile :
                List.of(
                        "{",
                        "[",
                        "(",
                        "\\boxed{",
                        "answer is ",
                        "\"answer\":\"",
                        "1/",
                        "\\frac",
                        "**")) {
            String text = hostile.repeat(1_000_000 / hostile.length());

            FinalAnswer.of(text, MATHS).ifPresent(found -> FinalAnswer.same(found.value(), text));

            assertThat(FinalAnswer.same(text, text + "1")).isIn(true, false);
        }
    }

    private static String random(Random random, String[] pieces) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String found(String answer, Question question) {
        return FinalAnswer.of(answer, question).map(FinalAnswer::value).orElse("none");
    }
}
