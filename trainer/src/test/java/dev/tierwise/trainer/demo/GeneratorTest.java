package dev.tierwise.trainer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.engine.demo.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
    private static List<Example> examples(long seed, int count) {
        var generator = new Generator(seed);
        var out = new ArrayList<Example>();
        for (int i = 0; i < count; i++) {
            out.add(generator.next(i % 2 == 0));
        }
        return out;
    }

    @Test
    void theSameSeedMakesTheSameExamples() {
        assertThat(examples(7, 300)).isEqualTo(examples(7, 300));
    }

    @Test
    void anotherSeedMakesOthers() {
        assertThat(examples(7, 300)).isNotEqualTo(examples(8, 300));
    }

    @Test
    void everyAnswerIsOfAKindThatTheGateKnows() {
        assertThat(examples(9, 2000)).allMatch(e -> Gate.kind(e.answer()) >= 0);
    }

    @Test
    void everyExtractedValueStandsInTheMessage() {
        var messages =
                new Messages(new Phrases(List.of("slots.txt", "extract.txt")), new Random(3));

        for (int i = 0; i < 2000; i++) {
            Messages.Message message = messages.next(i % 2 == 0);
            for (String value : List.of(message.answer().split("\"", -1))) {
                if (!value.matches("[{}:,a-z]*|:?null.*|,?:?null,?|:null}|name|order|amount")) {
                    assertThat(message.text()).contains(value);
                }
            }
        }
    }

    @Test
    void noPlaceholderIsLeft() {
        assertThat(examples(11, 3000))
                .noneMatch(e -> (e.system() + e.user()).matches("(?s).*\\{[A-Z]{4,}.*"));
    }
}
