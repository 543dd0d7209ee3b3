package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void taskIsGuessed() {
        assertThat(task("What is a fruit?\nA) stone\nB) apple")).isEqualTo(Task.CHOICE);
        assertThat(task("Pick: (A) stone (B) apple (C) chair")).isEqualTo(Task.CHOICE);
        assertThat(task("Label it as spam or ham: \"Win now\"")).isEqualTo(Task.CLASSIFICATION);
        assertThat(task("Choose one of the following:\n- bug\n- feature\n- question\n\nIt fails."))
                .isEqualTo(Task.CLASSIFICATION);
        assertThat(task("Extract all names from this letter: Dear Ann")).isEqualTo(Task.EXTRACTION);
        assertThat(task("Please summarise: the moon is old")).isEqualTo(Task.SUMMARY);
        assertThat(task("Übersetze ins Englische: Der Mond ist alt")).isEqualTo(Task.TRANSLATION);
        assertThat(task("How many eggs do 3 hens lay in 5 days?")).isEqualTo(Task.MATHS);
        assertThat(task("Ann walks 3 km and then 4 km. How far is she from home?"))
                .isEqualTo(Task.MATHS);
        assertThat(task("Write a function that sorts a list")).isEqualTo(Task.CODE);
        assertThat(task("What does this do?\n```\ntranslate(x)\n```")).isEqualTo(Task.CODE);
        assertThat(task("Who was Ada Lovelace?")).isEqualTo(Task.CHAT);
        assertThat(Asked.schema("{}").task()).isEqualTo(Task.STRUCTURED);
    }

    @Test
    void optionsAreRead() {
        assertThat(Question.of("Which?\nA. a\nB. b\n  still b\nC. c").options())
                .containsExactly("a", "b", "c");
        assertThat(Question.of("An example:\nA. x\nB. y\nNow yours:\nA. a\nB. b").options())
                .containsExactly("a", "b");
        assertThat(Question.of("A. Lincoln was a president.").options()).isEmpty();
    }

    @Test
    void labelsAreRead() {
        assertThat(Question.of("Answer with yes or no. Is it old?").labels())
                .containsExactly("yes", "no");
        assertThat(Question.of("Classify it into one of: \"a b\", `c`, or d.").labels())
                .containsExactly("a b", "c", "d");
        assertThat(Question.of("Categories: red/green/blue\nThe sky").labels())
                .containsExactly("red", "green", "blue");
        assertThat(Question.of("Answer with the values of $a$, $b$ separated by commas.").labels())
                .isEmpty();
        assertThat(Question.of("Tell me about one of the greatest poets of Spain.").labels())
                .isEmpty();
    }

    @Test
    void jsonDemandsAreRead() {
        assertThat(Asked.with("x", "response_format", "{\"type\":\"json_object\"}").json())
                .isTrue();
        assertThat(Asked.with("x", "response_format", "{\"type\":\"text\"}").json()).isFalse();
        assertThat(Asked.with("x").json()).isFalse();
        assertThat(Asked.schema("{\"type\":\"object\"}").schema()).isNotNull();
    }

    @Test
    void languageIsGuessed() {
        assertThat(Language.of("This is what we have to do with it.")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("Das ist nicht der Hund, den wir für sie haben."))
                .isEqualTo(Language.GERMAN);
        assertThat(Language.of("C'est une chose que nous avons dans les mains pour vous."))
                .isEqualTo(Language.FRENCH);
        assertThat(Language.of("No es lo que más me gusta de la casa, pero está bien."))
                .isEqualTo(Language.SPANISH);
        assertThat(Language.of("Non è una cosa che ho nella mia casa, ma di più."))
                .isEqualTo(Language.ITALIAN);
        assertThat(Language.of("Não é uma coisa que você tem em casa, mas também não."))
                .isEqualTo(Language.PORTUGUESE);
        assertThat(Language.of("Dit is niet het huis dat wij voor u zijn."))
                .isEqualTo(Language.DUTCH);
        assertThat(Language.of("Nie jest to coś, co się robi na wsi, ale może być."))
                .isEqualTo(Language.POLISH);
        assertThat(Language.of("Это не то, что мы хотели")).isEqualTo(Language.RUSSIAN);
        assertThat(Language.of("Це не те, що ми хотіли їсти")).isEqualTo(Language.UKRAINIAN);
        assertThat(Language.of("这不是我们想要的")).isEqualTo(Language.CHINESE);
        assertThat(Language.of("これは私たちの本です")).isEqualTo(Language.JAPANESE);
        assertThat(Language.of("이것은 우리의 책입니다")).isEqualTo(Language.KOREAN);
        assertThat(Language.of("x = 3 * y + 2; foo(bar)")).isEqualTo(Language.UNKNOWN);
        assertThat(Language.of("per per per per per per per")).isEqualTo(Language.UNKNOWN);
    }

    @Test
    void wishedLanguageIsRead() {
        assertThat(Question.of("Answer in Spanish.").wish()).isEqualTo(Language.SPANISH);
        assertThat(Question.of("Antworte auf Deutsch.").wish()).isEqualTo(Language.GERMAN);
        assertThat(Question.of("Translate this from German to French: x").wish())
                .isEqualTo(Language.FRENCH);
        assertThat(Question.of("I want you to polish this text.").wish())
                .isEqualTo(Language.UNKNOWN);
        assertThat(Question.of("Is it better in French or in German?").wish())
                .isEqualTo(Language.UNKNOWN);
        assertThat(Asked.under("Respond in Italian.", "Hello").wish()).isEqualTo(Language.ITALIAN);
    }

    @Test
    void inputHoldsAllThatMayBeQuoted() {
        Question question = Asked.under("The shop closes at 18:30.", "When does it close?");

        assertThat(question.input()).contains("18:30").contains("When");
        assertThat(question.isWhole()).isTrue();
        assertThat(Question.of("x".repeat(300_000)).options()).isEqualTo(List.of());
    }

    private static Task task(String user) {
        return Question.of(user).task();
    }
}
