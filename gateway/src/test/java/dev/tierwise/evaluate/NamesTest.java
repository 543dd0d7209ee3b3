package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.evaluate.Names.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final List<String> MODELS =
            List.of(
                    "gpt-4o-2024-08-06",
                    "gpt-4o-mini-2024-07-18",
                    "Meta-Llama-3.1-8B",
                    "Meta-Llama-3.1-8B-Instruct",
                    "Phi-3.5-mini-instruct");

    @Test
    void theExactNameWinsOverNamesThatHoldIt() {
        assertThat(Names.find("Meta-Llama-3.1-8B", MODELS))
                .isEqualTo(new Found.One("Meta-Llama-3.1-8B"));
        assertThat(Names.find("meta llama 3.1 8b", MODELS))
                .isEqualTo(new Found.One("Meta-Llama-3.1-8B"));
    }

    @Test
    void aPartThatNoOtherHasWillDo() {
        assertThat(Names.find("phi-3.5", MODELS)).isEqualTo(new Found.One("Phi-3.5-mini-instruct"));
        assertThat(Names.find("4o-mini", MODELS))
                .isEqualTo(new Found.One("gpt-4o-mini-2024-07-18"));
    }

    @Test
    void aPartOfSeveralNamesIsTold() {
        assertThat(Names.find("gpt-4o", MODELS))
                .isEqualTo(
                        new Found.Several(List.of("gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18")));
    }

    @Test
    void nearNamesComeFirst() {
        assertThat(Names.find("llama-3.1-9b", MODELS))
                .isInstanceOfSatisfying(
                        Found.None.class,
                        none -> assertThat(none.near().getFirst()).startsWith("Meta-Llama-3.1-8B"));
        assertThat(Names.find("", MODELS)).isInstanceOf(Found.None.class);
    }
}
