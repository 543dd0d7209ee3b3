package dev.tierwise.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnModelsTest {
    private static final String FILE =
            """
            # my models
            my-model-7b:
              noted: 2026-11-30   # when I wrote it
              names: [my-model:7b, Me/My-Model-7B]
              parameters: 7.2B
              context: 32768
              licence: "mrl"
              use: research
              capabilities: [tools, json-schema]

            qwen3-14b:
                noted: 2026-11-29
                source: our tests
                context: 131072
            """;

    @Test
    void whatTheFileSaysIsRead() {
        List<OwnModels.Model> models = good(FILE).models();

        assertThat(models)
                .extracting(OwnModels.Model::id)
                .containsExactly("my-model-7b", "qwen3-14b");
        OwnModels.Model mine = models.getFirst();
        assertThat(mine.line()).isEqualTo(2);
        assertThat(mine.count(OwnKey.PARAMETERS)).isEqualTo(7_200_000_000L);
        assertThat(mine.count(OwnKey.LAYERS)).isNull();
        assertThat(mine.text(OwnKey.LICENCE)).contains("mrl");
        assertThat(mine.words(OwnKey.NAMES)).containsExactly("my-model:7b", "Me/My-Model-7B");
        assertThat(models.get(1).told()).isEqualTo("your models.yaml, 2026-11-29, our tests");
        assertThat(good("").models()).isEmpty();
        assertThat(good("# nothing\n\n").models()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'  noted: 2026-11-30'|line 1: a value before any model's name",
                "my model:|line 1: 'my model:' is no model's name with a colon behind it",
                "a:;  layer: 3|line 2: unknown key 'layer'; did you mean layers? There are noted,",
                "a:;  kv_heads: 3|line 2: unknown key 'kv_heads'; did you mean kv-heads?",
                "a:;  layers: many|line 2: layers is a count from 1 to 1000, not 'many'",
                "a:;  layers: 0|line 2: layers is a count from 1 to 1000, not '0'",
                "a:;  context: 32K|line 2: context is a count from 256 to 100000000, not '32K'",
                "a:;  parameters: 1.5|line 2: parameters is a count like 7.2B",
                "a:;  tied: maybe|line 2: tied is yes or no, not 'maybe'",
                "a:;  capabilities: [tools, magic]|line 2: capabilities is a list of tools, vision",
                "a:;  noted: today|line 2: noted is a day like 2026-11-30, not 'today'",
                "a:;  layers: 3;  layers: 4|line 3: layers is here a second time",
                "a:;  layers 3|line 2: 'layers 3' is no 'key: value'",
                "a:;  context: 4096|line 1: a has no day; say when you wrote it down",
                "a:;  noted: 2026-11-30;a:;  noted: 2026-11-30|line 3: a is here a second time",
                "a:;  noted: 2026-11-30;  licence: mit|line 1: a: licence and use come together",
                "a:;  noted: 2026-11-30;  heads: 4;  kv-heads: 8|line 1: a: kv-heads is more than"
                        + " heads",
            })
    void whatIsWrongIsToldWithItsLine(String text, String problem) {
        OwnModels.Made made = OwnModels.read(text.replace(";", "\n"));

        assertThat(made)
                .isInstanceOfSatisfying(
                        OwnModels.Made.Bad.class,
                        bad -> assertThat(bad.problem()).startsWith(problem));
    }

    @Test
    void aTabIsTold() {
        assertThat(OwnModels.read("a:\n\tlayers: 3"))
                .isEqualTo(new OwnModels.Made.Bad("line 2: a tab; indent with spaces"));
    }

    @Test
    void noTextMakesTheReaderThrow() {
        var random = new SplittableRandom(7);
        String letters = FILE + "\t\u0000:[]#\"é";
        for (int round = 0; round < 3000; round++) {
            var text = new StringBuilder(FILE);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
            }

            assertThat(OwnModels.read(text.toString())).isNotNull();
        }
    }

    @Test
    void theCatalogueTakesWhatTheFileSays() {
        Catalogue catalogue = Catalogue.load(OwnPrices.NONE, good(FILE));

        ModelFacts mine = catalogue.local("my-model:7b-q4_K_M").orElseThrow();
        assertThat(mine.parameters()).isEqualTo(7_200_000_000L);
        assertThat(mine.capabilities())
                .containsExactlyInAnyOrder(Capability.TOOLS, Capability.JSON_SCHEMA);
        ModelFacts known = catalogue.local("qwen3:14b").orElseThrow();
        assertThat(known.context()).isEqualTo(131_072);
        assertThat(known.parameters()).isEqualTo(14_768_291_840L);
        assertThat(known.capabilities())
                .isEqualTo(Catalogue.load().local("qwen3:14b").orElseThrow().capabilities());
        assertThat(catalogue.local("qwen3:8b")).isEqualTo(Catalogue.load().local("qwen3:8b"));
        assertThat(catalogue.local("nobody:7b")).isEmpty();
    }

    @Test
    void anOpenModelIsFoundAtHosts() {
        List<Catalogue.Hosted> offers =
                Catalogue.load()
                        .hosted(List.of("llama3.3:70b", "meta-llama/Llama-3.3-70B-Instruct"));

        assertThat(offers).extracting(Catalogue.Hosted::backend).contains("groq", "together");
        assertThat(offers).allMatch(offer -> !offer.facts().prices().isEmpty());
        assertThat(offers)
                .allMatch(offer -> offer.facts().id().toLowerCase(Locale.ROOT).contains("3.3-70b"));
        assertThat(Catalogue.load().hosted(List.of("smollm2:135m"))).isEmpty();
    }

    private static OwnModels good(String text) {
        return switch (OwnModels.read(text)) {
            case OwnModels.Made.Good(OwnModels models) -> models;
            case OwnModels.Made.Bad(String problem) -> throw new AssertionError(problem);
        };
    }
}
