package dev.tierwise.engine.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private final Vocabulary good = Recorded.byteLevelVocabulary("gpt2", "llama-bpe");

    private static Made.Refused refused(Vocabulary vocabulary) {
        return switch (Tokenizer.of(vocabulary)) {
            case Made.Ready ready -> throw new AssertionError(ready);
            case Made.Refused refused -> refused;
        };
    }

    private Vocabulary with(List<String> tokens, List<Integer> types, List<String> merges) {
        return new Vocabulary("gpt2", "gpt-2", tokens, List.of(), types, merges, good.marks());
    }

    @Test
    void anotherKindIsRefusedWithThoseKnown() {
        for (var model : List.of("bert", "t5", "rwkv", "gemma4", "no_vocab", "")) {
            var refused = refused(Recorded.byteLevelVocabulary(model, ""));

            assertThat(refused.field()).isEqualTo("tokenizer.ggml.model");
            assertThat(refused.problem()).contains("'" + model + "'", "gpt2", "llama");
        }
    }

    @Test
    void anotherCutIsRefusedWithThoseKnown() {
        for (var pre : List.of("kimi-k2", "", "LLAMA-BPE")) {
            var refused = refused(Recorded.byteLevelVocabulary("gpt2", pre));

            assertThat(refused.field()).isEqualTo("tokenizer.ggml.pre");
            assertThat(refused.problem()).contains("'" + pre + "'", "llama-bpe", "qwen2", "tekken");
        }
    }

    @Test
    void mergesOfWhatIsNoTokenAreRefused() {
        for (var merge : List.of("\u4e2d a", "ab", "", " ", "a \u4e2d")) {
            var refused = refused(with(good.tokens(), good.types(), List.of(merge)));

            assertThat(refused.field()).isEqualTo("tokenizer.ggml.merges");
            assertThat(refused.problem()).contains("merge 0");
        }
    }

    @Test
    void aMissingByteIsRefused() {
        var tokens = new ArrayList<>(good.tokens());
        tokens.set(tokens.indexOf("a"), "something else");

        var refused = refused(with(tokens, good.types(), List.of()));

        assertThat(refused.problem()).contains("byte 97");
    }

    @Test
    void listsOfDifferentLengthsAreRefused() {
        var types = refused(with(good.tokens(), List.of(1, 1), List.of()));
        var none = refused(with(List.of(), List.of(), List.of()));
        var scored = Recorded.scoredVocabulary("scored", false);
        var scores =
                refused(
                        new Vocabulary(
                                "llama",
                                "",
                                scored.tokens(),
                                List.of(1f),
                                scored.types(),
                                List.of(),
                                scored.marks()));

        assertThat(types.field()).isEqualTo("tokenizer.ggml.token_type");
        assertThat(none.field()).isEqualTo("tokenizer.ggml.tokens");
        assertThat(scores.field()).isEqualTo("tokenizer.ggml.scores");
    }

    @Test
    void marksBeyondTheTokensAreRefused() {
        var marks = new Vocabulary.Marks(1 << 20, -1, -1, -1, -1, null, null, null, false);

        var refused =
                refused(
                        new Vocabulary(
                                "gpt2",
                                "gpt-2",
                                good.tokens(),
                                List.of(),
                                good.types(),
                                good.merges(),
                                marks));

        assertThat(refused.field()).isEqualTo("tokenizer.ggml.bos_token_id");
    }

    @Test
    void wholeTokensThatAreTooLongAreRefused() {
        var tokens = new ArrayList<>(good.tokens());
        var types = new ArrayList<>(good.types());
        tokens.add("<" + "a".repeat(300) + ">");
        types.add(4);

        assertThat(refused(with(tokens, types, List.of())).problem()).contains("longer than 256");
    }

    @Test
    void turnMarksThatAreNotDeclaredAreControlTokens() {
        var tokens = new ArrayList<>(good.tokens());
        var types = new ArrayList<>(good.types());
        tokens.addAll(List.of("<end_of_turn>", "<|channel|>", "<b>"));
        types.addAll(List.of(1, 4, 4));
        var tokenizer = Recorded.ready(with(tokens, types, good.merges()));
        var size = good.tokens().size();

        assertThat(tokenizer.isControl(size)).isTrue();
        assertThat(tokenizer.ends(size)).isTrue();
        assertThat(tokenizer.isControl(size + 1)).isTrue();
        assertThat(tokenizer.isControl(size + 2)).isFalse();
        assertThat(tokenizer.encode("<b>")).containsExactly(size + 2);
    }

    @Test
    void spaceAfterControlTokensIsSwallowedWhereTheFamilyDoes() {
        var marks = new Vocabulary.Marks(-1, -1, -1, -1, -1, null, null, null, true);
        var tokenizer =
                Recorded.ready(
                        new Vocabulary(
                                "gpt2",
                                "gpt-2",
                                good.tokens(),
                                List.of(),
                                good.types(),
                                good.merges(),
                                marks));

        var tokens = tokenizer.encode("<|im_start|> \n hi", Trust.all());

        assertThat(tokenizer.text(tokens)).isEqualTo("hi");
    }
}
