package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A million characters made to be slow, and noise. What is linear ends at once; what is not would
/// hold the build for minutes.
class HostileTest {
    private static final int SIZE = 1_000_000;

    private static final List<String> NOISE =
            List.of(
                    "1",
                    " ",
                    "=",
                    "+",
                    "(",
                    ")",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "```python\n",
                    "```",
                    "\n",
                    "\\frac",
                    "{3}",
                    "answer",
                    ": ",
                    "is ",
                    "A",
                    "(B)",
                    "%",
                    "^",
                    "@",
                    ".",
                    ",",
                    "x",
                    "def f():",
                    "    ",
                    "i'm unable to ",
                    "não ",
                    "\uDC00",
                    "####",
                    "²",
                    "<<",
                    ">>");

    private static final List<Question> QUESTIONS =
            List.of(
                    Question.of("Which?\nA. a\nB. b"),
                    Question.of("Summarise: " + "the year 1999 was \"good\" ".repeat(9_000)),
                    Question.of("Label it as spam or ham."),
                    Question.of("How many of 20?"),
                    Question.of("Write a function that sorts in Python."),
                    Asked.schema("{\"items\":{\"pattern\":\"^(x+x+)+y$\"}}"));

    @Test
    void longAnswersEnd() {
        String[] pieces = {
            "a",
            " ",
            "\n",
            "=",
            "1+",
            "1=",
            "(",
            "{",
            "[",
            "\"",
            "'",
            "`",
            "```",
            "```json\n{",
            "\\",
            "\\frac{",
            "\\boxed{",
            "answer is ",
            "\"answer\":",
            "**",
            "#",
            "@",
            "a@b.c ",
            "9,",
            "9.",
            "i cannot help but ",
            "(A)",
            "\"1 2 3 4\" ",
            "1 + 1 = 2\n",
            "的",
            "\uD800",
            "[\"x\",",
            "^{",
            "wait, ",
            "def f():\n",
            "answer\n",
            "option ",
            "\nQuestion",
            "${",
        };
        for (String piece : pieces) {
            String text = piece.repeat(SIZE / piece.length());
            for (Question question : QUESTIONS) {
                var reply = new Reply(text, "stop");

                assertThat(Examiner.examine(question, reply).signals().values())
                        .doesNotContain(Double.NaN);
                Examiner.examinePrefix(question, text);
                Examiner.compare(question, reply, List.of(reply));
            }
            Question.of(text);
        }
    }

    @Test
    void noiseNeverThrows() {
        var random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            var text = new StringBuilder();
            var tokens = new ArrayList<Reply.Token>();
            for (int j = random.nextInt(120); j >= 0; j--) {
                String piece = NOISE.get(random.nextInt(NOISE.size()));
                text.append(piece);
                tokens.add(new Reply.Token(piece, random.nextGaussian() * 5, Double.NaN));
            }
            var reply = new Reply(text.toString(), "stop", List.of(), tokens);
            for (Question question : QUESTIONS) {
                Examination examination = Examiner.examine(question, reply);

                assertThat(examination.findings()).isNotEmpty();
                for (double value : examination.signals().values()) {
                    assertThat(value).isFinite();
                }
            }
            Question.of(text.toString());
        }
    }

    @Test
    void moreTextDoesNotChangeTheNumberOfSignals() {
        assertThat(Examiner.examine(QUESTIONS.getFirst(), new Reply("", "")).signals().values())
                .hasSameSizeAs(Signal.values());
    }
}
