package dev.tierwise.engine.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The same tokens as Hugging Face's `tokenizers` and Google's `sentencepiece` give.
class TokenGoldensTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-2",
                "llama-bpe",
                "dbrx",
                "qwen2",
                "qwen35",
                "tekken",
                "gpt-4o",
                "smollm",
                "deepseek-coder",
                "deepseek-v3"
            })
    void byteLevelTokensAreThoseOfTheReference(String family) {
        var tokenizer = Recorded.byteLevel(family);
        var strings = Recorded.strings();
        var expected = Recorded.read("expected-" + family + ".json");
        var softly = new SoftAssertions();

        for (var i = 0; i < strings.size(); i++) {
            var trusted = Recorded.ints(expected.get("trusted").get(i));
            var other = expected.get("untrusted").get(Integer.toString(i));
            var untrusted = other == null ? trusted : Recorded.ints(other);
            softly.assertThat(tokenizer.encode(strings.get(i), Trust.all()))
                    .as("trusted %d <%s>", i, strings.get(i))
                    .isEqualTo(trusted);
            softly.assertThat(tokenizer.encode(strings.get(i)))
                    .as("untrusted %d <%s>", i, strings.get(i))
                    .isEqualTo(untrusted);
        }

        assertThat(strings.size()).isGreaterThan(300);
        softly.assertAll();
    }

    @ParameterizedTest
    @CsvSource({"scored,false", "scored-prefix,true"})
    void scoredTokensAreThoseOfTheReference(String name, boolean prefix) {
        var tokenizer = Recorded.scored(name, prefix);
        var strings = Recorded.strings();
        var expected = Recorded.read(name + ".json").get("untrusted");
        var softly = new SoftAssertions();

        for (var i = 0; i < strings.size(); i++) {
            softly.assertThat(tokenizer.encode(strings.get(i)))
                    .as("%d <%s>", i, strings.get(i))
                    .isEqualTo(Recorded.ints(expected.get(i)));
        }

        softly.assertAll();
    }
}
