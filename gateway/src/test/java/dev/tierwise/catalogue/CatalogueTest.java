package dev.tierwise.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Price;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private final Catalogue catalogue = Catalogue.load();

    @ParameterizedTest
    @CsvSource({
        "llama3.2:3b, llama-3.2-3b",
        "llama3.2:latest, llama-3.2-3b",
        "llama3.2, llama-3.2-3b",
        "llama3.2:1b, llama-3.2-1b",
        "llama3.2:3b-instruct-q4_K_M, llama-3.2-3b",
        "meta-llama/Llama-3.2-3B-Instruct, llama-3.2-3b",
        "Llama-3.2-3B-Instruct-Q4_K_M.gguf, llama-3.2-3b",
        "/models/Llama-3.2-3B-Instruct-Q4_K_M.gguf, llama-3.2-3b",
        "Llama-3.3-70B-Instruct-Q4_K_M-00001-of-00002.gguf, llama-3.3-70b",
        "Meta-Llama-3.1-8B-Instruct-Q8_0.gguf, llama-3.1-8b",
        "hf.co/bartowski/Qwen2.5-14B-Instruct-GGUF:Q4_K_M, qwen2.5-14b",
        "Qwen_Qwen3-8B-Q4_K_M.gguf, qwen3-8b",
        "Qwen/Qwen2.5-7B-Instruct-AWQ, qwen2.5-7b",
        "qwen2.5-7b-instruct-mlx, qwen2.5-7b",
        "google/gemma-3-12b, gemma-3-12b",
        "gemma-3-4b-it-qat-q4_0.gguf, gemma-3-4b",
        "openai/gpt-oss-20b, gpt-oss-20b",
        "mistral:latest, mistral-7b-v0.3",
        "phi4-mini:latest, phi-4-mini",
        "smollm2:135m, smollm2-135m"
    })
    void anOpenModelIsKnownByEveryNameServersGiveIt(String name, String id) {
        assertThat(catalogue.local(name).map(ModelFacts::id)).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown:7b", "gemma3:270m", "llama3.2:13b", "", "latest", "q4_K_M"})
    void anotherModelIsNotTakenForAKnownOne(String name) {
        assertThat(catalogue.local(name)).isEmpty();
    }

    @Test
    void noTwoOpenModelsShareAName() {
        Set<String> keys = new HashSet<>();

        for (ModelFacts facts : catalogue.openModels()) {
            assertThat(keys.add(OpenName.key(facts.id()))).as(facts.id()).isTrue();
        }
        assertThat(keys).hasSizeGreaterThan(50);
    }

    @Test
    void sizesAndContextAreThoseOfTheModel() {
        ModelFacts facts = catalogue.local("gpt-oss:20b").orElseThrow();

        assertThat(facts.parameters()).isEqualTo(20_910_000_000L);
        assertThat(facts.activeParameters()).isEqualTo(3_600_000_000L);
        assertThat(facts.context()).isEqualTo(131_072);
    }

    @Test
    void aPriceChangesOnItsDay() {
        List<Price> prices = catalogue.cloud("openai", "gpt-5.6-luna").orElseThrow().prices();

        assertThat(Price.on(LocalDate.of(2026, 7, 29), prices))
                .map(Price::input)
                .hasValue(1_000_000_000L);
        assertThat(Price.on(LocalDate.of(2026, 7, 30), prices))
                .map(Price::input)
                .hasValue(200_000_000L);
    }

    @Test
    void whereThePriceDependsOnTheHourTheDearestHourCounts() {
        List<Price> prices =
                catalogue.cloud("deepseek", "deepseek-v4-flash").orElseThrow().prices();

        assertThat(Price.on(DAY, prices)).map(Price::output).hasValue(1_320_000_000L);
    }

    @Test
    void aSnapshotThatIsNotListedIsKnownByItsModel() {
        assertThat(catalogue.cloud("anthropic", "claude-sonnet-5-20260630"))
                .map(ModelFacts::id)
                .hasValue("claude-sonnet-5");
        assertThat(catalogue.cloud("openai", "gpt-5.6"))
                .map(ModelFacts::id)
                .hasValue("gpt-5.6-sol");
    }

    @Test
    void aModelThatNobodyListsIsNotKnown() {
        assertThat(catalogue.cloud("openai", "gpt-99")).isEmpty();
        assertThat(catalogue.cloud("nobody", "gpt-5.6")).isEmpty();
    }

    @Test
    void everyHostedModelHasAPriceToday() {
        for (String backend : Backends.NAMES) {
            for (ModelFacts facts : catalogue.cloudModels(backend)) {
                assertThat(Price.on(DAY, facts.prices())).as(facts.id()).isPresent();
                assertThat(facts.released()).as(facts.id()).isAfter(LocalDate.of(2023, 1, 1));
            }
        }
    }

    @Test
    void capabilitiesComeFromTheLists() {
        assertThat(catalogue.cloud("openai", "gpt-4o-mini").orElseThrow().capabilities())
                .contains(Capability.TOOLS, Capability.VISION, Capability.JSON_SCHEMA);
    }

    @Test
    void dollarsBecomeBillionthsExactly() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong(1_000_000_000_000L);
            String dollars = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();

            assertThat(ModelTable.nanos(dollars)).isEqualTo(nanos);
        }
    }

    @Test
    void aPriceFinerThanABillionthIsRefusedNotRounded() {
        assertThatThrownBy(() -> ModelTable.nanos("0.0000000001"))
                .isInstanceOf(ArithmeticException.class);
    }
}
