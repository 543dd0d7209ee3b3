package dev.tierwise.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TieringTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private final Catalogue catalogue = Catalogue.load();
    private final Tiering tiering = new Tiering(catalogue, DAY);

    @ParameterizedTest
    @CsvSource({
        "openai, MID, gpt-6-luna",
        "openai, FRONTIER, gpt-6-sol",
        "anthropic, MID, claude-haiku-4-5",
        "anthropic, FRONTIER, claude-opus-5-5",
        "gemini, MID, gemini-3.8-flash",
        "gemini, FRONTIER, gemini-3.1-pro-preview",
        "mistral, MID, mistral-small-2603",
        "mistral, FRONTIER, mistral-medium-3-5",
        "xai, MID, grok-4.3",
        "xai, FRONTIER, grok-4.6",
        "fireworks, MID, accounts/fireworks/models/glm-5p2",
        "fireworks, FRONTIER, accounts/fireworks/models/kimi-k3",
        "openrouter, MID, openai/gpt-6-luna",
        "openrouter, FRONTIER, openai/gpt-6-sol",
        "groq, MID, openai/gpt-oss-120b",
        "deepseek, MID, deepseek-v4-pro",
        "together, MID, zai-org/GLM-5.2",
        "cerebras, MID, gemma-4-31b"
    })
    void theFirstOfferIsTheProvidersNewest(String backend, Tier tier, String id) {
        assertThat(tiering.offers(backend))
                .filteredOn(offer -> offer.tier() == tier)
                .first()
                .extracting(offer -> offer.facts().id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "groq, openai/gpt-oss-120b",
        "deepseek, deepseek-v4-pro",
        "together, zai-org/GLM-5.2",
        "cerebras, gemma-4-31b"
    })
    void aProviderOfMiddleModelsHasAStandIn(String backend, String id) {
        assertThat(tiering.standIn(backend)).map(ModelFacts::id).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "xai", "fireworks"})
    void aProviderWithFrontierModelsNeedsNoStandIn(String backend) {
        assertThat(tiering.standIn(backend)).isEmpty();
    }

    @Test
    void everyProviderWithAKeyFillsBothTiers() {
        for (String name : Backends.NAMES) {
            Backend backend = Backends.named(name).orElseThrow();
            if (backend.kind() == Backend.Kind.LOCAL || backend.keyVariables().isEmpty()) {
                continue;
            }
            List<Offer> offers = tiering.offers(name);

            assertThat(offers).as(name).extracting(Offer::tier).contains(Tier.MID);
            assertThat(offers.stream().anyMatch(offer -> offer.tier() == Tier.FRONTIER))
                    .as(name)
                    .isNotEqualTo(tiering.standIn(name).isPresent());
            assertThat(offers).as(name).hasSizeBetween(2, 4).doesNotHaveDuplicates();
        }
    }

    @Test
    void theTierFollowsThePriceOfTheDay() {
        List<Price> prices =
                List.of(
                        new Price(LocalDate.EPOCH, 750_000_000L, 75_000_000L, 3_750_000_000L),
                        new Price(
                                LocalDate.of(2027, 1, 1),
                                1_500_000_000L,
                                150_000_000L,
                                7_500_000_000L));

        assertThat(tiering.tier(prices)).isEqualTo(Tier.MID);
        assertThat(new Tiering(catalogue, LocalDate.of(2027, 1, 1)).tier(prices))
                .isEqualTo(Tier.FRONTIER);
    }

    @Test
    void thePriceIsBlendedThreeToOne() {
        List<Price> prices = List.of(new Price(LocalDate.EPOCH, 1_000, 0, 5_000));

        assertThat(tiering.blended(prices)).hasValue(2_000L);
    }

    @Test
    void anUnknownPriceCountsAsTheDearest() {
        assertThat(tiering.tier(List.of())).isEqualTo(Tier.FRONTIER);
    }

    @Test
    void theDearestModelsAreNotOfferedUnasked() {
        assertThat(tiering.offers("anthropic"))
                .extracting(offer -> offer.facts().id())
                .noneMatch(id -> id.contains("fable"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-5-5, claude-opus, 5.5",
        "claude-haiku-4-5-20251001, claude-haiku, 4.5",
        "gpt-6-luna, gpt-luna, 6.0",
        "gpt-4o-mini, gpt-o-mini, 4.0",
        "gpt-oss-120b, gpt-oss-120b, 0",
        "accounts/fireworks/models/kimi-k2p6, kimi-k, 2.6",
        "grok-4.20, grok, 4.20",
        "mixtral-8x7b, mixtral-8x7b, 0",
        "mistral-medium-2508, mistral-medium, 0",
        "gemini-3.1-pro-preview, gemini-pro, 3.1"
    })
    void aNameTellsFamilyAndGeneration(String id, String family, double generation) {
        Lineage lineage = Lineage.of(id);

        assertThat(lineage.family()).isEqualTo(family);
        assertThat(lineage.generation()).isEqualTo(generation);
    }
}
