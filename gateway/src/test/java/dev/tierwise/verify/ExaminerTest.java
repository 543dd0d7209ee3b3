package dev.tierwise.verify;

import static dev.tierwise.verify.Asked.outcome;
import static dev.tierwise.verify.Asked.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.reply.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    private static final Question CHAT = Question.of("Tell me what the moon is made of, please.");
    private static final Question JSON =
            Asked.with("Name a fruit.", "response_format", "{\"type\":\"json_object\"}");

    @Test
    void goodAnswerPassesAll() {
        Examination examination =
                Examiner.examine(CHAT, new Reply("The moon is made of rock and dust.", "stop"));

        assertThat(examination.fatal()).isFalse();
        assertThat(examination.findings())
                .extracting(Finding::outcome)
                .containsOnly(Finding.Outcome.PASS);
    }

    @Test
    void emptyAnswerFails() {
        says(CHAT, " \n", "empty", "FAIL");
        says(CHAT, "\u0000\uFFFD\u0001", "empty", "FAIL");
        says(CHAT, "Rock.", "empty", "");
    }

    @Test
    void callOfAToolIsNotEmpty() {
        var reply = new Reply("", "tool_calls", List.of(new Reply.Call("x", "{}")), List.of());

        assertThat(outcome(CHAT, reply, "empty")).isEmpty();
    }

    @Test
    void refusalsFail() {
        for (String answer :
                List.of(
                        "I'm sorry, but I can't help with that.",
                        "I cannot assist with this request.",
                        "As an AI language model, I don't have opinions.",
                        "Lo siento, pero no puedo ayudar con eso.",
                        "Es tut mir leid, aber ich kann dabei nicht helfen.",
                        "Je suis désolé, mais je ne peux pas.",
                        "Mi dispiace, ma non posso aiutarti.",
                        "Desculpe, mas não posso ajudar.")) {
            says(CHAT, answer, "refusal", "FAIL");
        }
        assertThat(outcome(CHAT, new Reply("", "content_filter"), "refusal")).isEqualTo("FAIL");
    }

    @Test
    void whatOnlySoundsLikeARefusalIsNone() {
        says(CHAT, "I cannot help but admire it: the moon is rock.", "refusal", "PASS");
        says(CHAT, "Sorry for the wait! It is rock.", "refusal", "PASS");
        says(
                Question.of("Translate to German: \"I can't help you.\""),
                "\"I can't help you\" heißt: Ich kann dir nicht helfen.",
                "refusal",
                "PASS");
        says(CHAT, "I cannot access the moon. " + "Yet rock it is. ".repeat(60), "refusal", "WARN");
    }

    @Test
    void doubtsAreCounted() {
        says(CHAT, "I'm not sure, but it might be rock.", "hedge", "WARN");
        says(CHAT, "Wait, let me recheck. I made a mistake.", "hedge", "WARN");
        says(CHAT, "It is rock.", "hedge", "PASS");
    }

    @Test
    void cutAnswersAreSeen() {
        String sentence = "The moon has a crust and a mantle and a core of iron. ";

        says(
                CHAT,
                sentence.repeat(9) + "Its core is surrounded by a molten lay",
                "truncated",
                "WARN");
        says(CHAT, "```java\nint x = 1;\n", "truncated", "WARN");
        says(CHAT, sentence.repeat(9), "truncated", "PASS");
        assertThat(outcome(CHAT, new Reply("Rock", "length"), "truncated")).isEqualTo("WARN");
        assertThat(outcome(JSON, new Reply("{\"a\":", "length"), "truncated")).isEqualTo("FAIL");
    }

    @Test
    void loopsFail() {
        says(
                CHAT,
                "The moon is rock. " + "and it is made of rock ".repeat(20),
                "repetition",
                "FAIL");
        StringBuilder counted = new StringBuilder();
        for (int i = 100; i < 130; i++) {
            counted.append("Crater no. ").append(i).append(" lies there. ");
        }
        says(CHAT, counted.toString(), "repetition", "FAIL");
    }

    @Test
    void tablesAndRulesAreNoLoops() {
        says(CHAT, "Data:\n" + "| 1 | 2 | 3 |\n".repeat(20), "repetition", "PASS");
        says(CHAT, "Rock.\n" + "-".repeat(300), "repetition", "PASS");
    }

    @Test
    void wordsThatComeAgainAreADoubt() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append("the moon is made of rock and dust and iron ")
                    .append("abcdefgh".charAt(i % 8));
        }

        says(CHAT, text.toString(), "repetition", "WARN");
    }

    @Test
    void answerInAnotherLanguageFails() {
        says(CHAT, "Der Mond ist aus Gestein und das ist nicht neu für uns.", "language", "FAIL");
        says(CHAT, "月はほとんど岩でできています。", "language", "FAIL");
        says(CHAT, "The moon is made of rock and that is not new to us.", "language", "PASS");
        says(CHAT, "Basalt, anorthosite.", "language", "PASS");
    }

    @Test
    void languageThatCannotBeToldIsNotJudged() {
        String swedish = "Det är en bok som jag inte har, och den är på bordet.";

        says(Question.of("Say in Danish that this is what you have."), swedish, "language", "");
        says(Question.of("x y z?"), swedish, "language", "");
        says(CHAT, swedish, "language", "FAIL");
    }

    @Test
    void wishedLanguageCounts() {
        Question wish = Question.of("Tell me what the moon is made of, and do it in German.");

        says(wish, "Der Mond ist aus Gestein und das ist nicht neu für uns.", "language", "PASS");
        says(wish, "La luna es de piedra y no hay más que eso en la luna.", "language", "FAIL");
        says(
                Question.of(
                        "Translate into French: the moon is made of rock and this is what I know."),
                "The moon is made of rock and this is all that you have.",
                "language",
                "FAIL");
        says(
                Asked.under(
                        "Always answer in Spanish.", "What is the moon made of, and why is it so?"),
                "La luna es de piedra y no hay más que eso en la luna.",
                "language",
                "PASS");
    }

    @Test
    void jsonMustBeJson() {
        says(JSON, "{\"fruit\": \"apple\"}", "json", "PASS");
        says(JSON, "```json\n{\"fruit\": \"apple\"}\n```", "json", "FAIL");
        says(JSON, "{\"fruit\": \"apple\"} Enjoy!", "json", "FAIL");
        says(JSON, "{\"fruit\": ", "json", "FAIL");
        says(JSON, "[1]", "json", "FAIL");
        says(CHAT, "{", "json", "");
    }

    @Test
    void labelMustBeOneOfThoseNamed() {
        Question question =
                Question.of("Classify the review as positive, negative or neutral: \"It broke.\"");

        assertThat(question.task()).isEqualTo(Task.CLASSIFICATION);
        says(question, "Negative", "enum", "PASS");
        says(question, "**negative**.", "enum", "PASS");
        says(question, "{\"label\": \"negative\"}", "enum", "PASS");
        says(question, "angry", "enum", "WARN");
        says(question, "It could be positive, or negative.", "enum", "WARN");
    }

    @Test
    void callsMustFitTheirTools() {
        Question question =
                Asked.with(
                        "What is the weather in Bonn?",
                        "tools",
                        """
                        [{"type":"function","function":{"name":"weather","parameters":
                        {"type":"object","properties":{"city":{"type":"string"}},
                        "required":["city"]}}}]\
                        """);

        assertThat(called(question, "weather", "{\"city\":\"Bonn\"}")).isEqualTo("PASS");
        assertThat(called(question, "weather", "{\"town\":\"Bonn\"}")).isEqualTo("FAIL");
        assertThat(called(question, "weather", "{\"city\":\"Bo")).isEqualTo("FAIL");
        assertThat(called(question, "wether", "{\"city\":\"Bonn\"}")).isEqualTo("FAIL");
    }

    private static String called(Question question, String tool, String arguments) {
        var call = new Reply.Call(tool, arguments);
        return outcome(question, new Reply("", "tool_calls", List.of(call), List.of()), "tools");
    }

    @Test
    void codeIsLookedAt() {
        Question question = Question.of("Write a function that adds two numbers in Python.");

        says(question, "```python\ndef add(a, b):\n    return a + b\n```", "code", "PASS");
        says(question, "```python\ndef add(a, b):\nreturn a + b\n```", "code", "WARN");
        says(question, "```python\nprint((1)\n```", "code", "WARN");
        says(question, "```java\nint add() { return (1]; }\n```", "code", "WARN");
        says(question, "```java\nString s = \"}\"; // (\nchar c = '{';\n```", "code", "PASS");
        says(question, "```json\n{\"a\": }\n```", "code", "WARN");
        says(question, "```sql\nSELECT (1 -- (\n```", "code", "WARN");
        says(question, "```bash\necho )(\n```", "code", "");
        says(question, "Just add them.", "code", "");
    }

    @Test
    void pythonMayLookAsPeopleWriteIt() {
        Question question = Question.of("Write a function that adds two numbers in Python.");

        says(
                question,
                """
                ```python
                class A:  # a class
                    x = {
                  'a': 1,
                    }

                    def f(self):
                        if self.x: return 1
                        for i in range(3):
                            pass
                        return [i for i in range(2)]

                print(A().f())
                ```
                """,
                "code",
                "PASS");
    }

    @Test
    void factsMustStandInTheInput() {
        Question question =
                Question.of(
                        "Extract the amounts and the sender from the text: Ann (ann@example.org)"
                                + " paid 1,250.50 EUR on 2024-03-15 for \"two old chairs\".");

        assertThat(question.task()).isEqualTo(Task.EXTRACTION);
        says(question, "1250.5 EUR, 15 March 2024, ann@example.org", "grounded", "PASS");
        says(question, "{\"what\": \"two  old chairs\", \"paid\": 1250.50}", "grounded", "PASS");
        says(question, "1350.50 EUR", "grounded", "WARN");
        says(question, "paid by bob@example.org", "grounded", "WARN");
        says(question, "for \"three new chairs\"", "grounded", "WARN");
        says(question, "nothing", "grounded", "");
    }

    @Test
    void finalAnswerIsWantedWhereThereIsOne() {
        Question question = Question.of("How many eggs are left of 20?");

        says(question, "The answer is 18.", "final-answer", "PASS");
        says(
                question,
                "Some hens are lazy and some eggs get lost on the way to the market.",
                "final-answer",
                "WARN");
        says(CHAT, "Rock.", "final-answer", "");
    }

    @Test
    void logprobsAreHandedOutAsQuantilesAndMargins() {
        var tokens =
                List.of(
                        new Reply.Token("The answer is", -0.1, -3),
                        new Reply.Token(" ", -0.2, Double.NaN),
                        new Reply.Token("18", Math.log(0.4), Math.log(0.3)),
                        new Reply.Token(".", Double.NEGATIVE_INFINITY, -1));
        Question question = Question.of("How many eggs are left of 20?");

        Examination examination =
                Examiner.examine(
                        question, new Reply("The answer is 18.", "stop", List.of(), tokens));

        Signals signals = examination.signals();
        assertThat(signals.of(Signal.LOGPROB_PRESENT)).isEqualTo(1);
        assertThat(signals.of(Signal.ANSWER_LOGPROB)).isCloseTo(Math.log(0.4), within(1e-9));
        assertThat(signals.of(Signal.ANSWER_MARGIN)).isCloseTo(Math.log(4.0 / 3), within(1e-9));
        assertThat(signals.of(Signal.LOGPROB_Q05)).isEqualTo(-30);
        assertThat(examination.findings())
                .filteredOn(finding -> finding.check().equals("confidence"))
                .singleElement()
                .extracting(Finding::outcome)
                .isEqualTo(Finding.Outcome.WARN);
    }

    @Test
    void othersAgreeOrNot() {
        Question question = Question.of("How many eggs are left of 20?");
        var own = new Reply("The answer is 18.", "stop");

        var agreed = Examiner.compare(question, own, List.of(new Reply("#### 18.0", "stop")));
        var not = Examiner.compare(question, own, List.of(new Reply("#### 17", "stop")));

        assertThat(agreed.orElseThrow().outcome()).isEqualTo(Finding.Outcome.PASS);
        assertThat(not.orElseThrow().outcome()).isEqualTo(Finding.Outcome.WARN);
        assertThat(not.orElseThrow().good()).isLessThan(agreed.orElseThrow().good());
        assertThat(Examiner.compare(question, own, List.of())).isEmpty();
    }

    @Test
    void nothingOfPromptOrAnswerIsPrinted() {
        Question question = Asked.schema("{\"type\":\"object\",\"additionalProperties\":false}");
        var reply = new Reply("{\"sesame\": \"secret\"}", "stop");

        Examination examination = Examiner.examine(question, reply);

        assertThat(examination.fatal()).isTrue();
        assertThat(examination.toString() + question + reply)
                .doesNotContain("sesame")
                .doesNotContain("secret")
                .doesNotContain("Describe");
    }
}
