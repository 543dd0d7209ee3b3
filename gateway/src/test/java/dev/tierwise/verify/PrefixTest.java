package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.reply.Reply;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixTest {
    private static final Question CHAT = Question.of("Tell me what the moon is made of, please.");

    @Test
    void goodBeginningIsNotHeld() {
        String prefix = "The moon is made of rock and dust, and in it there is a core. ".repeat(3);

        assertThat(Examiner.examinePrefix(CHAT, prefix).findings()).isEmpty();
        assertThat(Examiner.examinePrefix(CHAT, "").findings()).isEmpty();
    }

    @Test
    void refusalIsSeenAtOnce() {
        assertThat(Examiner.examinePrefix(CHAT, "I'm sorry, but I can't help with that.").fatal())
                .isTrue();
    }

    @Test
    void phraseThatMayGoOnOtherwiseIsNoRefusalYet() {
        assertThat(Examiner.examinePrefix(CHAT, "I cannot help").fatal()).isFalse();
        assertThat(Examiner.examinePrefix(CHAT, "I cannot help but smile").fatal()).isFalse();
    }

    @Test
    void otherLanguageAndLoopsAreSeen() {
        String german =
                "Der Mond ist aus Gestein und das ist nicht neu für uns, denn wir sind da. ";
        String loop = "Round and round. ".repeat(20);

        assertThat(Examiner.examinePrefix(CHAT, german.repeat(4)).findings())
                .extracting(Finding::check)
                .contains("language");
        assertThat(Examiner.examinePrefix(CHAT, loop).findings())
                .extracting(Finding::check)
                .contains("repetition");
    }

    @Test
    void whatAPrefixFailsNoWholeAnswerPasses() {
        var random = new Random(11);
        List<String> pieces =
                List.of(
                        "The moon is made of rock. ",
                        "I cannot help",
                        " but smile. ",
                        "Sorry, ",
                        "I'm unable to say. ",
                        "Der Mond ist nicht aus dem Holz und das ist so. ",
                        "La luna no es de queso y es muy vieja. ",
                        "again and ",
                        "\uFFFD\u0001",
                        "It has craters, and they are old; this is what we have. ",
                        "1 + 1 = 2. ");
        int failed = 0;
        for (int i = 0; i < 4_000; i++) {
            var text = new StringBuilder();
            String piece = "";
            while (text.length() < 900) {
                piece = random.nextInt(3) == 0 ? piece : pieces.get(random.nextInt(pieces.size()));
                text.append(piece);
            }
            String whole = text.toString();
            String prefix = whole.substring(0, random.nextInt(500));

            if (Examiner.examinePrefix(CHAT, prefix).fatal()) {
                failed++;
                assertThat(Examiner.examine(CHAT, new Reply(whole, "stop")).findings())
                        .as(prefix)
                        .anyMatch(finding -> finding.outcome() != Finding.Outcome.PASS);
            }
        }
        assertThat(failed).isPositive();
    }
}
